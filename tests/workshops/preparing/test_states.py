"""Who has answered before a workshop and who has not: numbers for those who lead, no answers."""

import re

import pytest
from django.test import Client

from countries.assessing.reading import parts_of
from countries.models import Assessment, CountryPage
from members.models import Role
from tests.countries import asked
from tests.kept import kept
from tests.members import people
from tests.workshops import room
from tests.workshops.preparing.asking import Room, in_days
from workshops.access import seat_of
from workshops.models import Workshop
from workshops.preparing import access, assessments
from workshops.preparing.showing import Stage, standing_of

pytestmark = pytest.mark.django_db


@kept
def prepared(db):
    return Room()


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def page(prepared, user):
    return signed_in(user).get(prepared.address).content.decode()


def stages(prepared, user):
    found = standing_of(prepared.workshop, seat_of(user, prepared.workshop), user)
    return {line.code: (line.stage, line.progress.done) for line in found.lines}


def test_the_newest_round_is_counted_as_the_country_counts_it(prepared):
    prepared.answered("GEO", "yes", "yes", days=-2)
    newest = prepared.answered("GEO", "not known")
    prepared.answered("COL", "no", "not known")
    prepared.answered("KEN", "no", days=-1)
    found = stages(prepared, prepared.lead)
    assert found == {
        "GEO": (Stage.GOING, 1), "COL": (Stage.COMPLETE, 2), "KEN": (Stage.LOCKED, 1)
    }  # fmt: skip
    (part,) = parts_of(newest, newest.answers.all())
    assert (part.done, part.total) == (1, 2)
    assert "1 of 3 countries has" not in page(prepared, prepared.lead)
    assert "1 of 3 countries have answered everything" in page(prepared, prepared.lead)


def test_who_leads_sees_all_states_and_others_their_own_and_nobody_an_answer(prepared):
    rounds = {code: prepared.answered(code, "no") for code in ("GEO", "COL")}
    assert set(stages(prepared, prepared.lead)) == {"GEO", "COL", "KEN"}
    assert set(stages(prepared, prepared.people["GEO"])) == {"GEO"}
    assert set(stages(prepared, room.registered(prepared.workshop, country="COL"))) == {"COL"}
    guest = room.registered(prepared.workshop)
    assert standing_of(prepared.workshop, seat_of(guest, prepared.workshop), guest) is None

    def opens(user, code):
        return f"/country/{code}/assessments/{rounds[code].pk}/" in page(prepared, user)

    for user, geo, col in (
        (prepared.lead, False, False),
        (prepared.people["GEO"], True, False),
        (prepared.office, True, True),
        (room.registered(prepared.workshop, country="COL"), False, False),
    ):
        assert (opens(user, "GEO"), opens(user, "COL")) == (geo, col), user
    assert "never the answers" in page(prepared, prepared.people["GEO"])


def test_a_country_without_a_round_finds_the_way_to_begin_one(prepared):
    person = prepared.people["GEO"]
    day = prepared.workshop.answer_by
    way = f"/en/country/GEO/assessments/?questionnaire=invented&amp;until={day}#begin"
    assert way in page(prepared, person)
    assert way in signed_in(person).get(prepared.workshop.get_absolute_url()).content.decode()
    form = signed_in(person).get(way.replace("&amp;", "&")).content.decode()
    assert f'value="{day}"' in form
    assert "checked" in form
    # What is no day and no questionnaire proposes nothing.
    odd = signed_in(person).get("/en/country/GEO/assessments/?questionnaire=%00&until=%00")
    assert odd.status_code == 200


def test_a_country_whose_page_is_closed_has_no_place_to_answer(prepared):
    CountryPage.objects.filter(country__code="KEN").update(live=False)
    html = page(prepared, prepared.office)
    assert "nobody can answer for them: KEN" in html
    assert "/country/GEO/" in html
    assert "/country/KEN/" not in html
    signed_in(prepared.office).post(f"{prepared.address}begin/")
    assert {row.about for row in Assessment.objects.all()} == {"COL", "GEO"}


def test_nobody_of_another_workshop_sees_anything(prepared):
    elsewhere = room.workshop("PER")
    for user in (people.representative("PER"), room.facilitator(elsewhere), people.member("GEO")):
        client = signed_in(user)
        assert client.get(prepared.address).status_code == 404
        assert client.post(f"{prepared.address}remind/").status_code == 404
    assert signed_in(prepared.people["GEO"]).get(prepared.address).status_code == 200
    Role.objects.filter(user=prepared.people["GEO"]).update(starts="2019-01-01", ends="2020-01-01")
    assert signed_in(prepared.people["GEO"]).get(prepared.address).status_code == 404


def test_the_secretariat_chooses_and_begins_it_for_all_once(prepared):
    kept = prepared.answered("GEO", "no")
    prepared.answered("COL", "no", days=-1)
    office = signed_in(prepared.office)
    begin = f"{prepared.address}begin/"
    assert signed_in(prepared.lead).post(begin).status_code == 404
    for _twice in range(2):
        assert office.post(begin).status_code == 302
    rounds = Assessment.objects.filter(locks_on=prepared.workshop.answer_by)
    assert {(row.about, row.round) for row in rounds} == {("COL", 2), ("KEN", 1)}
    assert {row.author for row in rounds} == {prepared.office}
    assert (prepared.round_of("GEO"), Assessment.objects.count()) == (kept, 4)


def test_nothing_begins_without_a_day_that_is_not_over(prepared):
    office = signed_in(prepared.office)
    Workshop.objects.update(answer_by=in_days(-1))
    told = office.post(f"{prepared.address}begin/", follow=True).content.decode()
    assert "last day that is not over" in told
    assert not Assessment.objects.exists()
    was = re.search(r'name="was" value="([^"]+)"', page(prepared, prepared.office))[1]
    form = {"questionnaire": "invented", "answer_by": in_days(-3).isoformat(), "was": was}
    wrong = office.post(prepared.address, form)
    assert (wrong.status_code, form["answer_by"] in wrong.content.decode()) == (400, True)
    form["answer_by"] = in_days(3).isoformat()
    assert signed_in(prepared.lead).post(prepared.address, form).status_code == 404
    assert office.post(prepared.address, form).status_code == 302
    prepared.workshop.refresh_from_db()
    assert prepared.workshop.answer_by == in_days(3)
    # Whoever still looks at what stood there before overwrites nothing.
    late = office.post(prepared.address, form | {"questionnaire": ""})
    assert (late.status_code, "What stands there now" in late.content.decode()) == (409, True)
    Workshop.objects.update(closed_at="2026-01-01T00:00Z")
    assert office.post(prepared.address, form).status_code == 404
    assert office.post(f"{prepared.address}begin/").status_code == 404


def test_each_empty_page_says_what_comes_next(prepared):
    asked.publish(asked.question("other", slug="rapid-assessment").version)
    prepared.workshop.countries.all().delete()
    assert "/set-up/" in page(prepared, prepared.office)
    bare = room.workshop("GEO")
    prepared.address = f"{bare.get_absolute_url()}preparation/"
    assert "No questionnaire is chosen yet" in page(prepared, prepared.people["GEO"])
    assert '<option value="rapid-assessment" selected>' in page(prepared, prepared.office)


def test_where_nobody_lends_assessments_there_is_no_preparation(prepared, monkeypatch):
    client = signed_in(prepared.people["GEO"])
    desk = prepared.workshop.get_absolute_url()
    assert prepared.address in client.get(desk).content.decode()
    monkeypatch.setattr(assessments, "_lenders", [])
    assert prepared.address not in client.get(desk).content.decode()
    assert client.get(prepared.address).status_code == 404


def test_only_who_represents_a_country_speaks_for_it(prepared):
    workshop, may = prepared.workshop, access.may_share_gaps
    assert may(prepared.people["GEO"], workshop, "GEO")
    assert not may(prepared.people["GEO"], workshop, "COL")
    registered = room.registered(workshop, country="GEO")
    for user in (prepared.lead, prepared.office, registered, people.member("GEO")):
        assert not may(user, workshop, "GEO"), user
    assert not may(people.representative("PER"), workshop, "PER")
