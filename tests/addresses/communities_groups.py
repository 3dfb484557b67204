"""Rows of communities themselves: the list, the ways in and out, who facilitates, settings."""

import datetime

from django.utils import timezone

from communities.models import Invitation, JoinRequest
from tests.addresses.rows import EVERYBODY, FACILITATING, IN_GROUP, NOBODY, OFFICE, Row
from tests.members import people

SLUG = {"slug": "group"}
ASKED = SLUG | {"pk": "request to join"}
INVITED = SLUG | {"pk": "invitation to the group"}
LEADER = SLUG | {"pk": "facilitator"}
KNOWING = IN_GROUP | OFFICE
NAMING = FACILITATING | OFFICE
COMMUNITY_GROUPS = [
    Row("en/communities/", EVERYBODY),
    Row("en/communities/new/", OFFICE, OFFICE),
    Row("en/communities/%(slug)s/", KNOWING, None, SLUG),
    Row("en/communities/%(slug)s/about/", KNOWING, None, SLUG),
    Row("en/communities/%(slug)s/people/", IN_GROUP, None, SLUG),
    Row("en/communities/%(slug)s/people/mute/", None, IN_GROUP, SLUG),
    Row("en/communities/%(slug)s/join/", IN_GROUP, IN_GROUP, SLUG),
    Row("en/communities/%(slug)s/join/withdraw/", None, NOBODY, SLUG),
    Row("en/communities/%(slug)s/invitation/", IN_GROUP, IN_GROUP, SLUG),
    Row("en/communities/%(slug)s/invitation/decline/", None, IN_GROUP, SLUG),
    Row("en/communities/%(slug)s/leave/", IN_GROUP, IN_GROUP, SLUG),
    Row("en/communities/%(slug)s/requests/", FACILITATING, None, SLUG),
    Row("en/communities/%(slug)s/requests/%(pk)s/admit/", None, FACILITATING, ASKED),
    Row("en/communities/%(slug)s/requests/%(pk)s/decline/", None, FACILITATING, ASKED),
    Row("en/communities/%(slug)s/invite/", FACILITATING, FACILITATING, SLUG),
    Row("en/communities/%(slug)s/invite/address/", None, FACILITATING, SLUG),
    Row("en/communities/%(slug)s/invite/%(pk)s/withdraw/", None, FACILITATING, INVITED),
    Row("en/communities/%(slug)s/facilitators/", NAMING, NAMING, SLUG),
    Row("en/communities/%(slug)s/facilitators/step-down/", None, FACILITATING, SLUG),
    Row("en/communities/%(slug)s/facilitators/%(pk)s/relieve/", None, OFFICE, LEADER),
    Row("en/communities/%(slug)s/settings/", FACILITATING, FACILITATING, SLUG),
    Row("en/communities/%(slug)s/settings/close/", FACILITATING, FACILITATING, SLUG),
    Row("en/communities/%(slug)s/settings/reopen/", None, FACILITATING, SLUG),
]


def groups_things(group, facilitator):
    """Somebody who asks to join and somebody who is invited; neither is of the table."""
    asking, invited = people.member("KEN"), people.member("MLI")
    until = timezone.now() + datetime.timedelta(days=20)
    return {
        "request to join": JoinRequest.objects.create(community=group, user=asking).pk,
        "invitation to the group": Invitation.objects.create(
            community=group, user=invited, invited_by=facilitator, expires_at=until
        ).pk,
        "facilitator": facilitator.pk,
    }
