"""The one way answers are written: one by one, and never over a newer one that was not seen."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from countries import access
from countries.gaps.finding import refresh
from countries.models import Answer, Assessment, Question
from members.signing import sign

FIELDS = ("value", "not_known", "source", "note", "public")


@dataclass(frozen=True)
class Said:
    """What somebody typed for one question."""

    value: Any = None
    not_known: bool = False
    source: str = ""
    note: str = ""
    public: bool = False

    @property
    def digest(self) -> str:
        """The same for the same words."""
        words = json.dumps([getattr(self, name) for name in FIELDS], sort_keys=True)
        return hashlib.sha256(words.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Seen:
    """What stood there when somebody began to type: a revision (0: nothing) and its digest."""

    revision: int
    digest: str

    def __str__(self) -> str:
        return f"{self.revision}-{self.digest}"

    @classmethod
    def read(cls, token: str) -> "Seen":
        """Read what a form carried along; whatever else it is, it counts as never seen."""
        revision, _dash, digest = token.partition("-")
        known = revision.isascii() and revision.isdigit() and len(revision) < 10
        return cls(int(revision), digest) if known else cls(-1, "")


@dataclass
class Outcome:
    """What became of each answer, by the code of its question."""

    saved: dict[str, Answer] = field(default_factory=dict)
    clashes: dict[str, Answer] = field(default_factory=dict)  # the newer one of somebody else


class ClosedError(Exception):
    """The assessment is locked or gone, or its team is another by now: nothing was saved."""


def said_of(answer: Answer | None) -> Said:
    """Return what is stored, as if it were typed."""
    return Said(**{name: getattr(answer, name) for name in FIELDS}) if answer else Said()


def seen_of(answer: Answer | None) -> Seen:
    """Return the token of what is stored."""
    return Seen(answer.revision if answer else 0, said_of(answer).digest)


def save_answers(
    assessment: Assessment,
    user: Any,
    typed: Mapping[Question, tuple[Said, Seen]],
) -> Outcome:
    """Save what somebody changed and show what they have not seen; `ClosedError` if locked.

    An answer that they left as they found it is never written, so that somebody else's newer one
    stays. One that both changed is a clash: neither is lost, nothing is written.
    """
    outcome = Outcome()
    with transaction.atomic():
        # Two who save at once wait here for each other; so does whoever opens it again.
        locked = Assessment.objects.select_for_update().filter(pk=assessment.pk).first()
        if locked is None or not access.may_answer(user, locked):
            raise ClosedError
        rows = Answer.objects.filter(assessment=locked, question__in=list(typed))
        stored = {row.question_id: row for row in rows.select_related("author", "institution")}
        for question, (said, seen) in typed.items():
            before = stored.get(question.pk)
            now = seen_of(before)
            if said.digest in (now.digest, seen.digest):
                continue
            if seen.revision == now.revision:
                outcome.saved[question.code] = _write(locked, question, before, said, user)
            elif before is not None:
                outcome.clashes[question.code] = before
        if outcome.saved:
            refresh(locked)
    return outcome


def withdraw(assessment: Assessment, code: str) -> bool:
    """Make a public answer private again; return whether it was public."""
    with transaction.atomic():
        Assessment.objects.select_for_update().filter(pk=assessment.pk).first()
        rows = Answer.objects.filter(assessment=assessment, question__code=code, public=True)
        answer = rows.first()
        if answer is None:
            return False
        answer.public = False
        answer.revision += 1
        answer.save()
    return True


def _write(
    assessment: Assessment, question: Question, before: Answer | None, said: Said, user: Any
) -> Answer:
    answer = before or Answer(assessment=assessment, question=question, revision=0)
    for name in FIELDS:
        setattr(answer, name, getattr(said, name))
    answer.revision += 1
    sign(answer, user)
    answer.save()
    return answer
