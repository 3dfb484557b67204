"""What communities lend to workshops: a private community of their own, before and after."""

from typing import Any

from django.utils.text import slugify

from communities import access
from communities.groups import inviting, leading, setting_up
from communities.models import Community
from members.roles import is_member
from workshops.models import Workshop
from workshops.running.community import Lender, register_lender


def _open(workshop: Workshop, leaders: list[Any], by: Any) -> int:
    """Open a private community; whoever leads the workshop facilitates it, else who opens it."""
    if not access.may_create(by):
        return 0
    slug = f"workshop-{workshop.pk}-{slugify(workshop.title)}"[:80].strip("-")
    values = {
        "slug": slug,
        "name": workshop.title[:200],
        "purpose": workshop.about[:2000],
        "kind": Community.Kind.WORKING_GROUP,
        "visibility": Community.Visibility.PRIVATE,
    }
    community = setting_up.open_community(values, by)
    if community is None:
        return 0
    named = [leading.name(community, person, by) for person in leaders if is_member(person)]
    if not any(named):
        leading.name(community, by, by)
    return community.pk


def _invite(number: int, person: Any, by: Any) -> bool:
    """Invite somebody who takes part, in the name of one who facilitates."""
    community = Community.objects.filter(pk=number).first()
    if community is None or not is_member(person):
        return False
    host = by if access.facilitates(by, community) else access.facilitators_of(community).first()
    return host is not None and inviting.invite(community, person, "", host)


def _place(number: int, user: Any) -> tuple[str, str] | None:
    """Return its name and address for whoever may know of it."""
    community = access.communities_for(user).filter(pk=number).first()
    return (community.name, community.get_absolute_url()) if community else None


def connect() -> None:
    """Let workshops have communities."""
    register_lender(Lender(_open, _invite, _place))
