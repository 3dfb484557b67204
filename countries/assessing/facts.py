"""Answers as stored facts, for rules that reason about them."""

from typing import Any

from countries.models import Answer, Assessment


def answers_of(assessment: Assessment) -> dict[str, Any]:
    """Return {code of the question: value}; None where it is "not known".

    Questions without an answer are missing. Private answers are among them: whoever shows
    anything of it asks `countries.access` first.
    """
    rows = Answer.objects.filter(assessment=assessment).values_list(
        "question__code", "value", "not_known"
    )
    return {code: value for code, value, unknown in rows if unknown or value is not None}
