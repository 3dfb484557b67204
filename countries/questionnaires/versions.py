"""The life of a version: written as a draft, published once, copied to be changed."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from countries.models.questionnaire import (
    Choice,
    FrozenError,
    Module,
    Question,
    QuestionnaireVersion,
)
from countries.questionnaires.kinds import OFFERING
from vocabulary.kinds import LANGUAGES


def publish(version: QuestionnaireVersion) -> None:
    """Make a draft the version that new assessments use; `ValidationError` says what is missing."""
    with transaction.atomic():
        stored = QuestionnaireVersion.objects.select_for_update().get(pk=version.pk)
        if stored.is_published:
            raise FrozenError
        if wrong := list(missing(stored)):
            raise ValidationError(wrong)
        now = timezone.now()
        QuestionnaireVersion.objects.filter(pk=version.pk).update(published_at=now)
    version.published_at = now


def missing(version: QuestionnaireVersion) -> Iterator[str]:
    """Yield what a draft lacks before it can be published."""
    modules = list(version.modules.prefetch_related("questions__choices"))
    if not modules:
        yield _("There is no module yet.")
    for module in modules:
        questions = list(module.questions.all())
        yield from _languages(module, "title", module.title)
        if not questions:
            yield _("The module “%(title)s” has no question.") % {"title": module.title}
        for question in questions:
            yield from _languages(question, "text", question.code)
            choices = list(question.choices.all())
            if question.kind in OFFERING and len(choices) < 2:
                yield _("The question “%(code)s” needs two choices or more.") % {
                    "code": question.code
                }
            for choice in choices:
                yield from _languages(choice, "title", f"{question.code}: {choice.code}")


def _languages(row: models.Model, name: str, called: str) -> Iterator[str]:
    lacking = [code for code in LANGUAGES if not getattr(row, f"{name}_{code}").strip()]
    if lacking:
        yield _("“%(called)s” is not yet written in: %(languages)s.") % {
            "called": called,
            "languages": ", ".join(lacking),
        }


def draft_of(version: QuestionnaireVersion) -> QuestionnaireVersion:
    """Return the draft of the same questionnaire; begin one as a copy where there is none."""
    with transaction.atomic():
        same = QuestionnaireVersion.objects.filter(questionnaire=version.questionnaire_id)
        # Whoever presses the button a second time waits here for the first.
        list(same.select_for_update().values_list("pk", flat=True))
        draft = same.filter(published_at__isnull=True).first()
        return draft or _copy(version)


def _copy(version: QuestionnaireVersion) -> QuestionnaireVersion:
    new = QuestionnaireVersion(questionnaire=version.questionnaire)
    new.save()
    for module in version.modules.prefetch_related("questions__choices"):
        copied = Module(version=new, **_said(module, "version"))
        copied.save()
        for question in module.questions.all():
            own = Question(module=copied, **_said(question, "module", "version"))
            own.save()
            for choice in question.choices.all():
                Choice(question=own, **_said(choice, "question")).save()
    return new


def _said(row: models.Model, *links: str) -> dict[str, Any]:
    names = [field.name for field in row._meta.concrete_fields if not field.primary_key]
    return {name: getattr(row, name) for name in names if name not in links}
