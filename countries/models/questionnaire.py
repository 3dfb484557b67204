"""Questionnaires in versions: modules of questions, in four languages.

A draft is written in the editor; once published a version never changes, because answers were
given to it. Whoever wants to change a question makes a new version, which begins as a copy.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Max
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from vocabulary.kinds import LANGUAGES

CODE_HELP = _("Lower case, the same in every version: answers are compared by it.")


def in_language(row: models.Model, name: str) -> str:
    """Return a text of a row in the reader's language, in English where it is missing."""
    language = (get_language() or "en").split("-")[0]
    code = language if language in LANGUAGES else "en"
    return str(getattr(row, f"{name}_{code}") or getattr(row, f"{name}_en"))


class Titled(models.Model):
    """Something with a title in four languages."""

    title_en = models.CharField(_("English"), max_length=255)
    title_es = models.CharField(_("Spanish"), max_length=255, blank=True)
    title_fr = models.CharField(_("French"), max_length=255, blank=True)
    title_ar = models.CharField(_("Arabic"), max_length=255, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return in_language(self, "title")


class Questionnaire(Titled):
    """What a family of versions is called and what it is for."""

    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    purpose_en = models.TextField(_("English"), blank=True)
    purpose_es = models.TextField(_("Spanish"), blank=True)
    purpose_fr = models.TextField(_("French"), blank=True)
    purpose_ar = models.TextField(_("Arabic"), blank=True)

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        ordering = ["pk"]

    @property
    def purpose(self) -> str:
        """What it is for, in the reader's language."""
        return in_language(self, "purpose")

    def newest(self) -> "QuestionnaireVersion | None":
        """Return the version that a new assessment is made with."""
        published = self.versions.filter(published_at__isnull=False)
        return published.order_by("-number").first()


class FrozenError(ValidationError):
    """What was published is not changed; the message says what to do instead."""

    def __init__(self) -> None:
        super().__init__(_("This version is published. Make a new version to change it."))


class QuestionnaireVersion(ClusterableModel):
    """One version: a draft, or published and then the same for ever."""

    questionnaire = models.ForeignKey(
        Questionnaire,
        verbose_name=_("questionnaire"),
        on_delete=models.PROTECT,
        related_name="versions",
    )
    number = models.PositiveSmallIntegerField(_("version"), editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    # Which of the files that come with the product it was made of, so that it is made once.
    loaded_as = models.CharField(max_length=80, null=True, unique=True, editable=False)

    class Meta:
        verbose_name = _("version of a questionnaire")
        verbose_name_plural = _("versions of questionnaires")
        ordering = ["questionnaire", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "number"], name="one_number_per_questionnaire"
            )
        ]

    def __str__(self) -> str:
        return _("%(title)s, version %(number)s") % {
            "title": self.questionnaire.title,
            "number": self.number,
        }

    @property
    def is_published(self) -> bool:
        """Whether it can be answered and not be changed any more."""
        return self.published_at is not None

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Give a new version its number; refuse to change a published one."""
        refuse_published(self.pk)
        with transaction.atomic():
            if not self.number:
                others = QuestionnaireVersion.objects.filter(questionnaire=self.questionnaire_id)
                Questionnaire.objects.select_for_update().get(pk=self.questionnaire_id)
                self.number = (others.aggregate(last=Max("number"))["last"] or 0) + 1
            super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete a draft; refuse to delete a published version."""
        refuse_published(self.pk)
        return super().delete(*args, **kwargs)


def refuse_published(version_id: int | None) -> None:
    """Raise `FrozenError` if this version is published, whatever a stale copy of it says."""
    rows = QuestionnaireVersion.objects.filter(pk=version_id, published_at__isnull=False)
    if version_id and rows.exists():
        raise FrozenError


class Module(Titled, Orderable):
    """A part of a version that one ministry may fill in by itself."""

    version = ParentalKey(QuestionnaireVersion, on_delete=models.CASCADE, related_name="modules")
    code = models.SlugField(_("code"), max_length=60, help_text=CODE_HELP)
    part_en = models.CharField(_("Part (English)"), max_length=255, blank=True)
    part_es = models.CharField(_("Part (Spanish)"), max_length=255, blank=True)
    part_fr = models.CharField(_("Part (French)"), max_length=255, blank=True)
    part_ar = models.CharField(_("Part (Arabic)"), max_length=255, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("module")
        verbose_name_plural = _("modules")
        unique_together = [("version", "code")]

    def __str__(self) -> str:
        return f"{self.version}: {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse to change what is published."""
        refuse_published(self.version_id)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse to take away from what is published."""
        refuse_published(self.version_id)
        return super().delete(*args, **kwargs)

    @property
    def part(self) -> str:
        """The larger part that it belongs to, in the reader's language."""
        return in_language(self, "part")


class Question(ClusterableModel):
    """One question; its code is the same in every version in which it is asked."""

    class Kind(models.TextChoices):
        YES_NO = "yes-no-partly", _("Yes, no or partly")
        ONE_OF = "one-of", _("One of several")
        SEVERAL_OF = "several-of", _("Several of several")
        NUMBER = "number", _("Number")
        TEXT = "text", _("Text")
        YEAR = "year", _("Year")

    module = models.ForeignKey(
        Module, verbose_name=_("module"), on_delete=models.CASCADE, related_name="questions"
    )
    version = models.ForeignKey(
        QuestionnaireVersion, on_delete=models.CASCADE, related_name="questions", editable=False
    )
    code = models.SlugField(_("code"), max_length=60, help_text=CODE_HELP)
    kind = models.CharField(_("kind of answer"), max_length=20, choices=Kind.choices)
    text_en = models.TextField(_("English"))
    text_es = models.TextField(_("Spanish"), blank=True)
    text_fr = models.TextField(_("French"), blank=True)
    text_ar = models.TextField(_("Arabic"), blank=True)
    help_en = models.TextField(_("English"), blank=True)
    help_es = models.TextField(_("Spanish"), blank=True)
    help_fr = models.TextField(_("French"), blank=True)
    help_ar = models.TextField(_("Arabic"), blank=True)
    required = models.BooleanField(_("must be answered"), default=False)
    may_be_public = models.BooleanField(
        _("may be made public"),
        default=False,
        help_text=_("A country decides for each answer; here, whether it may at all."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = [F("module__sort_order").asc(), "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="one_question_per_code")
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """The question in the reader's language."""
        return in_language(self, "text")

    @property
    def help(self) -> str:
        """What helps to answer it, in the reader's language."""
        return in_language(self, "help")

    def clean(self) -> None:
        """Refuse a code that another question of the version has, and what is published."""
        super().clean()
        if not self.module_id:
            return
        version = self.module.version_id
        refuse_published(version)
        same = Question.objects.filter(version=version, code=self.code).exclude(pk=self.pk)
        if same.exists():
            raise ValidationError({"code": _("Another question of this version has this code.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Belong to the module's version; refuse to change what is published."""
        refuse_published(self.version_id)
        self.version = self.module.version
        refuse_published(self.version_id)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse to take away from what is published."""
        refuse_published(self.version_id)
        return super().delete(*args, **kwargs)


class Choice(Titled, Orderable):
    """One of the answers that a question offers."""

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="choices")
    code = models.SlugField(_("code"), max_length=60, help_text=CODE_HELP)

    class Meta(Orderable.Meta):
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        unique_together = [("question", "code")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse to change what is published."""
        refuse_published(self.question.version_id)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse to take away from what is published."""
        refuse_published(self.question.version_id)
        return super().delete(*args, **kwargs)
