"""A role is a right for its days, and for no day more."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from members import roles
from members.models import Kind, Role
from tests.members import people

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


def today():
    return timezone.localdate()


@pytest.mark.parametrize(
    ("starts", "ends", "held"),
    [(-1, None, True), (0, 0, True), (-9, -1, False), (1, None, False), (-9, 9, True)],
)
def test_a_role_is_held_from_its_first_day_to_its_last(starts, ends, held):
    ends = None if ends is None else today() + ends * DAY
    role = Role(kind=Kind.MEMBER, starts=today() + starts * DAY, ends=ends)
    user = people.person(None, role)
    assert roles.is_member(user) is held
    assert (user in roles.people(Kind.MEMBER)) is held
    assert role.is_held is held


def test_an_ended_role_is_no_right_whatever_its_last_day():
    user = people.representative("GEO")
    assert roles.countries_of(user) == {"GEO"}
    user.roles.update(ended_at=timezone.now())
    assert roles.countries_of(user) == frozenset()
    assert not roles.is_member(user)


def test_only_representatives_answer_for_a_country():
    assert roles.countries_of(people.member("GEO")) == frozenset()
    assert roles.countries_of(people.representative("MAR")) == {"MAR"}


def test_the_country_and_the_institution_somebody_signs_with():
    user = people.representative("GEO")
    people.give(user, Kind.REVIEWER, "MAR")
    assert roles.country_of(user) == "GEO"
    assert roles.institution_of(user).country.code == "GEO"
    assert roles.country_of(people.person()) == ""
    assert roles.institution_of(people.person()) is None


def test_superusers_count_as_secretariat_and_visitors_as_nobody():
    assert roles.is_secretariat(people.superuser())
    assert roles.is_secretariat(people.secretariat())
    assert not roles.is_secretariat(people.member())
    assert not roles.is_member(people.person())
    assert not roles.is_member(AnonymousUser())


def test_people_are_found_by_role_and_country_once():
    georgian, moroccan = people.reviewer("GEO"), people.reviewer("MAR")
    people.give(georgian, Kind.REVIEWER, "MAR")
    assert list(roles.people(Kind.REVIEWER)) == [georgian, moroccan]
    assert list(roles.people(Kind.REVIEWER, "GEO")) == [georgian]


def test_a_locked_account_holds_no_role():
    user = people.secretariat()
    user.is_active = False
    user.save()
    assert not roles.is_secretariat(user)
    assert user not in roles.people(Kind.SECRETARIAT)
