"""A practice on its way, and the people around it."""

import pytest
from django.test import Client

from practices.contributing.saving import save_draft
from reviewing import inviting
from reviewing.models import Assignment, Invitation
from reviewing.workflow import ensure_workflow
from tests import factories
from tests.kept import kept
from tests.members.people import member, person, representative, reviewer, secretariat


@kept
def author(db):
    return representative("GEO")


@kept
def peer(db):
    return reviewer("CHL")


@kept
def office(db):
    return secretariat()


@kept
def draft(author):
    """A practice that the author has written and not sent in."""
    page = factories.practice(
        "A register (invented)", draft=True, owner=author, countries=["GEO"], problem="<p>Old.</p>"
    )
    save_draft(page, author, {"problem": "<p>Nobody could count them.</p>"})
    page.refresh_from_db()
    return page


@pytest.fixture
def wanted(db):
    """Set how many reviewers a practice is read by."""

    def want(number):
        step = ensure_workflow().tasks.first().specific
        step.reviewers_wanted = number
        step.save()

    return want


def send_in(page, user):
    """As the author's own form does it."""
    state = page.current_workflow_state
    if state:
        state.resume(user=user)
    else:
        page.get_workflow().start(page, user)
    page.refresh_from_db()
    return page


def act(page, user, action, comment=""):
    """As Wagtail's pages do it."""
    fresh = type(page).objects.get(pk=page.pk)
    state = fresh.current_workflow_task_state
    state.task.specific.on_action(state, user, action, comment=comment)


def step_of(page):
    task = type(page).objects.get(pk=page.pk).current_workflow_task
    return type(task).__name__ if task else ""


def asked_of(page):
    rows = Assignment.objects.filter(page=page, state=Assignment.State.ASKED)
    return {row.reviewer for row in rows}


def invitation(page, **fields):
    return Invitation(
        **{
            "page": page,
            "purpose": "clear",
            "office": "Head of office (invented)",
            "address": "head@example.org",
            "language": "en",
            **fields,
        }
    )


@kept
def people(author, peer, office):
    return {
        "visitor": None,
        "outsider": person("outsider@example.org", name="Outsider"),
        "member": member("KEN"),
        "author": author,
        "colleague": representative("GEO", "colleague@example.org"),
        "reviewer": peer,
        "other reviewer": reviewer("KEN", languages=["fr"]),
        "secretariat": office,
    }


@kept
def waiting(draft, author, peer):
    return send_in(draft, author)


@kept
def sent_link(waiting, office):
    inviting.issue(invitation(waiting, purpose="advise"), waiting, office)
    return Invitation.objects.get()


def client_of(user, **kwargs):
    client = Client(**kwargs)
    if user:
        client.force_login(user)
    return client
