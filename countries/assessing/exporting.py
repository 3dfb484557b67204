"""An assessment to take home: rows for a table, and a Word file, of what somebody may read."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from countries.assessing.reading import Asked, Part
from countries.assessing.rounds import said
from members.signing import signature


def head(inside: bool) -> list[str]:
    """Return the heads of the columns; the last ones only for those of the team (`inside`)."""
    own = [_("Note"), _("Public"), _("Answered by"), _("Saved on")]
    return [
        _("Module"),
        _("Code"),
        _("Question"),
        _("Answer"),
        _("Source"),
        *(own if inside else []),
    ]


def rows(parts: list[Part], inside: bool) -> Iterator[list[str]]:
    """Yield a row for each question; for others than the team only what has an answer."""
    for part in parts:
        for asked in part.asked:
            if not inside and not asked.is_given:
                continue
            answer, question = asked.answer, asked.question
            source = answer.source if answer else ""
            row = [part.module.title, question.code, question.text, said(asked), source]
            yield [*row, *_own(asked)] if inside else row


def _own(asked: Asked) -> list[str]:
    answer = asked.answer
    if answer is None:
        return ["", "", "", ""]
    public = _("Yes") if answer.public else _("No")
    by = signature(answer) if asked.is_given else ""
    return [answer.note, public, by, date_format(answer.saved_at, "Y-m-d")]
