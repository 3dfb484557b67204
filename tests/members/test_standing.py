"""What a request reads of its user at once is what each question would have found alone."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from wagtail.models import PageViewRestriction

from core.visibility import audiences_of
from members import standing
from members.access import has_editor, is_privileged, needs_second_factor
from members.groups import MEMBERS
from members.models import Kind
from members.roles import is_member, is_secretariat, roles_of
from tests import factories
from tests.kept import kept
from tests.members import people

pytestmark = pytest.mark.django_db


def editing_right():
    return Permission.objects.get(codename="access_admin")


def editor(by_group):
    user = people.person(name="Editor")
    if by_group:
        group = Group.objects.create(name="Editors (invented)")
        group.permissions.add(editing_right())
        user.groups.add(group, Group.objects.create(name="Others (invented)"))
    else:
        user.user_permissions.add(editing_right())
    return user


def of_two_roles():
    user = people.member("GEO")
    people.give(user, Kind.REVIEWER, "CHL")
    user.groups.add(Group.objects.create(name="Guests (invented)"))
    return user


def guarded(user):
    people.second_factor(user)
    return user


def without_factor(user):
    Authenticator.objects.filter(user=user).delete()
    return user


PEOPLE = {
    "outsider": people.person,
    "guarded outsider": lambda: guarded(people.person()),
    "member": people.member,
    "member of two roles": of_two_roles,
    "facilitator": people.facilitator,
    "facilitator without a factor": lambda: without_factor(people.facilitator()),
    "secretariat": people.secretariat,
    "secretariat without a factor": lambda: without_factor(people.secretariat()),
    "editor by a group": lambda: editor(by_group=True),
    "editor by a right of their own": lambda: editor(by_group=False),
    "guarded editor": lambda: guarded(editor(by_group=True)),
    "administrator": people.superuser,
}


def told(user):
    return {
        "roles": roles_of(user),
        "bodies": [(role.institution, role.country) for role in roles_of(user)],
        "is member": is_member(user),
        "is secretariat": is_secretariat(user),
        "has editor": has_editor(user),
        "is privileged": is_privileged(user),
        "needs a factor": needs_second_factor(user),
        "audiences": audiences_of(user),
    }


@pytest.mark.parametrize("who", PEOPLE)
def test_what_is_kept_is_what_each_question_finds(who):
    pk = PEOPLE[who]().pk
    alone, at_once = (get_user_model().objects.get(pk=pk) for _each in range(2))
    standing.keep(at_once)
    assert told(at_once) == told(alone)


def test_it_is_one_query_for_people_with_a_role(django_assert_num_queries):
    user = of_two_roles()
    with django_assert_num_queries(1):
        standing.keep(user)
        assert is_member(user)
        assert not has_editor(user)
        assert len(audiences_of(user)) > 2


@kept
def closed_page():
    page = factories.plain_page("For members")
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
    restriction.groups.add(Group.objects.get(name=MEMBERS))
    return page.url


def test_who_leaves_a_group_is_let_in_no_more(client, closed_page):
    user = people.member()
    client.force_login(user)
    assert client.get(closed_page).status_code == 200
    user.groups.clear()
    assert client.get(closed_page).status_code == 404


def test_whose_role_ends_is_let_in_no_more(client):
    factories.home()
    user = people.secretariat()
    client.force_login(user)
    assert client.get("/en/members/board/").status_code == 200
    user.roles.all().delete()
    assert client.get("/en/members/board/").status_code == 404


def test_who_may_edit_no_more_sees_no_way_to_it(client):
    factories.home()
    user = guarded(editor(by_group=True))
    client.force_login(user)
    way = b'href="/admin/"'
    assert way in client.get("/en/members/me/").content
    user.groups.clear()
    assert way not in client.get("/en/members/me/").content


def test_whose_factor_is_taken_away_sets_it_up_anew(client):
    factories.home()
    user = people.secretariat()
    client.force_login(user)
    assert client.get("/en/members/me/").status_code == 200
    without_factor(user)
    assert client.get("/en/members/me/").status_code == 302
