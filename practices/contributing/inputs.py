"""Form fields that take what people paste, and choices read once for a whole form."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core.classification import TAGS
from core.marks import clean_characters
from core.models import SourceDocument
from core.visibility import live_public
from practices.contributing.fields import LINKS
from practices.models import PracticeIndexPage, PracticePage
from users.models import Institution
from vocabulary.labels import labels

Choices = list[tuple[str, str]]
LONGEST_TEXT = 50_000
KINDS = {
    "countries": "country",
    "action_points": "action_point",
    "themes": "theme",
    "data_sources": "data_source",
    "populations": "population",
    "disaggregation": "disaggregation",
}
assert set(KINDS) == set(TAGS)  # noqa: S101 - a new kind of tag must have its labels here


class LineField(forms.CharField):
    """One line; what was pasted with line breaks becomes one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "max_length": 255, **kwargs})
        self.widget.attrs["dir"] = "auto"

    def to_python(self, value: Any) -> str:
        """Return the words, with single spaces between them."""
        words = clean_characters(str(value or "")).split()
        return super().to_python(" ".join(words)) or ""


class LinesField(forms.CharField):
    """Several lines of plain text."""

    widget = forms.Textarea

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "max_length": LONGEST_TEXT, **kwargs})
        self.widget.attrs.update({"rows": rows, "dir": "auto"})

    def to_python(self, value: Any) -> str:
        """Return the text with plain line ends and without invisible characters."""
        return super().to_python(clean_characters(str(value or ""))) or ""


class MarksField(LinesField):
    """Formatted text, written with marks (`core.marks`)."""

    def __init__(self, *, rows: int = 6, headings: bool = False, **kwargs: Any) -> None:
        super().__init__(rows=rows, **kwargs)
        self.headings = headings
        self.widget.attrs["data-marks"] = "headings" if headings else "text"


class SelectField(forms.TypedChoiceField):
    """One of a list by its key, or nothing."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "empty_value": None, "coerce": int, **kwargs})


class SeveralField(forms.MultipleChoiceField):
    """Any number of a list, as boxes to tick."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, **kwargs})


class CountriesField(forms.MultipleChoiceField):
    """Countries, each in a list box of its own; an empty one is ignored."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, **kwargs})

    def to_python(self, value: Any) -> list[str]:
        """Return the codes that were chosen."""
        return [code for code in super().to_python(value) if code]


def tag_choices(name: str, language: str) -> Choices:
    """Return the terms of a kind of tag, named in the reader's language."""
    return list(labels(KINDS[name], language).items())


def institution_choices() -> Choices:
    """Return the institutions that the site knows, by name."""
    return [("", "—"), *((str(body.pk), str(body)) for body in Institution.objects.all())]


def source_choices(page: PracticePage) -> Choices:
    """Return the documents that may be cited: whatever a public page cites, and one's own."""
    own = [source.document_id for source in page.sources.all()]
    public = Q(citations__page__in=live_public(Page.objects.all()))
    documents = SourceDocument.objects.filter(public | Q(pk__in=own)).distinct()
    return [("", "—"), *((str(document.pk), str(document)) for document in documents)]


def page_choices(names: Iterable[str], page: PracticePage) -> dict[str, Choices]:
    """Return the indicators and guidance that everyone may open, each work in one language."""
    models = {name: _linked_model(name) for name in names}
    works: dict[Any, Any] = {}
    shown = live_public(Page.objects.type(*models.values()).order_by("path")) if models else ()
    for each in shown:
        known = works.get(each.translation_key)
        if known is None or each.locale_id == page.locale_id:
            works[each.translation_key] = each
    own = {
        getattr(row, f"{LINKS[name][1]}_id") for name in names for row in getattr(page, name).all()
    }
    others = live_public(Page.objects.filter(pk__in=own - {each.pk for each in works.values()}))
    found = sorted([*works.values(), *others], key=lambda each: each.title)
    return {
        name: [(str(each.pk), each.title) for each in found if each.specific_class is model]
        for name, model in models.items()
    }


def _linked_model(name: str) -> Any:
    return LINKS[name][0]._meta.get_field(LINKS[name][1]).related_model


def hidden_rows(name: str, page: PracticePage, offered: Iterable[str]) -> list[int]:
    """Return what a practice is linked with and a form does not offer: it stays as it is."""
    field = f"{LINKS[name][1]}_id"
    known = {int(key) for key in offered}
    return [
        pk
        for row in getattr(page, name).all()
        if (pk := getattr(row, field)) is not None and pk not in known
    ]


def language_choices() -> Choices:
    """Return the languages a practice may be written in: those that have a list of practices."""
    codes = set(PracticeIndexPage.objects.values_list("locale__language_code", flat=True))
    found = [(code, str(name)) for code, name in settings.LANGUAGES if code in codes]
    return found or [("en", str(_("English")))]
