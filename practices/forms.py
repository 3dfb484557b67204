"""The editor's form of a practice."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm


class PracticeForm(WagtailAdminPageForm):
    """Lets an unfinished draft be saved, and asks for the whole template before publishing."""

    def clean(self) -> dict[str, Any]:
        """Check what a public practice needs, unless only a draft is saved."""
        data: dict[str, Any] = super().clean()
        if not self.is_deferred_validation:
            for name, value in data.items():
                if name.startswith("condition"):
                    setattr(self.instance, name, value)
            try:
                self.instance.require_conditions()
            except ValidationError as error:
                self.add_error(None, error)
        return data
