"""The secretariat sees who waits, who is missing and whose role ends."""

import datetime

import pytest
from django.utils import timezone

from members import figures
from members.models import Application, Kind, Role
from tests.members import people

pytestmark = pytest.mark.django_db

BOARD, DAY = "/en/members/board/", datetime.timedelta(days=1)


@pytest.fixture
def staff(client):
    client.user = people.secretariat()
    client.force_login(client.user)
    return client


def test_applications_stand_with_their_age_the_oldest_first(staff):
    for name, days in (("Young", 2), ("Old", 20)):
        each = Application.objects.create(
            user=people.person(name=name), role="member", motivation="x"
        )
        Application.objects.filter(pk=each.pk).update(sent_at=timezone.now() - days * DAY)
    text = staff.get(BOARD).content.decode()
    assert text.index("Old (invented)") < text.index("Young (invented)")
    assert "2\xa0weeks, 6\xa0days" in text


def test_an_empty_board_says_what_will_stand_there(staff):
    assert "New applications stand here" in staff.get(BOARD).content.decode()


def test_roles_that_end_soon_are_named_and_others_not(staff):
    today = timezone.localdate()
    for name, days in (("Soon", 30), ("Late", 300), ("Gone", -2)):
        people.person(
            None, Role(kind="member", starts=today - 99 * DAY, ends=today + days * DAY), name=name
        )
    text = staff.get(BOARD).content.decode()
    assert "Soon (invented)" in text
    assert "Late (invented)" not in text
    assert "Gone (invented)" not in text


def test_the_balance_counts_everybody_once_and_shows_who_is_missing(vocabulary):
    georgian = people.member("GEO")
    people.give(georgian, Kind.REVIEWER, "GEO")
    people.member("MAR")
    gone = people.member("CHL")
    gone.roles.update(ended_at=timezone.now())
    regions, kinds = figures.balance()
    counted = {row["label"]: row["value"] for row in regions}
    assert counted["Western Asia"] == 1
    assert counted["Northern Africa"] == 1
    assert counted["Latin America and the Caribbean"] == 0
    assert kinds[0] == {"label": "National statistical office", "value": 2}


def test_the_figures_are_pictures_with_their_numbers_beside_them(vocabulary, staff):
    people.member("GEO")
    text = staff.get(BOARD).content.decode()
    assert '<svg viewBox="0 0 600' in text
    assert "<summary>Show as a table</summary>" in text


def test_a_role_is_given_extended_and_ended(staff):
    person = people.person()
    address = f"/en/members/people/{person.pk}/"
    data = {"kind": "member", "starts": "2026-01-01", "ends": "2099-01-01"}
    staff.post(address, data)
    role = person.roles.get()
    assert role.given_by == staff.user
    staff.post(f"/en/members/roles/{role.pk}/extend/", {"ends": "2100-01-01"})
    role.refresh_from_db()
    assert str(role.ends) == "2100-01-01"
    staff.post(f"/en/members/roles/{role.pk}/end/")
    role.refresh_from_db()
    assert role.ended_by == staff.user
    assert not role.is_held
    assert set(person.groups.values_list("name", flat=True)) == set()


@pytest.mark.parametrize(
    "bad",
    [{"ends": "1999-01-01"}, {"starts": "soon"}, {"kind": "king"},
     {"kind": "representative", "country": ""}],
)  # fmt: skip
def test_a_role_that_cannot_be_meant_is_not_given(staff, bad):
    person = people.person()
    data = {"kind": "member", "starts": "2026-01-01", "ends": "2099-01-01", **bad}
    assert staff.post(f"/en/members/people/{person.pk}/", data).status_code == 400
    assert not person.roles.exists()


def test_a_last_day_before_the_first_changes_nothing(staff):
    role = people.member("GEO").roles.get()
    for bad in ("1999-01-01", "soon"):
        staff.post(f"/en/members/roles/{role.pk}/extend/", {"ends": bad})
    role.refresh_from_db()
    assert role.ends is None


def test_nobody_changes_their_own_roles(staff):
    own = staff.user.roles.get()
    data = {"kind": "representative", "country": "", "starts": "2026-01-01"}
    assert staff.post(f"/en/members/people/{staff.user.pk}/", data).status_code == 404
    assert staff.post(f"/en/members/roles/{own.pk}/end/").status_code == 404
    assert staff.post(f"/en/members/roles/{own.pk}/extend/", {"ends": ""}).status_code == 404
    own.refresh_from_db()
    assert own.ended_at is None


@pytest.mark.parametrize("who", [None, "person", "member", "reviewer", "facilitator"])
def test_nobody_else_sees_people_or_changes_roles(client, who):
    role = people.member("GEO").roles.get()
    if who:
        client.force_login(getattr(people, who)())
    for address in (BOARD, "/en/members/people/", f"/en/members/people/{role.user_id}/"):
        assert client.get(address).status_code == 404
    for address in (f"/en/members/roles/{role.pk}/end/", f"/en/members/roles/{role.pk}/extend/",
                    f"/en/members/people/{role.user_id}/"):  # fmt: skip
        assert client.post(address, {"ends": "2099-01-01"}).status_code == 404
    role.refresh_from_db()
    assert role.ended_at is None


def test_people_are_found_by_name_and_address(staff):
    people.person("needle@example.org", name="Anna")
    people.person(name="Berta")
    for asked in ("needle", "anna inv"):
        text = staff.get("/en/members/people/", {"q": asked}).content.decode()
        assert "Anna (invented)" in text
        assert "Berta (invented)" not in text
    assert (
        "Nobody has this name" in staff.get("/en/members/people/", {"q": "\0zz"}).content.decode()
    )


@pytest.mark.parametrize("address", [BOARD, "/en/members/people/"])
def test_the_number_of_queries_does_not_grow(staff, vocabulary, address,
                                             django_assert_max_num_queries):  # fmt: skip
    for _number in range(30):
        people.member("GEO")
        Application.objects.create(user=people.person(), role="member", motivation="x")
    staff.get(address)
    with django_assert_max_num_queries(25):
        staff.get(address)
