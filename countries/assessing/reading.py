"""An assessment as it is read: its modules with their questions and what was answered."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet

from countries.models import Answer, Assessment, Module, Question
from countries.questionnaires.kinds import in_words


@dataclass(frozen=True)
class Asked:
    """One question with its answer, if there is one."""

    question: Question
    answer: Answer | None

    @property
    def is_given(self) -> bool:
        """Whether it counts as answered."""
        return self.answer is not None and self.answer.is_given

    @property
    def words(self) -> str:
        """The answer as people read it; "" while there is none or it is not known."""
        return in_words(self.question, self.answer.value) if self.answer else ""


@dataclass(frozen=True)
class Part:
    """One module with its questions, and how far it is."""

    module: Module
    asked: tuple[Asked, ...]

    @property
    def total(self) -> int:
        """How many questions there are."""
        return len(self.asked)

    @property
    def done(self) -> int:
        """How many are answered; "not known" counts."""
        return sum(each.is_given for each in self.asked)

    @property
    def lacking(self) -> int:
        """How many that must be answered are not."""
        return sum(each.question.required and not each.is_given for each in self.asked)

    @property
    def percent(self) -> int:
        """How far it is, of 100."""
        return round(100 * self.done / self.total) if self.total else 0


def questions_of(assessment: Assessment) -> QuerySet[Question]:
    """Return what is asked, in its order, with modules and choices."""
    rows = Question.objects.filter(version=assessment.version_id)
    return rows.select_related("module").prefetch_related("choices")


def parts_of(assessment: Assessment, answers: QuerySet[Answer]) -> list[Part]:
    """Return every module with its questions and these answers, in three queries."""
    given = {row.question_id: row for row in answers.select_related("author", "institution")}
    modules: dict[int, Module] = {}
    asked: dict[int, list[Asked]] = defaultdict(list)
    for question in questions_of(assessment):
        modules.setdefault(question.module_id, question.module)
        asked[question.module_id].append(Asked(question, given.get(question.pk)))
    return [Part(module, tuple(asked[pk])) for pk, module in modules.items()]
