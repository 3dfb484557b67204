"""What a country has made public of its assessments, for its page."""

import datetime
from dataclasses import dataclass

from countries.access import public_only
from countries.models import Answer
from countries.questionnaires.kinds import in_words


@dataclass(frozen=True)
class PublicAnswer:
    """One answer that everybody may read; `words` is "" where it is not known."""

    questionnaire: str
    round: int
    module: str
    code: str
    question: str
    words: str
    not_known: bool
    source: str
    saved_on: datetime.date


def public_answers(country: str) -> list[PublicAnswer]:
    """Return what everybody may read of a country (ISO 3166-1 alpha-3), in two queries.

    Of each question the newest round in which its answer is public, in the order of asking and in
    the reader's language. Neither the note nor who answered is part of it.
    """
    rows = public_only(Answer.objects.filter(assessment__about=country))
    rows = rows.select_related("assessment__questionnaire", "question__module")
    newest: dict[tuple[int, str], Answer] = {}
    for row in rows.order_by("assessment__round").prefetch_related("question__choices"):
        newest[row.assessment.questionnaire_id, row.question.code] = row
    return [_told(row) for row in sorted(newest.values(), key=_place)]


def _place(row: Answer) -> tuple[int, int, int, int]:
    question = row.question
    order = question.module.sort_order or 0
    return (row.assessment.questionnaire_id, order, question.order, question.pk)


def _told(row: Answer) -> PublicAnswer:
    return PublicAnswer(
        questionnaire=row.assessment.questionnaire.title,
        round=row.assessment.round,
        module=row.question.module.title,
        code=row.question.code,
        question=row.question.text,
        words=in_words(row.question, row.value),
        not_known=row.not_known,
        source=row.source,
        saved_on=row.saved_at.date(),
    )
