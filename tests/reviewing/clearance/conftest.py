"""A practice that waits for the word of its institution, and the link that asks for it."""

from practices.models import PracticePage
from reviewing import inviting
from reviewing.models import ClearanceRule
from tests.kept import kept
from tests.mail import sent
from tests.reviewing.conftest import act, invitation, send_in, step_of


@kept
def demanding(db):
    """Georgia demands clearance; Chile says expressly that it does not."""
    ClearanceRule.objects.create(country="GEO", required=True)
    ClearanceRule.objects.create(country="CHL", required=False)


@kept
def waiting(draft, author, peer, demanding):
    """The practice, recommended, waiting for clearance."""
    send_in(draft, author)
    act(draft, peer, "approve")
    assert step_of(draft) == "ClearanceTask"
    return draft


def address_in(mail):
    """The path of the link in a mail."""
    line = next(line for line in mail.body.splitlines() if "/by-link/" in line)
    return "/" + line.split("/", 3)[3]


@kept
def link(waiting, office):
    inviting.issue(invitation(waiting), waiting, office)
    return address_in(sent()[-1])


def newest(page):
    return PracticePage.objects.get(pk=page.pk).get_latest_revision_as_object()
