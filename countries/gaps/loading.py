"""The gaps and rules that come with the product: `data/gaps.yaml`, loaded once each."""

from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.db import transaction

from countries.gaps.checking import problem_of
from countries.models import Condition, GapKind, GapRule, Questionnaire
from countries.questionnaires.loading import FileError
from vocabulary.kinds import LANGUAGES

DATA = Path(__file__).parent / "data" / "gaps.yaml"


@transaction.atomic
def load(path: Path = DATA) -> int:
    """Load the gaps that are not there yet and return how many; what editors changed stays."""
    said = yaml.safe_load(path.read_text(encoding="utf-8"))
    known = set(GapKind.objects.values_list("code", flat=True))
    questionnaires = {each.slug: each for each in Questionnaire.objects.all()}
    new = [each for each in enumerate(said) if each[1]["code"] not in known]
    for order, told in new:
        kind = GapKind.objects.create(
            code=told["code"],
            themes=told.get("themes", []),
            order=order,
            **told.get("on_map", {}),
            **_texts("title", told["title"]),
            **_texts("ask", told["ask"]),
        )
        for rule in told["rules"]:
            _load_rule(kind, rule, questionnaires)
    return len(new)


def _load_rule(kind: GapKind, told: dict[str, Any], known: dict[str, Questionnaire]) -> None:
    for slug in told["in"]:
        rule = GapRule.objects.create(gap=kind, questionnaire=known[slug])
        for order, (question, test, *values) in enumerate(told["when"]):
            condition = Condition(
                rule=rule,
                question=question,
                test=test,
                values=", ".join(str(value) for value in values),
                sort_order=order,
            )
            if problem := problem_of(condition, rule.questionnaire):
                raise FileError(f"{DATA.name}: {kind.code}, {slug}, {question}: {problem}")
            try:
                condition.full_clean()
            except ValidationError as error:
                raise FileError(f"{DATA.name}: {kind.code}: {error}") from error
            condition.save()


def _texts(name: str, texts: dict[str, str]) -> dict[str, str]:
    return {f"{name}_{code}": " ".join(texts[code].split()) for code in LANGUAGES}
