"""The peer reviewers as a list for the secretariat."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from members.models import Profile, Role
from members.roles import Kind
from reviewing.models import Assignment
from users.models import User
from vocabulary.labels import label

State = Assignment.State
ANSWERED = (State.RECOMMENDED, State.CHANGES)


@dataclass(frozen=True)
class Row:
    """A reviewer: where from, what they know, and how they answer."""

    user: User
    country: str
    institution: str
    languages: list[str]
    topics: list[str]
    waiting: int
    answered: int
    days: float | None  # the median from asking to answer


def roster_rows(users: Sequence[User], language: str) -> list[Row]:
    """Return a row for each of these reviewers, in their order; five queries for all."""
    ids = [user.pk for user in users]
    roles = Role.objects.held().filter(user__in=ids, kind=Kind.REVIEWER)
    role_of = {role.user_id: role for role in roles.select_related("country", "institution")}
    profiles = Profile.objects.filter(user__in=ids).prefetch_related("languages", "topics")
    profile_of = {profile.user_id: profile for profile in profiles}
    waiting: Counter[int] = Counter()
    took: dict[int, list[float]] = defaultdict(list)
    given = Assignment.objects.filter(reviewer__in=ids)
    for pk, state, asked, answered in given.values_list(
        "reviewer_id", "state", "asked_at", "answered_at"
    ):
        if state == State.ASKED:
            waiting[pk] += 1
        elif state in ANSWERED and answered:
            took[pk].append((answered - asked).total_seconds() / 86_400)
    rows = []
    for user in users:
        role, profile = role_of.get(user.pk), profile_of.get(user.pk)
        rows.append(
            Row(
                user=user,
                country=label("country", role.country.code, language)
                if role and role.country
                else "",
                institution=str(role.institution) if role and role.institution else "",
                languages=[each.get_code_display() for each in profile.languages.all()]
                if profile
                else [],
                topics=[label("theme", each.code, language) for each in profile.topics.all()]
                if profile
                else [],
                waiting=waiting[user.pk],
                answered=len(took[user.pk]),
                days=round(median(took[user.pk]), 1) if took[user.pk] else None,
            )
        )
    return rows
