"""Who may change a report in the editor's interface, whatever groups they are in."""

from typing import Any

from wagtail.models import Page, PagePermissionTester


class ReportRights(PagePermissionTester):
    """As for every page; what is drafted from a workshop is read by those of the workshop alone."""

    def __init__(self, user: Any, page: Page) -> None:
        super().__init__(user, page)
        from workshops import access

        if not access.may_know_report(user, page):
            self.permissions: set[str] = set()

    def can_edit(self) -> bool:
        """Return whether they may open it in the editor."""
        from workshops import access

        return access.may_know_report(self.user, self.page) and bool(super().can_edit())
