"""Breakout groups answer set questions; their rapporteurs write, and all of it is merged."""

import pytest
from django.test import Client

from tests.members import people
from tests.workshops import room
from workshops.breakout.showing import merged
from workshops.models import Breakout, Note

pytestmark = pytest.mark.django_db


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def workshop():
    return room.workshop("GEO", "COL")


def test_leaders_set_questions_and_groups_and_what_has_notes_stays(workshop):
    lead = room.facilitator(workshop)
    leading, here = signed_in(lead), f"/en/workshop/{workshop.pk}/breakouts/"
    form = {"title": "Gaps", "questions": "One?\nTwo?\n\nOne?", "groups": "A\nB"}
    assert leading.post(f"{here}new/", form).status_code == 302
    breakout = Breakout.objects.get()
    assert [each.text for each in breakout.questions.all()] == ["One?", "Two?"]
    group = breakout.groups.get(name="A")
    room.note(group, lead, question=breakout.questions.get(text="Two?"))
    lost = leading.post(f"{here}{breakout.pk}/change/", form | {"questions": "One?"})
    assert lost.status_code == 400
    assert "must stay as it is: Two?" in lost.content.decode()
    done = leading.post(f"{here}{breakout.pk}/change/", form | {"questions": "Two?\nThree?"})
    assert done.status_code == 302
    assert [each.text for each in breakout.questions.all()] == ["Two?", "Three?"]
    assert Note.objects.count() == 1
    new = f"{here}new/"
    assert (leading.get(new).status_code, signed_in(people.member("GEO")).get(new).status_code) == (
        200, 404
    )  # fmt: skip
    type(workshop).objects.update(closed_at="2026-11-26T10:00Z")
    assert leading.get(new).status_code == 404


def test_the_rapporteur_of_a_group_writes_and_others_read(workshop):
    georgia, colombia = people.representative("GEO"), people.representative("COL")
    breakout = room.breakout(workshop, groups=("A", "B"), rapporteur=georgia)
    group, question = breakout.groups.get(name="A"), breakout.questions.get()
    address = f"/en/workshop/{workshop.pk}/breakouts/groups/{group.pk}/"
    typed = {"question": question.pk, "text": "Nobody counts them.", "key": "made-in-browser"}
    assert signed_in(colombia).post(address, typed).status_code == 403
    for _sent_twice in range(2):
        assert signed_in(georgia).post(address, typed).status_code == 302
    note = Note.objects.get()
    assert (note.country, note.group) == ("GEO", group)
    assert signed_in(colombia).get(address).status_code == 200
    change = f"/en/workshop/{workshop.pk}/breakouts/notes/{note.pk}/"
    assert signed_in(colombia).post(change, {"text": "No."}).status_code == 404
    was = {"was": signed_in(georgia).get(change).context["was"]}
    assert signed_in(georgia).post(change, {"text": "Few count them."} | was).status_code == 302
    assert signed_in(people.representative("KEN")).get(address).status_code == 404
    # Every point stands with its group.
    ((answered,),) = [merged(breakout)]
    assert [(each.name, [n.text for n in notes]) for each, notes in answered.groups] == [
        ("A", ["Few count them."])
    ]


def test_a_leader_names_the_rapporteur_among_those_who_take_part(workshop):
    georgia, stranger = people.representative("GEO"), people.representative("KEN")
    group = room.breakout(workshop).groups.get()
    leading = signed_in(room.facilitator(workshop))
    address = f"/en/workshop/{workshop.pk}/breakouts/groups/{group.pk}/rapporteur/"
    for user, stands in ((georgia, georgia), (stranger, None)):
        assert leading.post(address, {"user": user.pk}).status_code == 302
        group.refresh_from_db()
        assert group.rapporteur == stands
