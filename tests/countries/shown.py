"""Gaps, their rules and goals for tests; all of it is invented and says so."""

import datetime

from countries.models import Condition, GapKind, GapRule, Goal, Questionnaire
from members.signing import sign

DUE = datetime.date(2027, 6, 30)


def gap(code="no-law", **fields):
    return GapKind.objects.get_or_create(
        code=code, defaults={"title_en": f"Gap {code}", "ask_en": "How to close it?", **fields}
    )[0]


def rule(*conditions, kind=None, slug="invented"):
    """A rule of these (question, test, values)."""
    made = GapRule.objects.create(
        gap=kind or gap(), questionnaire=Questionnaire.objects.get(slug=slug)
    )
    for order, (question, test, values) in enumerate(conditions):
        Condition.objects.create(
            rule=made, question=question, test=test, values=values, sort_order=order
        )
    return made


def goal(kind=None, about="GEO", by=None, **fields):
    made = Goal(
        about=about,
        kind=kind or gap(),
        **{"text": "A goal (invented)", "owner": "An office", "due_on": DUE, **fields},
    )
    if by is not None:
        sign(made, by)
    made.save()
    return made
