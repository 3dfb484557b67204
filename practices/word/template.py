"""The form as people see it in Word: its sections, what each field is called, how to fill it in."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


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
