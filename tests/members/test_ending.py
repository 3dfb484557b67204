"""Before a role ends: its person and the secretariat are told, each time once."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from members.ending import run
from members.erasing import erase
from members.giving import end, extend
from members.models import Kind, Role
from tests.kept import kept
from tests.mail import sent
from tests.members import people

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
OFFICE, OTHER_OFFICE = "office@example.org", "bureau@example.org"


@kept
def office(db):
    return people.secretariat(OFFICE)


def ending(days, user=None, kind=Kind.REPRESENTATIVE, country="GEO", **fields):
    """A role that began a year ago and has so many days left."""
    today = timezone.localdate()
    begun = fields.pop("starts", today - 365 * DAY)
    role = Role(kind=kind, starts=begun, ends=today + days * DAY, **fields)
    return people.give(user or people.person(name="Somebody"), role, country)


def to(user_or_address):
    address = getattr(user_or_address, "email", user_or_address)
    return [each for each in sent() if each.to == [address]]


def in_days(number):
    return timezone.localdate() + number * DAY


@pytest.mark.parametrize(
    ("days", "told"), [(0, 1), (1, 1), (7, 1), (8, 1), (30, 1), (31, 0), (400, 0), (-1, 0)]
)
def test_a_role_that_ends_within_a_month_is_told_of(office, days, told):
    role = ending(days)
    run()
    assert len(to(role.user)) == told
    assert len(to(OFFICE)) == told


def test_a_month_and_a_week_before_each_once_whenever_it_runs(office):
    role = ending(40)
    told = []
    for day in range(41):
        for _again in range(2):
            run(in_days(day))
        told.append(len(to(role.user)))
    assert told.index(1) == 10  # 30 days before
    assert told.index(2) == 33  # 7 days before
    assert told[-1] == 2
    assert len(to(OFFICE)) == 2


def test_days_on_which_it_did_not_run_are_made_up_for_by_one_mail(office):
    role = ending(40)
    for day in (0, 35, 36):
        run(in_days(day))
    assert len(to(role.user)) == 1


def test_the_mail_says_which_role_and_until_when_and_where_to_turn(office, settings):
    settings.CONTACT_EMAIL = "ask@example.org"
    role = ending(20)
    run()
    (mail,) = to(role.user)
    day = f"{role.ends.day} {role.ends:%B} {role.ends.year}"
    assert mail.subject == f"Your role on Practice Exchange ends on {day}"
    assert "Country representative, GEO (Statistical office of GEO (invented))" in mail.body
    assert f"Last day: {day}" in mail.body
    assert "ask@example.org" in mail.body
    assert "/en/members/me/" in mail.body


def test_the_secretariat_gets_one_list_with_the_way_to_each_person(office):
    people.secretariat(OTHER_OFFICE)
    one, two = ending(20), ending(5, kind=Kind.REVIEWER, country="CHL")
    run()
    for address in (OFFICE, OTHER_OFFICE):
        (mail,) = to(address)
        assert mail.subject == "2 roles end soon"
        for role in (one, two):
            assert f"/en/members/people/{role.user_id}/" in mail.body
            assert str(role.user) in mail.body
        assert mail.body.index(f"/{two.user_id}/") < mail.body.index(f"/{one.user_id}/")


def test_somebody_with_several_roles_gets_one_mail(office):
    role = ending(20)
    ending(21, user=role.user, kind=Kind.REVIEWER)
    run()
    (mail,) = to(role.user)
    assert mail.subject == "Your roles on Practice Exchange end soon"
    assert "Reviewer" in mail.body


@pytest.mark.parametrize("language", ["en", "es", "fr", "ar"])
def test_everybody_reads_it_in_their_language(office, language):
    office.language = language
    office.save()
    role = ending(20, user=people.person(name="Somebody", language=language))
    run()
    for address in (role.user, OFFICE):
        (mail,) = to(address)
        assert f"/{language}/members/" in mail.body
        assert ("Country representative" in mail.body) == (language == "en")


def locked(role):
    role.user.is_active = False
    role.user.save()


def ended(role):
    end(role, None)
    sent().clear()


def erased(role):
    erase(role.user)


def not_begun(role):
    Role.objects.filter(pk=role.pk).update(starts=timezone.localdate() + DAY)


def without_end(role):
    Role.objects.filter(pk=role.pk).update(ends=None)


def just_given(role):
    Role.objects.filter(pk=role.pk).update(starts=timezone.localdate() - DAY)


@pytest.mark.parametrize("change", [locked, ended, erased, not_begun, without_end, just_given])
def test_nobody_is_told_what_is_not_so(office, change):
    role, other = ending(20), ending(20)
    change(role)
    run()
    assert to(role.user) == []
    assert len(to(other.user)) == 1
    (mail,) = to(OFFICE)
    assert f"/{role.user_id}/" not in mail.body


def test_who_works_for_the_secretariat_is_asked_when_it_is_sent(office):
    former = people.secretariat("former@example.org")
    yesterday = timezone.localdate() - DAY
    former.roles.update(starts=yesterday, ends=yesterday)
    ending(20)
    run()
    assert to(former) == []
    assert len(to(OFFICE)) == 1


def test_where_nobody_is_secretariat_the_contact_is_told(settings):
    settings.CONTACT_EMAIL = "ask@example.org"
    ending(20)
    run()
    assert len(to("ask@example.org")) == 1


@pytest.mark.parametrize(
    ("next_role", "told"),
    [
        ({}, 0),  # the day after, for a year
        ({"days": 22}, 1),  # with a day between
        ({"kind": Kind.REVIEWER}, 1),
        ({"country": "CHL"}, 1),
        ({"ended_at": timezone.now()}, 1),
    ],
)
def test_a_role_that_another_one_continues_is_left_out(office, next_role, told):
    role = ending(20)
    begins = in_days(next_role.pop("days", 21))
    ending(400, **{"user": role.user, "starts": begins, **next_role})
    run()
    assert len(to(role.user)) == told


def test_a_new_last_day_lets_it_be_told_anew(office):
    role = ending(30)
    run()
    assert extend(role, in_days(90), office)
    run()
    run(in_days(59))
    assert len(to(role.user)) == 1
    run(in_days(60))
    run(in_days(83))
    assert len(to(role.user)) == 3


def test_the_same_last_day_given_again_tells_nobody_twice(office):
    role = ending(30)
    run()
    extend(role, role.ends, office)
    run()
    assert len(to(role.user)) == 1


def test_the_secretariat_extends_it_on_its_page_and_it_is_told_anew(office, client):
    role = ending(6)
    run()
    client.force_login(office)
    client.post(f"/en/members/roles/{role.pk}/extend/", {"ends": in_days(25).isoformat()})
    run()
    assert len(to(role.user)) == 2


def test_where_nothing_ends_nobody_gets_a_mail(office):
    ending(300)
    out = StringIO()
    call_command("tell_of_ending_roles", stdout=out)
    assert "0 told of 0 roles" in out.getvalue()
    assert sent() == []


def test_the_command_says_how_much_it_was(office):
    role = ending(20)
    ending(20, user=role.user, kind=Kind.REVIEWER)
    out = StringIO()
    call_command("tell_of_ending_roles", stdout=out)
    assert "1 told of 2 roles" in out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_tell_once(office):
    role = ending(20)

    def once(_number):
        try:
            return run().roles
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(once, range(4))) == 1
    assert len(to(role.user)) == 1
