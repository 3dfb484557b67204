"""Finding people by name, among those whom the one who looks may see."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from communities import access
from communities.groups.inviting import waiting_invitations
from communities.models import Community
from members.directory import listed, narrowed
from members.models import Role
from members.roles import is_secretariat, telling_first
from users.models import User

MOST_FOUND = 20


@dataclass(frozen=True)
class Found:
    """One person, by the role by which they are known."""

    user: User
    role: Role | None
    state: str = ""  # "in", "invited", or "" for whoever can be chosen


def words(text: str) -> str:
    """Return what was typed into a search box, without what cannot be seen."""
    return "".join(c for c in text if c.isprintable())[:100].strip()


def to_invite(community: Community, asked: str) -> list[Found]:
    """Return members whose name or words fit: those who agreed to be listed, at most twenty."""
    profiles = narrowed(listed(), {"q": asked}).select_related("user")
    in_order = profiles.order_by("user__last_name", "user__first_name", "pk")[:MOST_FOUND]
    users = [profile.user for profile in in_order]
    there = access.members_of(community).filter(pk__in=[user.pk for user in users])
    inside = set(there.values_list("pk", flat=True))
    invited = set(waiting_invitations(community).values_list("user_id", flat=True))

    def state(user: User) -> str:
        return "in" if user.pk in inside else "invited" if user.pk in invited else ""

    return [Found(user, role, state(user)) for user, role in _known_by(users)]


def listed_people(numbers: Iterable[str]) -> list[User]:
    """Return the members of these numbers who agreed to be listed."""
    ids = [int(each) for each in numbers if each.isdecimal() and len(each) < 10]
    profiles = listed().filter(user__in=ids).select_related("user").order_by("pk")
    return [profile.user for profile in profiles]


def to_name(community: Community, user: Any, asked: str) -> list[Found]:
    """Return who could facilitate: members of it; for the secretariat, of the Alliance.

    Facilitators see those who are in it anyway; the secretariat knows everybody, and asks by name.
    """
    leading = access.facilitators_of(community).values("pk")
    people: QuerySet[User] = access.members_of(community)
    if is_secretariat(user):
        people = _of_the_alliance() if asked else User.objects.none()
    for word in asked.split()[:8]:
        people = people.filter(Q(first_name__icontains=word) | Q(last_name__icontains=word))
    people = people.exclude(pk__in=leading)
    if not access.may_name_facilitator(user, community, user):
        people = people.exclude(pk=user.pk)
    in_order = people.order_by("last_name", "first_name", "pk")[:MOST_FOUND]
    return [Found(person, role) for person, role in _known_by(list(in_order))]


def _of_the_alliance() -> QuerySet[User]:
    held = Role.objects.held().values("user_id")
    return User.objects.filter(Q(pk__in=held) | Q(is_superuser=True), is_active=True)


def _known_by(users: Sequence[User]) -> list[tuple[User, Role | None]]:
    roles = defaultdict(list)
    held = Role.objects.held().filter(user__in=users).select_related("institution", "country")
    for role in held:
        roles[role.user_id].append(role)
    return [(user, next(iter(telling_first(roles[user.pk])), None)) for user in users]
