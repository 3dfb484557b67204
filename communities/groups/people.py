"""Who is in a community: by country and institution, for those who are in it themselves."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

from django.db.models import Prefetch
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from communities import access
from communities.models import Community, Membership
from members.access import may_ask
from members.models import Profile, Role
from members.roles import telling_first
from users.models import Institution, User
from vocabulary.labels import labels
from vocabulary.words import fold

# So many bars are read at a glance; the others are counted together.
MOST_BARS = 12


class Bar(TypedDict):
    """One bar of a figure; `share`: its length in per cent of the longest."""

    label: str
    value: int
    share: int


@dataclass(frozen=True)
class Person:
    """One member as the others see them; what they know only where they agreed to be listed."""

    user: User
    country: str  # its name in the reader's language, "" for nobody's
    institution: Institution | None
    languages: Sequence[str]
    is_facilitator: bool
    may_be_asked: bool


def people_of(community: Community, asking: Any) -> list[Person]:
    """Return the members of today by country and name; five queries for any number."""
    held = Role.objects.held().select_related("institution", "country")
    profiles = Profile.objects.prefetch_related("languages")
    found = access.members_of(community).prefetch_related(
        Prefetch("roles", queryset=held, to_attr="held"), Prefetch("profile", queryset=profiles)
    )
    current = Membership.objects.current().filter(community=community, is_facilitator=True)
    leading = set(current.values_list("user_id", flat=True))
    names = labels("country", get_language() or "en")
    people = [_person(user, names, user.pk in leading, asking) for user in found]
    return sorted(people, key=_place)


def _place(person: Person) -> tuple[bool, str, str, int]:
    """Put those without a country last."""
    name = f"{person.user.last_name} {person.user.first_name}"
    return not person.country, fold(person.country), fold(name), person.user.pk


def _person(user: Any, names: dict[str, str], leads: bool, asking: Any) -> Person:
    roles = telling_first(user.held)
    code = next((role.country.code for role in roles if role.country), "")
    profile: Profile | None = getattr(user, "profile", None)
    told = profile if profile and profile.listed else None
    return Person(
        user=user,
        country=names.get(code, code),
        institution=next((role.institution for role in roles if role.institution), None),
        languages=[str(each) for each in told.languages.all()] if told else [],
        is_facilitator=leads,
        may_be_asked=bool(told and told.ask_me and may_ask(asking, user)),
    )


def by_country(people: Sequence[Person]) -> list[Bar]:
    """Return how many members each country has, most first; small ones together at the end."""
    return _bars(Counter(person.country or _("No single country") for person in people))


def by_kind(people: Sequence[Person]) -> list[Bar]:
    """Return how many members work in each kind of institution."""
    return _bars(
        Counter(
            person.institution.get_kind_display()
            if person.institution
            else _("No institution named")
            for person in people
        )
    )


def _bars(counted: Counter[str]) -> list[Bar]:
    rows = sorted(counted.items(), key=lambda row: (-row[1], fold(row[0])))
    if len(rows) > MOST_BARS:
        rest = sum(number for _label, number in rows[MOST_BARS - 1 :])
        rows = [*rows[: MOST_BARS - 1], (_("Others"), rest)]
    most = max((number for _label, number in rows), default=1)
    return [
        Bar(label=label, value=number, share=round(100 * number / most)) for label, number in rows
    ]
