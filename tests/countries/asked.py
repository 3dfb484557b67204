"""Questionnaires and assessments for tests; all of it is invented and says so."""

import datetime

from django.utils import timezone

from countries.models import (
    Answer,
    Assessment,
    Choice,
    Module,
    Question,
    Questionnaire,
    QuestionnaireVersion,
)
from countries.questionnaires.versions import publish
from members.signing import sign
from tests.countries import said
from vocabulary.kinds import LANGUAGES


def worded(name, text):
    return {f"{name}_{code}": f"{text} ({code})" if code != "en" else text for code in LANGUAGES}


def draft(slug="invented"):
    questionnaire = Questionnaire.objects.get_or_create(
        slug=slug, defaults=worded("title", f"Questionnaire {slug}")
    )[0]
    found = questionnaire.versions.filter(published_at=None).first()
    if found is None:
        found = QuestionnaireVersion(questionnaire=questionnaire)
        found.save()
    return found


def module(code="sources", slug="invented"):
    version = draft(slug)
    found = version.modules.filter(code=code).first()
    if found is None:
        place = version.modules.count()
        title = worded("title", f"Module {code}")
        found = Module(version=version, code=code, sort_order=place, **title)
        found.save()
    return found


def question(code, kind="yes-no-partly", choices=(), slug="invented", within="sources", **fields):
    place = module(within, slug)
    made = Question(
        module=place,
        code=code,
        kind=kind,
        order=place.questions.count(),
        **{**worded("text", f"Question {code} (invented)?"), **fields},
    )
    made.save()
    for number, each in enumerate(choices):
        title = worded("title", each.capitalize())
        Choice(question=made, code=each, sort_order=number, **title).save()
    return made


def assessment(*questions, about="GEO", slug="invented", by=None, days=30, number=None):
    """An open assessment with what was asked so far; `days` below zero: locked."""
    said.page_of(about)
    version = questions[0].version if questions else draft(slug)
    if not version.is_published:
        publish(version)
    before = Assessment.objects.filter(about=about, questionnaire=version.questionnaire).count()
    made = Assessment(
        about=about,
        version=version,
        round=number or before + 1,
        opens_on=timezone.localdate() - datetime.timedelta(days=60),
        locks_on=timezone.localdate() + datetime.timedelta(days=days),
    )
    if by is not None:
        sign(made, by)
    made.save()
    return made


def answer(assessment, question, value=None, by=None, **fields):
    made = Answer(assessment=assessment, question=question, value=value, **fields)
    if by is not None:
        sign(made, by)
    made.save()
    return made
