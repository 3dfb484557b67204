"""The same thing done by several at once is done once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from communities.groups import inviting, joining, leading
from communities.groups.leaving import LastFacilitatorError, leave
from communities.models import Act, Community, JoinRequest, Membership
from tests.communities import groups
from tests.members import people
from users.models import User

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 20


def at_once(what, number=TIMES):
    """Do something in several threads with connections of their own; return what came of each."""

    def alone(each):
        try:
            return what(each)
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(alone, range(number)))


def again(user):
    return User.objects.get(pk=user.pk)


def test_twenty_admissions_make_one_membership():
    group = groups.community(visibility="members")
    leads = [groups.facilitator_of(group, "COL"), groups.facilitator_of(group, "PER")]
    asking = people.member("MEX")
    joining.ask(group, asking, "Please (invented).", "weekly")
    number = JoinRequest.objects.get().pk

    def admit(each):
        asked = JoinRequest.objects.select_related("community", "user").get(pk=number)
        return joining.admit(asked, again(leads[each % 2]))

    assert at_once(admit).count(True) == 1
    assert Membership.objects.filter(user=asking).count() == 1
    act = Act.objects.get(kind="admit")
    assert act.by == JoinRequest.objects.get().decided_by


def test_an_invitation_accepted_twenty_times_while_let_in_makes_one_membership():
    group = groups.community(visibility="members")
    lead, asking = groups.facilitator_of(group, "COL"), people.member("MEX")
    joining.ask(group, asking, "Please (invented).", "weekly")
    inviting.invite(group, asking, "", lead)
    number = JoinRequest.objects.get().pk

    def come_in(each):
        if each % 2:
            return inviting.accept(Community.objects.get(pk=group.pk), again(asking), "daily")
        asked = JoinRequest.objects.select_related("community", "user").get(pk=number)
        return joining.admit(asked, again(lead))

    assert at_once(come_in).count(True) == 1
    assert Membership.objects.filter(user=asking).count() == 1


def test_of_two_facilitators_who_leave_at_once_one_stays():
    group = groups.community()
    leads = [groups.facilitator_of(group, "COL"), groups.facilitator_of(group, "PER")]

    def go(each):
        try:
            return leave(Community.objects.get(pk=group.pk), again(leads[each]))
        except LastFacilitatorError:
            return "stays"

    assert sorted(map(str, at_once(go, 2))) == ["True", "stays"]
    assert Membership.objects.current().filter(is_facilitator=True).count() == 1


def test_two_who_step_down_and_name_each_other_leave_nobody_without():
    group = groups.community()
    lead, member = groups.facilitator_of(group, "COL"), groups.member_of(group, "PER")

    def change(each):
        found = Community.objects.get(pk=group.pk)
        if each % 2:
            return leading.name(found, again(member), again(lead), hand_over=True)
        try:
            return leading.step_down(found, again(lead))
        except LastFacilitatorError:
            return False

    at_once(change)
    current = Membership.objects.current()
    assert current.filter(is_facilitator=True).count() == 1
    assert current.count() == 2


def test_twenty_communities_opened_at_once_with_one_name_are_one():
    from communities.groups.setting_up import open_community

    office = people.secretariat()
    values = {"name": "New (invented)", "slug": "new-invented", "kind": "regional"}
    made = at_once(lambda _each: open_community(values, again(office)))
    assert len([each for each in made if each]) == 1
    assert Community.objects.count() == 1
