"""Who may publish practices in the editor's interface, whatever groups they are in.

The secretariat publishes, and nobody what they wrote themselves. `reviewing` records the sign-off
without which nothing of it becomes public; this keeps the buttons away from everybody else.
"""

from typing import Any

from wagtail.models import Page, PagePermissionTester, Revision, WorkflowState

from core.remembering import once_a_reading
from members.roles import is_secretariat


@once_a_reading
def writers_of(page: Page) -> frozenset[int]:
    """Return the ids of those who wrote what is to be published of a page, or sent it in.

    These are whoever began it, whoever saved a version since the one that is public, and whoever
    asked for the review that is going on; one query.
    """
    versions = Revision.objects.for_instance(page).filter(user__isnull=False)
    if page.live and page.live_revision_id:
        versions = versions.filter(pk__gt=page.live_revision_id)
    asked = WorkflowState.objects.for_instance(page).active().filter(requested_by__isnull=False)
    names = versions.order_by().values_list("user_id")
    found = names.union(asked.order_by().values_list("requested_by_id"))
    return frozenset({page.owner_id, *(pk for (pk,) in found)} - {None})


def has_written(user: Any, page: Page) -> bool:
    """Return whether a page is, wholly or in part, this person's own item."""
    return user.pk in writers_of(page)


class PracticeRights(PagePermissionTester):
    """What somebody may do with a practice, or a list of them, in the editor's interface."""

    def __init__(self, user: Any, page: Page) -> None:
        super().__init__(user, page)
        if not is_secretariat(user):
            # Moving and deleting what is public go by the same right.
            self.permissions: set[str] = getattr(self, "permissions", set()) - {"publish"}

    def can_publish(self) -> bool:
        """Return whether they may publish it: the secretariat, and not their own."""
        return is_secretariat(self.user) and not has_written(self.user, self.page)

    def can_unpublish(self) -> bool:
        """Return whether they may take it off the site."""
        return is_secretariat(self.user) and bool(super().can_unpublish())

    def can_unschedule(self) -> bool:
        """Return whether they may take it off the schedule."""
        return is_secretariat(self.user)

    def can_set_view_restrictions(self) -> bool:
        """Return whether they may open or close it."""
        return is_secretariat(self.user)


class PracticeListRights(PracticeRights):
    """The same for the list: the list itself is nobody's item, what is begun below it is."""

    def can_publish(self) -> bool:
        """Return whether they may publish the list's own text."""
        return bool(PagePermissionTester.can_publish(self))

    def can_publish_subpage(self) -> bool:
        """Return False: what is begun, copied or aliased here is one's own item."""
        return False
