"""The questionnaires that come with the product: `data/*.yaml`, each loaded once."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from countries.models.questionnaire import (
    Choice,
    Module,
    Question,
    Questionnaire,
    QuestionnaireVersion,
)
from countries.questionnaires.versions import publish
from vocabulary.kinds import LANGUAGES

DATA = Path(__file__).parent / "data"


class FileError(ValueError):
    """A file that cannot be used; the message names the file and the place."""


def files() -> list[Path]:
    """Return the files that come with the product."""
    return sorted(DATA.glob("*.yaml"))


def load(path: Path) -> QuestionnaireVersion | None:
    """Load and publish what a file says; None where this edition was loaded before.

    What editors have made of a questionnaire since stays: a new edition becomes one more version.
    """
    said = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        loaded_as = f"{said['slug']}-{said['edition']}"
        with transaction.atomic():
            if QuestionnaireVersion.objects.filter(loaded_as=loaded_as).exists():
                return None
            return _load(said, loaded_as)
    except KeyError as error:
        raise FileError(f"{path.name}: {error} is missing.") from error


def _load(said: Mapping[str, Any], loaded_as: str) -> QuestionnaireVersion:
    texts = worded("title", said["title"]) | worded("purpose", said["purpose"])
    questionnaire = Questionnaire.objects.get_or_create(slug=said["slug"], defaults=texts)[0]
    version = QuestionnaireVersion(questionnaire=questionnaire, loaded_as=loaded_as)
    version.save()
    parts = said.get("parts", {})
    for place, row in enumerate(said["modules"]):
        module = Module(
            version=version,
            code=row["code"],
            sort_order=place,
            **worded("title", row["title"]),
            **(worded("part", parts[row["part"]]) if "part" in row else {}),
        )
        module.save()
        for number, asked in enumerate(row["questions"], start=1):
            _load_question(module, number, asked, said["choices"])
    publish(version)
    return version


def _load_question(
    module: Module, number: int, said: Mapping[str, Any], lists: Mapping[str, Any]
) -> None:
    question = Question(
        module=module,
        code=said["code"],
        kind=said["kind"],
        order=number,
        required=said.get("required", False),
        may_be_public=said.get("public", False),
        **worded("text", said["text"]),
        **(worded("help", said["help"]) if "help" in said else {}),
    )
    question.save()
    for place, (code, label) in enumerate(
        lists[said["choices"]].items() if "choices" in said else ()
    ):
        Choice(question=question, code=code, sort_order=place, **worded("title", label)).save()


def worded(name: str, texts: Mapping[str, str]) -> dict[str, str]:
    """Return the columns of a text in every language; `KeyError` names the one that is missing."""
    return {f"{name}_{code}": " ".join(texts[code].split()) for code in LANGUAGES}
