"""One round held against the one before, question by question, by the codes of the questions."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from countries.assessing.reading import Asked, Part, parts_of
from countries.models import Answer, Assessment


@dataclass(frozen=True)
class Line:
    """What was said of one thing in two rounds; None where it was not asked."""

    code: str
    text: str
    now: Asked | None
    before: Asked | None

    @property
    def state(self) -> str:
        """What became of it: new, gone, same, changed, begun, lost or nothing."""
        if self.before is None:
            return "new"
        if self.now is None:
            return "gone"
        now, before = said(self.now), said(self.before)
        if now == before:
            return "same" if now else "nothing"
        if not before:
            return "begun"
        return "changed" if now else "lost"

    @property
    def label(self) -> str:
        """The same in words."""
        return {
            "new": _("New question"),
            "gone": _("No longer asked"),
            "same": _("Unchanged"),
            "changed": _("Changed"),
            "begun": _("Answered for the first time"),
            "lost": _("No answer any more"),
            "nothing": _("Never answered"),
        }[self.state]


@dataclass(frozen=True)
class Compared:
    """The lines of one module; `title` is that of the newer round."""

    title: str
    lines: tuple[Line, ...]


def said(asked: Asked) -> str:
    """Return an answer in words, "not known" among them."""
    if asked.answer and asked.answer.not_known:
        return _("Not known")
    return asked.words


def round_before(assessment: Assessment) -> Assessment | None:
    """Return the round before of the same questionnaire, whatever its version."""
    same = Assessment.objects.filter(
        about=assessment.about,
        questionnaire=assessment.questionnaire_id,
        round__lt=assessment.round,
    )
    return same.order_by("-round").first()


def compared(now: Assessment, before: Assessment) -> list[Compared]:
    """Return both rounds side by side: every question of either, in the order of the newer."""
    new_parts, old_parts = _parts(now), _parts(before)
    old = {each.question.code: each for part in old_parts for each in part.asked}
    asked_now = {each.question.code for part in new_parts for each in part.asked}
    found = [
        Compared(
            part.module.title,
            tuple(
                Line(code, each.question.text, each, old.get(code))
                for each in part.asked
                for code in [each.question.code]
            ),
        )
        for part in new_parts
    ]
    gone = tuple(
        Line(code, each.question.text, None, each)
        for code, each in old.items()
        if code not in asked_now
    )
    return [*found, Compared(_("Questions of the round before"), gone)] if gone else found


def _parts(assessment: Assessment) -> list[Part]:
    return parts_of(assessment, Answer.objects.filter(assessment=assessment))
