"""The editor's form that every page type builds on."""

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm


class PageForm(WagtailAdminPageForm):
    """Makes a new page a draft first: publishing is a step of its own, which may be refused."""

    def save(self, commit: bool = True) -> Any:
        """Save; without this a new page would be live before it is asked whether it may be."""
        if self.instance._state.adding:
            self.instance.live = False
        return super().save(commit=commit)
