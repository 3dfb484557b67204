"""The form of a practice: a short one of fifteen minutes, and the whole template."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.classification import TAGS
from core.marks import to_marks
from practices.contributing import inputs
from practices.contributing.evidence import UPLOAD, UploadForm
from practices.contributing.fields import CONDITIONS, LINKS, TEXTS
from practices.contributing.inputs import LineField, LinesField, MarksField, SelectField
from practices.contributing.links import rich_text
from practices.contributing.row_forms import ROWS
from practices.contributing.rows import RowSet
from practices.models import PracticePage

SHORT = (
    "title",
    "countries",
    "organisation",
    "lead_institution",
    "problem",
    "steps",
    "results",
    *CONDITIONS,
    "data_sources",
    "contact",
)
FOR_ANCHORS = {**dict.fromkeys(CONDITIONS, "conditions")}


def _label(name: str) -> Any:
    label = PracticePage._meta.get_field(name).verbose_name
    return str(label)[:1].upper() + str(label)[1:]


class PracticeFieldsForm(forms.Form):
    """Every field of a practice that is not a list of rows."""

    title = LineField(
        label=_("Title"),
        required=True,
        help_text=_("What was done, and where: “One register for migration data in Georgia”."),
        error_messages={"required": _("Give it a title first: a few words are enough for now.")},
    )
    summary = LinesField(
        label=_("Summary"),
        rows=2,
        max_length=400,
        help_text=_("One or two sentences, shown in lists and search results."),
    )
    countries = inputs.CountriesField(label=_("Country"))
    organisation = LineField(
        label=_("Organisation"),
        help_text=_("Where the practice is not a country's own: whose it is."),
    )
    lead_institution = SelectField(label=_("Lead institution"))
    year_from = forms.IntegerField(
        label=_("From (year)"), required=False, min_value=1950, max_value=2100
    )
    year_to = forms.IntegerField(
        label=_("To (year)"),
        required=False,
        min_value=1950,
        max_value=2100,
        help_text=_("Empty: still going."),
    )
    action_points = inputs.SeveralField(label=_("Action points of the Call to Action"))
    themes = inputs.SeveralField(label=_("Themes"))
    data_sources = inputs.SeveralField(label=_("Types of data source"))
    populations = inputs.SeveralField(label=_("Population groups"))
    disaggregation = inputs.SeveralField(label=_("Disaggregated by"))
    indicators = inputs.SeveralField(label=_("Indicators"))
    guidance = inputs.SeveralField(label=_("Guidance it applies"))
    problem = MarksField(
        label=_("Problem"),
        help_text=_("What could not be counted or known before, and who needed it."),
    )
    results = MarksField(
        label=_("Results"), help_text=_("What is known now, and what it is used for.")
    )
    what_failed = MarksField(
        label=_("What did not work"),
        help_text=_("What others should not repeat: often the most useful part."),
    )
    condition_legal = LinesField(label=_("Legal framework"))
    condition_cultural = LinesField(label=_("Cultural specifics"))
    condition_capacity = LinesField(label=_("Capacity"))
    condition_cooperation = LinesField(label=_("Cooperation between authorities"))
    condition_partners = LinesField(label=_("Committed partners"))
    conditions_not_reported = forms.BooleanField(
        label=_("The source does not report any conditions"),
        required=False,
        help_text=_("Tick only for a practice taken from a document that says nothing of them."),
    )
    cost = LineField(label=_("Cost"))
    duration = LineField(label=_("Time it took"))
    contact = LineField(
        label=_("Whom to ask"), help_text=_("An office, not a person: people change posts.")
    )
    languages = LineField(label=_("Languages of the material"))
    voice = forms.ChoiceField(
        label=_("Voice"),
        required=False,
        choices=PracticePage.Voice.choices,
        help_text=_("In whose name this is said."),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse years in the wrong order."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = told.get("year_from"), told.get("year_to")
        if first and last and last < first:
            self.add_error("year_to", _("The last year lies before the first."))
        return told


class PracticeForm:
    """The form of one practice, on the screen or as it was sent.

    `short`: only the fields of the snapshot. Fields that are not in the form are left alone.
    """

    def __init__(
        self,
        page: PracticePage,
        data: MultiValueDict[str, str] | None = None,
        short: bool = False,
        initial: dict[str, Any] | None = None,
    ) -> None:
        self.page, self.short = page, short
        self.refused = ""  # why a file that came along was not taken
        self.fields = PracticeFieldsForm(
            data, initial=_as_typed(page) | (initial or {}), label_suffix=""
        )
        if short:
            for name in set(self.fields.fields) - set(SHORT):
                del self.fields.fields[name]
        self._offer()
        names = [name for name in ROWS if not short or name in SHORT]
        sources = inputs.source_choices(page) if "sources" in names else None
        self.rows = {name: RowSet(name, page, data, sources) for name in names}
        self.upload = UploadForm(data, prefix=UPLOAD, label_suffix="")
        if data is None and not len(self.rows["steps"]):
            self.rows["steps"].add()  # what was done is asked of everybody

    def _offer(self) -> None:
        """Set what can be chosen, each list read once."""
        language = get_language() or "en"
        fields: dict[str, Any] = self.fields.fields
        for name in TAGS:
            if name in fields:
                fields[name].choices = inputs.tag_choices(name, language)
        linked = [name for name in LINKS if name in fields]
        for name, choices in inputs.page_choices(linked, self.page).items():
            fields[name].choices = choices
        fields["lead_institution"].choices = inputs.institution_choices()

    @property
    def names(self) -> list[str]:
        """The fields of the practice that this form holds."""
        return [*self.fields.fields, *self.rows]

    def do(self, order: str) -> str:
        """Add, remove or move a row (`add:steps`, `up:steps:<key>`); return where to look next."""
        what, _colon, rest = order.partition(":")
        name, _colon, key = rest.partition(":")
        rows = self.rows.get(name)
        if rows is None:
            return ""
        if what == "add":
            key = rows.add()
        elif what == "remove":
            rows.remove(key)
            return f"{name}-rows"
        else:
            rows.move(key, {"up": -1, "down": 1}.get(what, 0))
        return f"{name}-{key}"

    def changed(self) -> dict[str, Any]:
        """Return the fields as `fields.put` takes them, without those that are not valid."""
        self.fields.is_valid()
        told = self.fields.cleaned_data
        found: dict[str, Any] = {}
        for name, value in told.items():
            if name in TEXTS:
                found[name] = rich_text(str(value), getattr(self.page, name), self.page)
            elif name == "lead_institution":
                found["lead_institution_id"] = value
            elif name in LINKS:
                offered = [key for key, _title in self.fields.fields[name].choices]  # type: ignore[attr-defined]
                hidden = inputs.hidden_rows(name, self.page, offered)
                found[name] = [*hidden, *(int(key) for key in value)]
            else:
                found[name] = value
        for name, rows in self.rows.items():
            found[name] = rows.as_stored()
        return found

    def errors(self) -> Iterator[tuple[str, str, str]]:
        """Yield (id of the input, its label, what is wrong) of whatever cannot be saved."""
        for name, told in self.fields.errors.items():
            bound = self.fields[name]
            yield bound.auto_id or "", str(bound.label), " ".join(map(str, told))
        for rows in self.rows.values():
            yield from rows.errors()
        if self.refused:
            yield self.upload["file"].auto_id or "", str(self.upload["file"].label), self.refused


def _as_typed(page: PracticePage) -> dict[str, Any]:
    """Return a practice as it stands in the inputs of its form."""
    found: dict[str, Any] = {}
    for name in PracticeFieldsForm.base_fields:
        if name in TEXTS:
            found[name] = to_marks(getattr(page, name))
        elif name in TAGS:
            found[name] = [tag.term.code for tag in getattr(page, name).all()]
        elif name in LINKS:
            field = f"{LINKS[name][1]}_id"
            found[name] = [str(getattr(row, field)) for row in getattr(page, name).all()]
        elif name == "lead_institution":
            found[name] = page.lead_institution_id
        else:
            found[name] = getattr(page, name)
    return found
