"""The private community of the table, its people and its things; all of it is invented."""

from communities.models import Community
from tests.addresses.communities_asking import asked_things
from tests.addresses.communities_groups import groups_things
from tests.addresses.communities_keeping import kept_things
from tests.addresses.communities_mailing import mailing_things
from tests.addresses.communities_threads import discussed_things
from tests.communities import groups
from tests.members import people


def people_of_group():
    group = groups.community(slug="group")
    return {
        "group member": groups.member_of(group, "MEX"),
        "group facilitator": groups.facilitator_of(group, "COL"),
        "former group member": former_member_of(group),
    }


def former_member_of(group):
    user = people.member("PER")
    groups.join(user, group, left_at="2026-01-01T00:00Z", ending="removed")
    return user


def things(who):
    group = Community.objects.get(slug="group")
    kept = kept_things(group, who["group member"], who["group facilitator"])
    own = groups_things(group, who["group facilitator"])
    mailed = mailing_things(group, who["group member"])
    asked = asked_things(group, who["group member"])
    discussed = discussed_things(group, who["group member"])
    return {"group": group.slug} | discussed | kept | own | mailed | asked
