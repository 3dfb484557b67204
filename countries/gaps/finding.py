"""Which gaps the answers of an assessment show; stored anew with answers and with rules."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django_tasks import task

from countries.gaps.checking import number
from countries.models import Answer, Assessment, Condition, Gap, GapRule

Test = Condition.Test
Shown = Mapping[int, set[int]]  # ids of answers by id of the kind of gap


def shown_by(answers: Mapping[str, Answer], rules: Iterable[GapRule]) -> Shown:
    """Return the gaps that these answers (by code of their question) show, with their answers."""
    found: dict[int, set[int]] = defaultdict(set)
    for rule in rules:
        conditions = list(rule.conditions.all())
        held = [answers.get(each.question) for each in conditions]
        met = [
            answer is not None and meets(answer, condition)
            for answer, condition in zip(held, conditions, strict=True)
        ]
        if conditions and all(met):
            found[rule.gap_id] |= {answer.pk for answer in held if answer is not None}
    return found


def meets(answer: Answer, condition: Condition) -> bool:
    """Return whether an answer is as a condition says; what is not answered meets none."""
    if condition.test == Test.NOT_KNOWN:
        return answer.not_known
    if answer.not_known or answer.value is None:
        return False
    if condition.test in (Test.BELOW, Test.ABOVE):
        return _compared(answer.value, condition)
    values = answer.value if isinstance(answer.value, list) else [answer.value]
    among = bool({str(each) for each in values} & set(condition.codes))
    return among if condition.test == Test.IS else not among


def _compared(value: Any, condition: Condition) -> bool:
    mine, limit = number(value), number(condition.codes[0] if condition.codes else None)
    if mine is None or limit is None:
        return False
    return mine < limit if condition.test == Test.BELOW else mine > limit


@transaction.atomic
def refresh(assessment: Assessment) -> None:
    """Store what the answers of an assessment show now; called in the transaction of an answer."""
    # Not the key: whoever writes an answer holds that already, and two would wait for each other.
    rows = Assessment.objects.select_for_update(no_key=True).filter(pk=assessment.pk)
    held = rows.first()
    if held is None:  # deleted since
        return
    rules = GapRule.objects.filter(questionnaire=held.questionnaire_id)
    _store(held, list(rules.prefetch_related("conditions")))


def _store(assessment: Assessment, rules: list[GapRule]) -> None:
    answers = Answer.objects.filter(assessment=assessment).select_related("question")
    found = shown_by({answer.question.code: answer for answer in answers}, rules)
    known = {gap.kind_id: gap for gap in Gap.objects.filter(assessment=assessment)}
    Gap.objects.filter(pk__in=[gap.pk for kind, gap in known.items() if kind not in found]).delete()
    through = Gap.answers.through
    stored: dict[int, set[int]] = defaultdict(set)
    for row in through.objects.filter(gap__assessment=assessment):
        stored[row.gap_id].add(row.answer_id)
    links = []
    for kind, wanted in found.items():
        gap = known.get(kind) or Gap.objects.create(
            about=assessment.about, kind_id=kind, assessment=assessment
        )
        if stored[gap.pk] - wanted:
            through.objects.filter(gap=gap).exclude(answer__in=wanted).delete()
        links += [through(gap_id=gap.pk, answer_id=each) for each in wanted - stored[gap.pk]]
    through.objects.bulk_create(links)


@task()
def refresh_all() -> None:
    """Store anew what all assessments show: a rule has changed. Safe to run twice."""
    for assessment in Assessment.objects.order_by("pk").iterator():
        refresh(assessment)
