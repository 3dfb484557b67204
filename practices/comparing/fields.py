"""The fields that practices are compared by: the same ones for each, said or not."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.classification import codes_of
from core.linked import expect
from practices.models import PracticePage
from vocabulary.labels import regions_of

# How a field is shown: templates/practices/comparing/_cell.html knows these.
TERMS, WORDS, TEXT, RICH, YEARS, SET_UP, STEPS, DAY = (
    *("terms", "words", "text", "rich", "years", "set-up", "steps", "day"),
)


@dataclass(frozen=True)
class Cell:
    """What one practice says in a field; `value` is of the form of its row."""

    practice: PracticePage
    value: Any


@dataclass(frozen=True)
class Row:
    """One field of all practices beside each other; `alike`: what more than one of them says."""

    label: str | Promise
    form: str
    cells: list[Cell]
    kind: str = ""  # of the vocabulary, where the values are codes
    alike: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class _Field:
    label: str | Promise
    form: str
    value: Callable[[PracticePage], Any]
    kind: str = ""


def _tagged(name: str) -> Callable[[PracticePage], list[str]]:
    return lambda page: page.tags.get(name, [])


def _regions(page: PracticePage) -> list[str]:
    """Return the smallest region of each country."""
    paths = [regions_of(code) for code in page.tags.get("countries", [])]
    return list(dict.fromkeys(path[0] for path in paths if path))


def _whose(page: PracticePage) -> list[str]:
    named = (str(page.lead_institution or ""), page.organisation)
    return list(dict.fromkeys(filter(None, named)))


def _condition(name: str) -> _Field:
    told = PracticePage._meta.get_field(f"condition_{name}")
    return _Field(told.verbose_name, TEXT, lambda page: getattr(page, told.name))


FACTS = (
    _Field(_("Country"), TERMS, _tagged("countries"), "country"),
    _Field(_("Region"), TERMS, _regions, "region"),
    _Field(_("Lead institution"), WORDS, _whose),
    _Field(_("Years"), YEARS, lambda page: page if page.year_from or page.year_to else None),
    _Field(_("Action points"), TERMS, _tagged("action_points"), "action_point"),
    _Field(_("Data sources"), TERMS, _tagged("data_sources"), "data_source"),
    _Field(_("Children concerned"), TERMS, _tagged("populations"), "population"),
    _Field(_("Disaggregated by"), TERMS, _tagged("disaggregation"), "disaggregation"),
    _Field(_("Themes"), TERMS, _tagged("themes"), "theme"),
)
EXPERIENCE = (
    _Field(_("Problem"), RICH, lambda page: page.problem),
    _Field(_("Institutional set-up"), SET_UP, lambda page: page.institutions),
    _Field(_("What was done"), STEPS, lambda page: page.steps),
    _Field(_("Results"), RICH, lambda page: page.results),
    _Field(_("What did not work"), RICH, lambda page: page.what_failed),
    _Field(_("Cost"), TEXT, lambda page: page.cost),
    _Field(_("Time it took"), TEXT, lambda page: page.duration),
)
CONDITIONS = tuple(
    _condition(name) for name in ("legal", "cultural", "capacity", "cooperation", "partners")
)
STANDING = (
    _Field(_("Voice"), WORDS, lambda page: [page.get_voice_display()]),
    _Field(_("last confirmed true on"), DAY, lambda page: page.last_confirmed),
    _Field(_("Whom to ask"), TEXT, lambda page: page.contact),
)
PARTS = (
    ("facts", _("Key facts"), FACTS),
    ("experience", _("The experience"), EXPERIENCE),
    ("conditions", _("Conditions for transfer"), CONDITIONS),
    ("standing", _("Standing"), STANDING),
)


@dataclass(frozen=True)
class Part:
    """Some fields under one heading; `key` is their anchor."""

    key: str
    label: str | Promise
    rows: list[Row]


def side_by_side(practices: Sequence[PracticePage]) -> list[Part]:
    """Return every field of these practices beside each other, in a few queries for all."""
    tags = codes_of(page.pk for page in practices)
    for page in practices:
        page.tags = tags[page.pk]
        # What the texts link to is asked for together.
        expect(page)
    return [
        Part(key, label, [_row(each, practices) for each in fields]) for key, label, fields in PARTS
    ]


def _row(told: _Field, practices: Iterable[PracticePage]) -> Row:
    cells = [Cell(page, told.value(page)) for page in practices]
    listed = told.form in (TERMS, WORDS)
    alike = frozenset(_repeated(cell.value for cell in cells)) if listed else frozenset()
    return Row(told.label, told.form, cells, told.kind, alike)


def _repeated(values: Iterable[Iterable[str]]) -> Iterator[str]:
    counted = Counter(each for one in values for each in set(one))
    return (each for each, number in counted.items() if number > 1)
