"""Whether a rule can ever hold: it names questions and answers that its questionnaire has."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from countries.models import Condition, GapRule, Question, Questionnaire
from countries.questionnaires.kinds import offered

Test = Condition.Test
COMPARED = (Test.BELOW, Test.ABOVE)
NUMBERS = (Question.Kind.NUMBER, Question.Kind.YEAR)


def problem_of(condition: Condition, questionnaire: Questionnaire) -> str:
    """Return why a condition cannot hold, for whoever edits the rule; "" where it can."""
    return _problem(condition, questions_of(questionnaire))


def broken(rules: Iterable[GapRule]) -> list[tuple[GapRule, str]]:
    """Return the rules that no answer can meet any more, with the reason.

    A new version of a questionnaire may have dropped what they name.
    """
    known: dict[int, dict[str, Question]] = {}
    found = []
    for rule in rules:
        key = rule.questionnaire_id
        if key not in known:
            known[key] = questions_of(rule.questionnaire)
        problems = (_problem(each, known[key]) for each in rule.conditions.all())
        found += [(rule, problem) for problem in problems if problem]
    return found


def questions_of(questionnaire: Questionnaire) -> dict[str, Question]:
    """Return the questions of the newest published version by their code; two queries."""
    newest = questionnaire.newest()
    if newest is None:
        return {}
    questions = Question.objects.filter(version=newest).prefetch_related("choices")
    return {question.code: question for question in questions}


def _problem(condition: Condition, questions: dict[str, Question]) -> str:
    question = questions.get(condition.question)
    if question is None:
        told = _("There is no question “%(code)s” in the newest version of this questionnaire.")
        return told % {"code": condition.question}
    if condition.test == Test.NOT_KNOWN:
        return "" if not condition.codes else str(_("“Not known” is compared with no value."))
    if condition.test in COMPARED:
        return _unlike_a_number(condition, question)
    known = {code for code, _label in offered(question)}
    if not known:
        return str(_("Answers to this question are no codes; ask whether it is known."))
    unknown = [code for code in condition.codes if code not in known]
    if unknown or not condition.codes:
        told = _("The answers to this question are: %(codes)s.")
        return told % {"codes": ", ".join(sorted(known))}
    return ""


def _unlike_a_number(condition: Condition, question: Question) -> str:
    if question.kind not in NUMBERS:
        return str(_("Only numbers and years can be below or above something."))
    if len(condition.codes) != 1 or number(condition.codes[0]) is None:
        return str(_("Give one number to compare with."))
    return ""


def number(text: Any) -> float | None:
    """Return a number that somebody wrote, None for what is none."""
    try:
        found = float(text)
    except (TypeError, ValueError):
        return None
    return found if abs(found) < float("inf") else None
