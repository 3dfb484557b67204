"""Loading what is invented about six countries: `data/six-countries.yaml`, each of them once."""

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from core.seeded import SeededItem
from countries.gaps.finding import refresh
from countries.models import (
    Answer,
    Assessment,
    DataSource,
    ProfileEntry,
    Question,
    Questionnaire,
    QuestionnaireVersion,
)
from countries.profile.codes import words_of
from countries.questionnaires.kinds import checked
from countries.questionnaires.loading import FileError
from users.models import Institution
from vocabulary.labels import labels

DATA = Path(__file__).parent / "data" / "six-countries.yaml"
QUESTIONNAIRE = "rapid-assessment"
KIND = "countries.invented"
MARK = "(invented)"
NOT_KNOWN = "not known"
SOURCE = f"Made up for training {MARK}"
OPEN_FOR = datetime.timedelta(days=365)
Told = dict[str, Any]
# Whether everybody reads it, by the name of the block in the file.
READ_BY_ALL = {"public": True, "team": False}


def read(path: Path = DATA) -> dict[str, Any]:
    """Return what the file says, by country."""
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


@transaction.atomic
def load(path: Path = DATA) -> tuple[list[str], list[str]]:
    """Load the countries that nothing is said of; return those and the ones left as they are."""
    version = QuestionnaireVersion.objects.filter(loaded_as__startswith=f"{QUESTIONNAIRE}-")
    asked = version.order_by("-number").first()
    if asked is None:
        raise FileError("The rapid assessment is missing: call `manage.py load_questionnaires`.")
    # Two that load at once wait here for each other.
    Questionnaire.objects.select_for_update().get(pk=asked.questionnaire_id)
    loaded, left = [], []
    for code, said in read(path).items():
        if _is_spoken_of(code):
            left.append(code)
            continue
        _load(code, said, asked)
        SeededItem.objects.create(kind=KIND, external_id=code)
        loaded.append(code)
    return loaded, left


def _is_spoken_of(code: str) -> bool:
    """Return whether something is said of a country, or was loaded and taken out again."""
    known = SeededItem.objects.filter(kind=KIND, external_id=code).exists()
    models = (ProfileEntry, DataSource, Assessment)
    return known or any(model.objects.filter(about=code).exists() for model in models)


def _load(code: str, said: Told, asked: QuestionnaireVersion) -> None:
    today = timezone.localdate()
    signed: Told = {"institution": _office()}
    assessment = Assessment(
        about=code, version=asked, opens_on=today, locks_on=today + OPEN_FOR, **signed
    )
    assessment.save()
    profile: list[ProfileEntry] = []
    sources: list[DataSource] = []
    answers: list[Answer] = []
    for block, public in READ_BY_ALL.items():
        read_by = signed | {"public": public}
        profile += _profile(code, said[block], read_by)
        sources += _sources(code, said[block], read_by)
        answers += _answers(assessment, said[block]["answers"], read_by)
    _each_once(code, asked, answers)
    ProfileEntry.objects.bulk_create(profile)
    DataSource.objects.bulk_create(sources)
    Answer.objects.bulk_create(answers)
    refresh(assessment)


def _profile(code: str, told: Told, read_by: Told) -> Iterator[ProfileEntry]:
    for kind in ProfileEntry.Kind.values:
        for fact in told.get(kind, ()):
            if fact not in words_of(kind):
                raise FileError(f"{code}: {fact!r} is no fact of the kind {kind!r}.")
            yield ProfileEntry(about=code, kind=kind, code=fact, source=SOURCE, **read_by)


def _sources(code: str, told: Told, read_by: Told) -> Iterator[DataSource]:
    for type_, name in told.get("source", {}).items():
        if type_ not in labels("data_source", "en"):
            raise FileError(f"{code}: {type_!r} is no type of data source.")
        name = _marked(code, name)
        yield DataSource(about=code, type=type_, name=name, source=SOURCE, **read_by)


def _answers(assessment: Assessment, told: Told, read_by: Told) -> Iterator[Answer]:
    questions = assessment.version.questions.prefetch_related("choices")
    by_code = {each.code: each for each in questions}
    for code, value in told.items():
        place = f"{assessment.about}: {code}"
        question = by_code.get(code)
        if question is None or (read_by["public"] and not question.may_be_public):
            raise FileError(f"{place}: there is no such question, or it has no public answers.")
        if question.kind == Question.Kind.TEXT and value != NOT_KNOWN:
            _marked(place, value)
        try:
            stored = None if value == NOT_KNOWN else checked(question, value)
        except ValidationError as error:
            raise FileError(f"{place}: {value!r} is no answer.") from error
        yield Answer(
            assessment=assessment,
            question=question,
            value=stored,
            not_known=value == NOT_KNOWN,
            source=SOURCE,
            **read_by,
        )


def _each_once(code: str, asked: QuestionnaireVersion, answers: list[Answer]) -> None:
    answered = sorted(answer.question.code for answer in answers)
    wanted = sorted(asked.questions.values_list("code", flat=True))
    if answered != wanted:
        raise FileError(f"{code}: each question must be answered once, or be {NOT_KNOWN!r}.")


def _marked(place: str, text: str) -> str:
    if MARK not in text:
        raise FileError(f"{place}: {text!r} must say {MARK}.")
    return text


def _office() -> Institution:
    """Return an office that says under what it signs what that is."""
    return Institution.objects.get_or_create(
        slug="invented-for-training",
        defaults={"name": f"Training desk {MARK}", "kind": Institution.Kind.INTERNATIONAL},
    )[0]
