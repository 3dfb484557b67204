"""Whoever represents a country that has not answered everything is reminded, once a day."""

import datetime

import pytest
from django.utils import timezone

from members.models import Role
from tests.adoption.conftest import own_database  # noqa: F401 - a fixture
from tests.adoption.test_at_once import at_once
from tests.kept import kept
from tests.mail import sent
from tests.members import people
from tests.workshops.preparing.asking import Room
from tests.workshops.preparing.test_states import page, signed_in
from workshops.models import Workshop
from workshops.preparing.beginning import choose
from workshops.preparing.reminding import make, remind
from workshops.preparing.sharing import ChangedError, share


@kept
def prepared(db):
    made = Room()
    made.answered("GEO", "no")
    made.answered("COL", "no", "not known")
    return made


def to(prepared, *codes):
    return sorted(prepared.people[code].email for code in codes)


def test_all_that_lack_answers_are_reminded_once_a_day(prepared):
    second = people.representative("KEN")
    lead, address = signed_in(prepared.lead), f"{prepared.address}remind/"
    told = lead.post(address, follow=True).content.decode()
    assert "Reminded: 3 people of 2 countries" in told
    assert lead.post(address).status_code == 302
    assert lead.post(address, {"code": "GEO"}).status_code == 302
    mails = {mail.to[0]: mail.body for mail in sent()}
    assert sorted(mails) == sorted([*to(prepared, "GEO", "KEN"), second.email])
    georgia, kenya = (mails[prepared.people[code].email] for code in ("GEO", "KEN"))
    assert "1 of 2 questions answered\nLast day:" in georgia
    assert "has begun yet.\nLast day:" in kenya
    assert f"/en/country/GEO/assessments/{prepared.round_of('GEO').pk}/" in georgia
    assert "/en/country/KEN/assessments/?questionnaire=invented" in kenya
    # The next day it can be done again.
    day = timezone.now() - datetime.timedelta(days=1)
    prepared.workshop.countries.update(reminded_at=day)
    assert "Reminded on" in page(prepared, prepared.lead)
    lead.post(address, {"code": "GEO"})
    assert [mail.to[0] for mail in sent()[3:]] == to(prepared, "GEO")


def test_one_country_is_reminded_and_none_of_another_workshop(prepared):
    lead, address = signed_in(prepared.lead), f"{prepared.address}remind/"
    for code in ("PER", "", "\x00"):
        assert lead.post(address, {"code": code}).status_code == 404
    assert signed_in(prepared.people["GEO"]).post(address).status_code == 404
    assert lead.get(address).status_code == 405
    assert lead.head(address).status_code == 405
    told = lead.post(address, {"code": "COL"}, follow=True).content.decode()
    assert "Nobody to remind" in told
    lead.post(address, {"code": "KEN"})
    assert [mail.to[0] for mail in sent()] == to(prepared, "KEN")


def test_a_mail_is_made_when_it_leaves_or_not_at_all(prepared):
    about = {"workshop": prepared.workshop.pk, "code": "GEO"}
    georgia, round_ = prepared.people["GEO"], prepared.round_of("GEO")

    def letter(user=georgia):
        return make(user=user.pk, **about)

    assert letter().address == georgia.email
    assert letter(prepared.people["COL"]) is None
    assert letter(prepared.lead) is None
    type(round_).objects.filter(pk=round_.pk).update(locks_on="2026-01-01")
    assert letter() is None
    type(round_).objects.filter(pk=round_.pk).update(locks_on=round_.locks_on)
    Workshop.objects.update(closed_at=timezone.now())
    assert letter() is None
    Workshop.objects.update(closed_at=None)
    Role.objects.filter(user=georgia).update(starts="2019-01-01", ends="2020-01-01")
    assert letter() is None
    Role.objects.filter(user=georgia).update(starts="2019-01-01", ends="2030-01-01")
    assert letter() is not None
    prepared.workshop.countries.filter(code="GEO").delete()
    assert letter() is None


def test_it_is_written_in_the_language_of_who_reads_it(prepared):
    georgia = prepared.people["GEO"]
    georgia.language = "ar"
    georgia.save()
    made = make(user=georgia.pk, workshop=prepared.workshop.pk, code="GEO")
    assert f"/ar/country/GEO/assessments/{prepared.round_of('GEO').pk}/" in made.text
    assert "\n" not in made.subject


def test_nobody_is_reminded_of_a_closed_workshop(prepared):
    Workshop.objects.update(closed_at=timezone.now())
    prepared.workshop.refresh_from_db()
    lead = signed_in(prepared.lead)
    assert lead.post(f"{prepared.address}remind/").status_code == 404
    assert "/remind/" not in page(prepared, prepared.lead)
    assert remind(prepared.workshop, ["GEO", "KEN"], prepared.lead).people == 0
    assert sent() == []


@pytest.mark.usefixtures("own_database")
def test_twenty_clicks_at_once_are_one_reminder_and_no_agreement_outlives_its_questionnaire():
    prepared = Room()
    click = [lambda: remind(prepared.workshop, ["GEO", "KEN"], prepared.lead)] * 20
    done = at_once(*click)
    assert sum(each.people for each in done) == 2
    assert len(sent()) == 2
    georgia = prepared.people["GEO"]
    agree = [lambda: share(prepared.workshop, "GEO", "invented", georgia)] * 8
    done = at_once(*agree, lambda: choose(prepared.workshop, "another", None))
    # Whichever came first, nothing is shared of what nobody has agreed to.
    assert {type(each) for each in done} <= {bool, ChangedError, type(None)}
    assert not prepared.workshop.countries.exclude(gaps_shared_at=None).exists()
