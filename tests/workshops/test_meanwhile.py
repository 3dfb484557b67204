"""Two people change the same thing: the second reads what the first wrote, and loses nothing."""

import datetime

import pytest
from django.test import Client

from tests.kept import kept
from tests.members import people
from tests.workshops import room
from workshops.models import AgendaItem, Challenge, Note

pytestmark = pytest.mark.django_db
FIRST, SECOND = "What the first has written (invented)", "What the second has written (invented)"


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@kept
def workshop(db):
    return room.workshop("GEO", "COL")


@kept
def leads(workshop):
    return [room.facilitator(workshop), room.facilitator(workshop, people.member("PER"))]


def challenge_of(workshop):
    asked = room.challenge(workshop, people.representative("GEO"))
    return asked, f"cafe/{asked.pk}/change/", {"about": "GEO"}, "title"


def session_of(workshop):
    at = datetime.datetime(2026, 11, 25, 9, tzinfo=datetime.UTC)
    item = AgendaItem.objects.create(workshop=workshop, title="Opening", starts=at, ends=at)
    times = {"kind": "session", "begins": "2026-11-25T09:00", "finishes": "2026-11-25T10:00"}
    return item, f"agenda/{item.pk}/", times, "title"


def note_of(workshop):
    said = room.note(room.breakout(workshop).groups.get(), people.representative("COL"))
    return said, f"breakouts/notes/{said.pk}/", {}, "text"


@pytest.mark.parametrize("kind", [challenge_of, session_of, note_of])
def test_the_second_of_two_sees_the_conflict_and_may_still_replace(workshop, leads, kind):
    row, path, told, field = kind(workshop)
    address = f"{workshop.get_absolute_url()}{path}"
    one, other = (signed_in(lead) for lead in leads)
    forms = [told | {"was": client.get(address).context["was"]} for client in (one, other)]
    for _pressed_twice in range(2):
        assert one.post(address, forms[0] | {field: FIRST}).status_code == 302
    # A form with a mistake does not pass over what was written meanwhile.
    assert other.post(address, forms[1] | {field: ""}).context["was"] == forms[1]["was"]
    conflict = other.post(address, forms[1] | {field: SECOND})
    assert conflict.status_code == 409
    assert FIRST in [words for _label, words in conflict.context["stands"]]
    assert SECOND in conflict.content.decode()
    row.refresh_from_db()
    assert getattr(row, field) == FIRST
    again = told | {"was": conflict.context["was"], field: SECOND}
    assert other.post(address, again).status_code == 302
    row.refresh_from_db()
    assert getattr(row, field) == SECOND


@pytest.mark.parametrize("kind", [challenge_of, note_of])
def test_what_was_taken_back_meanwhile_stays_so_and_the_words_can_be_copied(workshop, leads, kind):
    row, path, told, field = kind(workshop)
    address = f"{workshop.get_absolute_url()}{path}"
    one, other = (signed_in(lead) for lead in leads)
    form = told | {"was": other.get(address).context["was"], field: SECOND}
    assert one.post(address, {"do": "withdraw"}).status_code == 302
    late = other.post(address, form)
    assert late.status_code in (404, 409)
    assert SECOND in late.content.decode()
    row.refresh_from_db()
    assert row.withdrawn_at
    assert getattr(row, field) != SECOND


def test_a_session_that_was_deleted_meanwhile_may_be_entered_anew(workshop, leads):
    item, path, told, _field = session_of(workshop)
    address = f"{workshop.get_absolute_url()}{path}"
    client = signed_in(leads[0])
    form = told | {"was": client.get(address).context["was"], "title": SECOND}
    item.delete()
    conflict = client.post(address, form)
    assert conflict.status_code == 409
    assert SECOND in conflict.content.decode()
    assert client.post(address, form | {"was": ""}).status_code == 302
    assert AgendaItem.objects.get().title == SECOND


def test_who_changes_a_challenge_leaves_alone_what_their_form_does_not_show(workshop, leads):
    asked, path, told, _field = challenge_of(workshop)
    address = f"{workshop.get_absolute_url()}{path}"
    owner = signed_in(people.representative("GEO"))
    form = told | {"was": owner.get(address).context["was"], "title": FIRST}
    Challenge.objects.filter(pk=asked.pk).update(order=7)
    assert owner.post(address, form).status_code == 302
    asked.refresh_from_db()
    assert (asked.title, asked.order) == (FIRST, 7)


def test_a_question_that_gets_a_note_while_it_is_taken_out_stays(workshop, leads, monkeypatch):
    breakout = room.breakout(workshop, "One?", "Two?")
    address = f"{workshop.get_absolute_url()}breakouts/{breakout.pk}/change/"
    form = {"title": "Gaps", "questions": "One?", "groups": "Group 1 (invented)"}
    from workshops.breakout import keeping

    usual = keeping.keep

    def keep(*given):
        """Store what is meant, and a note in between."""
        room.note(breakout.groups.get(), leads[0], question=breakout.questions.get(text="Two?"))
        return usual(*given)

    monkeypatch.setattr(keeping, "keep", keep)
    refused = signed_in(leads[0]).post(address, form)
    assert refused.status_code == 409
    assert "must stay as it is: Two?" in refused.content.decode()
    assert Note.objects.get().question.text == "Two?"
