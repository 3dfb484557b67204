"""Groups follow roles: what is restricted to a group opens and closes with a term."""

import datetime

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from core.visibility import audiences_of
from members import groups
from members.models import Kind, Role
from tests import factories
from tests.core.test_readers import restrict
from tests.members import people

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def new_day():
    """As if this process had not yet looked at the roles of today."""
    groups._settled.clear()


def names(user):
    return set(user.groups.values_list("name", flat=True))


def test_a_role_brings_its_groups_and_its_end_takes_them():
    user = people.person()
    assert names(user) == set()
    role = people.give(user, Kind.SECRETARIAT)
    assert names(user) == {"Members", "Secretariat"}
    role.ended_at = timezone.now()
    role.save()
    assert names(user) == set()


def test_a_page_for_members_closes_the_day_after_the_last_day(client):
    user = people.person(None, Role(kind=Kind.MEMBER, starts=timezone.localdate() - 9 * DAY))
    page = factories.plain_page("For members (invented)")
    restrict(page, Group.objects.get(name="Members"))
    client.force_login(user)
    assert client.get(page.url).status_code == 200
    # Time passes: nothing is saved, nothing runs.
    user.roles.update(ends=timezone.localdate() - DAY)
    groups._settled.clear()
    assert client.get(page.url).status_code == 404
    assert audiences_of(user) == {"public", "signed-in"}


def test_a_role_that_begins_today_opens_today(client):
    user = people.person(None, Role(kind=Kind.MEMBER, starts=timezone.localdate() + DAY))
    page = factories.plain_page("For members (invented)")
    restrict(page, Group.objects.get(name="Members"))
    client.force_login(user)
    assert client.get(page.url).status_code == 404
    user.roles.update(starts=timezone.localdate())
    groups._settled.clear()
    assert client.get(page.url).status_code == 200


def test_the_secretariat_edits_and_publishes_and_sees_questions_without_answer(client):
    home = factories.home()
    client.force_login(people.secretariat())
    assert client.get("/admin/").status_code == 200
    assert client.get(f"/admin/pages/{home.pk}/edit/").status_code == 200
    assert client.get("/admin/reports/questions/").status_code == 200
    assert home.permissions_for_user(people.secretariat()).can_publish()
    assert client.get("/admin/users/").status_code == 302


def test_members_have_no_editor(client):
    client.force_login(people.member())
    assert client.get("/admin/", follow=True).status_code == 403


def test_the_roles_of_a_request_are_read_once(client, django_assert_max_num_queries):
    user = people.representative("GEO")
    client.force_login(user)
    client.get("/en/members/me/")
    with django_assert_max_num_queries(25):
        client.get("/en/members/me/")
