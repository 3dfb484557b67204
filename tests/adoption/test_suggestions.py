"""A suggestion becomes a revision, and the practice says thanks for it."""

import pytest
from wagtail.models import PageLogEntry

from adoption.models import TakenOver
from practices.contributing.saving import save_draft
from practices.models import PracticePage
from reviewing.digest import text_digest
from reviewing.models import SignOff
from tests.adoption import told
from tests.adoption.told import url
from tests.members import people

pytestmark = pytest.mark.django_db
THANKS = "Made better by suggestions of"


def test_a_suggestion_taken_over_is_credited_and_thanked_for(practice, author, peer, signed_in):
    said = told.feedback(practice, peer, "Say what it cost (invented)", "suggestion", "cost")
    answer = signed_in(author).post(url("take-over", said.pk))
    assert answer.status_code == 302
    assert f"suggestion={said.pk}" in answer["Location"]
    form = signed_in(author).get(answer["Location"]).content.decode()
    assert "Say what it cost (invented)" in form
    assert "Statistical office of CHL (invented)" in form
    revision = save_draft(practice, author, {"cost": "An invented cost"})
    taken = TakenOver.objects.get()
    assert taken.revision == revision
    entry = PageLogEntry.objects.get(page=practice, action="adoption.take_over")
    assert entry.revision == revision
    assert "CHL" in entry.data["suggested_by"]
    assert "Takes over a suggestion by" in entry.message
    assert THANKS not in signed_in(None).get(practice.url).content.decode()
    told.publish_newest(practice)
    text = signed_in(None).get(practice.url).content.decode()
    assert THANKS in text
    assert "Statistical office of CHL (invented)" in text
    assert "Say what it cost (invented)" not in text


def test_a_publication_without_it_gives_no_thanks(practice, author, peer, signed_in):
    revision = save_draft(practice, author, {"cost": "Before (invented)"})
    said = told.feedback(practice, peer, kind="suggestion")
    signed_in(author).post(url("take-over", said.pk))
    page = PracticePage.objects.get(pk=practice.pk).get_latest_revision_as_object()
    SignOff.objects.create(page=page, digest=text_digest(page))
    revision.publish()
    assert THANKS not in signed_in(None).get(practice.url).content.decode()


def test_not_after_all(practice, author, peer, signed_in):
    said = told.feedback(practice, peer, kind="suggestion")
    client = signed_in(author)
    client.post(url("take-over", said.pk))
    client.post(url("take-over", said.pk))
    assert TakenOver.objects.count() == 1
    client.post(url("give-back", said.pk))
    assert not TakenOver.objects.exists()


@pytest.mark.parametrize("who", ["visitor", "account", "peer", "member"])
def test_only_editors_take_over(who, practice, author, peer, signed_in):
    said = told.feedback(practice, peer, kind="suggestion")
    user = {
        "visitor": lambda: None,
        "account": people.person,
        "peer": lambda: peer,
        "member": lambda: people.member("MAR"),
    }[who]()
    client = signed_in(user)
    assert client.post(url("take-over", said.pk)).status_code == 404
    assert not TakenOver.objects.exists()
    assert signed_in(author).post(url("take-over", said.pk)).status_code == 302


def test_a_question_is_no_suggestion(practice, author, peer, signed_in):
    said = told.feedback(practice, peer, kind="question")
    assert signed_in(author).post(url("take-over", said.pk)).status_code == 404
