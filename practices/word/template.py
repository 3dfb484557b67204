"""The form as people see it in Word: its sections, what each field is called, how to fill it in."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from practices.models import PracticePage
from practices.word.labels import key

Text = str | Promise
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


@dataclass(frozen=True)
class Entry:
    """A field: `kind` says how it is written and read, `terms` which vocabulary it takes."""

    name: str
    kind: str
    label: Text
    help: Text = ""
    terms: str = ""
    also: tuple[Text, ...] = ()  # other headings under which people write it


@dataclass(frozen=True)
class Part:
    """A section of the form; its key is that of `practices.sections`.

    With `facts` its fields stand in a table of two columns, otherwise below headings; the
    heading of a single field is that of its section.
    """

    key: str
    label: Text
    entries: tuple[Entry, ...]
    facts: bool = False


FORM = (
    Part(
        "summary",
        _("Title and summary"),
        (
            Entry("title", "line", _("Title"), _("What was done and where, without acronyms.")),
            Entry(
                "summary",
                "lines",
                _("Summary"),
                _("One or two sentences, at most 400 characters: problem, action, effect."),
            ),
        ),
        facts=True,
    ),
    Part(
        "about",
        _("Who and when"),
        (
            Entry(
                "countries",
                "terms",
                _("Countries"),
                _("One a line."),
                "country",
                also=(_("Country"), "Country or organisation"),
            ),
            Entry(
                "organisation",
                "line",
                _("organisation"),
                _("Where the practice is not a country's own: whose it is."),
            ),
            Entry(
                "lead_institution",
                "institution",
                _("Lead institution"),
                _("The institution that led the work, by its full name."),
            ),
            Entry("year_from", "year", _("from (year)")),
            Entry("year_to", "year", _("to (year)"), _("Empty: still going.")),
        ),
        facts=True,
    ),
    Part(
        "problem",
        _("Problem"),
        (
            Entry(
                "problem",
                "prose",
                _("Problem"),
                _("What could not be counted or known before, and who needed it."),
            ),
        ),
    ),
    Part(
        "set-up",
        _("Institutional set-up"),
        (
            Entry(
                "institutions",
                "roles",
                _("Institutional set-up"),
                _("A row for each body: who shares what with whom, and on what legal basis."),
            ),
        ),
    ),
    Part(
        "steps",
        _("What was done"),
        (
            Entry(
                "steps",
                "parts",
                _("What was done"),
                _(
                    "Step by step; begin with the action and say who did it. For one more step, "
                    "copy a heading."
                ),
                also=(_("what was done, step by step"),),
            ),
        ),
    ),
    Part(
        "results",
        _("Results"),
        (
            Entry(
                "results",
                "prose",
                _("Results"),
                _(
                    "Effects and how you know them; give the number of cases beside each "
                    "percentage."
                ),
            ),
        ),
    ),
    Part(
        "what-failed",
        _("What did not work"),
        (
            Entry(
                "what_failed",
                "prose",
                _("What did not work"),
                _("What others should not repeat: often the most useful part."),
            ),
        ),
    ),
    Part(
        "conditions",
        _("Conditions for transfer"),
        (
            Entry(
                "condition_legal",
                "lines",
                _("legal framework"),
                _("Which law, decree or agreement made it possible, or had to be changed?"),
                also=("Condition for transfer: law",),
            ),
            Entry(
                "condition_cultural",
                "lines",
                _("cultural specifics"),
                _("What was particular to the place, the language or the communities?"),
                also=("Condition for transfer: culture",),
            ),
            Entry(
                "condition_capacity",
                "lines",
                _("capacity"),
                _("Which skills, staff, equipment or training were needed?"),
                also=("Condition for transfer: capacity",),
            ),
            Entry(
                "condition_cooperation",
                "lines",
                _("cooperation between authorities"),
                _("Which authorities had to work together, and who convened them?"),
                also=("Condition for transfer: cooperation",),
            ),
            Entry(
                "condition_partners",
                "lines",
                _("committed partners"),
                _("Who was committed and gave time until the end?"),
                also=("Condition for transfer: partners",),
            ),
            Entry(
                "conditions_not_reported",
                "tick",
                _("the source does not report any conditions"),
                _("Tick only for a practice taken from a document that says nothing of them."),
            ),
        ),
    ),
    Part(
        "building-blocks",
        _("Building blocks"),
        (
            Entry(
                "building_blocks",
                "parts",
                _("Building blocks"),
                _("Parts that others can take over on their own."),
            ),
        ),
    ),
    Part(
        "cost",
        _("Cost and time"),
        (
            Entry("cost", "line", _("Cost"), _("Money, staff and equipment, even if roughly.")),
            Entry(
                "duration",
                "line",
                _("Time it took"),
                _("From the first talk to the first use."),
                also=("Duration",),
            ),
        ),
        facts=True,
    ),
    Part(
        "topics",
        _("Topics"),
        (
            Entry(
                "action_points",
                "terms",
                _("Action points"),
                "",
                "action_point",
                also=(_("Action points of the Call to Action"),),
            ),
            Entry("themes", "terms", _("Themes"), "", "theme"),
            Entry(
                "data_sources",
                "terms",
                _("Types of data source"),
                _("At least one."),
                "data_source",
                also=(_("Data sources"),),
            ),
            Entry(
                "populations",
                "terms",
                _("Population groups"),
                "",
                "population",
                also=(_("Children concerned"), "Groups of children"),
            ),
            Entry(
                "disaggregation",
                "terms",
                _("Disaggregated by"),
                _("Only what your data really have."),
                "disaggregation",
                also=("Disaggregation",),
            ),
            Entry("indicators", "pages", _("Indicators"), _("The title of each, one a line.")),
            Entry(
                "guidance",
                "pages",
                _("Guidance it applies"),
                _("The title of each, one a line."),
            ),
        ),
        facts=True,
    ),
    Part(
        "evidence",
        _("Evidence"),
        (
            Entry(
                "evidence",
                "evidence",
                _("Evidence"),
                _("Web pages and files that support the practice."),
                also=("Links",),
            ),
        ),
    ),
    Part(
        "sources",
        _("Sources"),
        (
            Entry(
                "sources",
                "sources",
                _("Sources"),
                _("The published documents that this was taken from, by their titles."),
            ),
        ),
    ),
    Part(
        "standing",
        _("Voice and contact"),
        (
            Entry("voice", "voice", _("Voice"), _("In whose name this is said.")),
            Entry(
                "contact",
                "line",
                _("Whom to ask"),
                _("An office, not a person: people change posts."),
                also=("Contact",),
            ),
            Entry("languages", "line", _("Languages of the material")),
            Entry(
                "last_confirmed",
                "day",
                _("last confirmed true on"),
                _("The day on which you last checked it: year-month-day."),
                also=(_("Last confirmed"),),
            ),
        ),
        facts=True,
    ),
)
ENTRIES = {entry.name: entry for part in FORM for entry in part.entries}
PART_OF = {entry.name: part for part in FORM for entry in part.entries}

# The columns of the tables, by the field that a column holds.
COLUMNS: dict[str, dict[str, Text]] = {
    "institutions": {
        "body": _("Institution"),
        "role": _("Its part"),
        "shares": _("Shares"),
        "shares_with": _("With whom"),
        "legal_basis": _("Legal basis"),
    },
    "evidence": {
        "title": _("Title"),
        "url": _("Address"),
        "note": _("What it shows"),
    },
    "sources": {
        "document": _("Document"),
        "place": _("Place"),
        "page": _("Page"),
    },
}
ITEMS = {"steps": _("Step"), "building_blocks": _("Building block")}
TITLE = _("Describe a practice")
INTRO = (
    _("Write into the empty places. What you do not know stays empty: nobody minds."),
    _("Leave the headings as they are; beneath them you may write, paste lists and tables."),
    _("Tick a box by replacing the empty box with an x. Do not name children or private persons."),
    _("Then upload this file on the site. It becomes a draft that only you and your team can see."),
)
REFERENCE = _("Reference (please leave it here):")


@cache
def headings() -> dict[str, str]:
    """Return {heading as it is compared: field} in all languages, aliases included."""
    found: dict[str, str] = {}
    for entry in ENTRIES.values():
        for text in _everywhere(entry.label, *entry.also, *_name_of(entry.name)):
            found.setdefault(key(text), entry.name)
    return found


@cache
def part_headings() -> dict[str, str]:
    """Return {heading as it is compared: key of a section without a field of that name}."""
    return {key(text): part.key for part in FORM for text in _everywhere(part.label)}


@cache
def fixed_texts() -> tuple[str, ...]:
    """Return what the form itself says, in all languages, the longest first: never an entry."""
    texts = [TITLE, *INTRO, REFERENCE, *(e.help for e in ENTRIES.values() if e.help)]
    return tuple(sorted({*_everywhere(*texts)}, key=len, reverse=True))


@cache
def columns(name: str) -> dict[str, str]:
    """Return {column heading as it is compared: field of the row} in all languages."""
    return {key(t): field for field, text in COLUMNS[name].items() for t in _everywhere(text)}


@cache
def item_words() -> tuple[str, ...]:
    """Return the words for "step" and "building block" in all languages, the longest first."""
    return tuple(sorted({*_everywhere(*ITEMS.values())}, key=len, reverse=True))


def _name_of(field: str) -> Iterator[Any]:
    names = {each.name for each in PracticePage._meta.fields}
    if field in names:
        yield PracticePage._meta.get_field(field).verbose_name


def _everywhere(*texts: Any) -> Iterator[str]:
    """Yield texts in each language of the site."""
    for language in LANGUAGES:
        with translation.override(language):
            for text in texts:
                yield str(text)
