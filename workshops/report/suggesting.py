"""What a report seems to be about: countries, themes and concepts, each with its passage."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale

from core.models import PageCountry, PageTheme
from safeguarding.detectors.sentences import sentences
from vocabulary.models import Term
from vocabulary.recognise import concepts_in
from vocabulary.records import read
from vocabulary.words import fold
from workshops.models import ReportConcept, ReportPage, Suggestion
from workshops.report.parts import Part

# Where each kind of suggestion is kept on the page, once it is accepted.
PLACES: dict[str, tuple[str, type]] = {
    Suggestion.Kind.COUNTRY: ("countries", PageCountry),
    Suggestion.Kind.THEME: ("themes", PageTheme),
    Suggestion.Kind.CONCEPT: ("concepts", ReportConcept),
}
# How many of a kind are put before an editor: those that are named most.
MOST = {"country": 40, "theme": 15, "concept": 25}
LONGEST_PASSAGE = 500


@dataclass
class Found:
    """A term with the first passage that names it, and how many passages do."""

    kind: str
    code: str
    place: str
    passage: str
    mentions: int = 0


def find(parts: Iterable[Part]) -> list[Found]:
    """Return what the sections name, the most often named first."""
    themes = _themes_by_name()
    found: dict[tuple[str, str], Found] = {}
    for place, passage in _passages(parts):
        for match in concepts_in(passage):
            for kind, code in _kinds_of(match.kind, match.code, match.labels.values(), themes):
                known = found.setdefault(
                    (kind, code), Found(kind, code, place[:255], passage[:LONGEST_PASSAGE])
                )
                known.mentions += 1
    by_mentions = sorted(found.values(), key=lambda each: -each.mentions)
    return [
        each
        for kind, most in MOST.items()
        for each in [one for one in by_mentions if one.kind == kind][:most]
    ]


def _passages(parts: Iterable[Part]) -> Iterator[tuple[str, str]]:
    for part in parts:
        for text in part.texts:
            for sentence in sentences(text):
                yield part.heading, sentence


def _kinds_of(
    kind: str, code: str, names: Iterable[str], themes: dict[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield what a name stands for: a concept may bear the name of a theme as well."""
    if kind in MOST:
        yield kind, code
    if kind == "concept":
        same = {themes[fold(name)] for name in names if fold(name) in themes}
        yield from (("theme", theme) for theme in same)


def _themes_by_name() -> dict[str, str]:
    return {
        fold(wording.label): record.code
        for record in read("theme").values()
        for wording in record.wordings.values()
    }


def store(page: ReportPage, parts: Iterable[Part]) -> None:
    """Keep what is suggested for a report; what it has already, or was decided, stays."""
    has = {
        (kind, row.term.code)
        for kind, (name, _model) in PLACES.items()
        for row in getattr(page, name).all()
    }
    new = [each for each in find(parts) if (each.kind, each.code) not in has]
    Suggestion.objects.bulk_create(
        [Suggestion(page=page, **vars(each)) for each in new], ignore_conflicts=True
    )


@transaction.atomic
def decide(page: ReportPage, pk: int, accept: bool, user: object) -> Suggestion | None:
    """Accept or refuse a suggestion; accepted, it stands in the draft. Decided twice: as first."""
    ReportPage.objects.select_for_update(no_key=True).get(pk=page.pk)
    suggestion = Suggestion.objects.filter(page=page, pk=pk).first()
    if suggestion is None or suggestion.state != Suggestion.State.OPEN:
        return suggestion
    state = Suggestion.State.ACCEPTED if accept else Suggestion.State.REFUSED
    suggestion.state, suggestion.decided_at = state, timezone.now()
    suggestion.decided_by = user  # type: ignore[assignment]
    suggestion.save()
    if accept:
        _put(page, suggestion, user)
    return suggestion


def _put(page: ReportPage, suggestion: Suggestion, user: object) -> None:
    """Tag the newest draft with what was accepted, in the language of the page if there is one."""
    name, model = PLACES[suggestion.kind]
    stored = ReportPage.objects.get(pk=page.pk)
    draft: ReportPage = stored.get_latest_revision_as_object()
    rows = list(getattr(draft, name).all())
    term = _term(model, suggestion.code, draft.locale)
    if term is None or any(row.term.code == suggestion.code for row in rows):
        return
    rows.append(model(term=term))
    for order, row in enumerate(rows):
        row.sort_order = order
    setattr(draft, name, rows)
    draft.save_revision(user=user, log_action=True, clean=False)


def _term(model: type, code: str, locale: Locale) -> Term | None:
    terms = model._meta.get_field("term").related_model._default_manager  # type: ignore[attr-defined]
    rows = list(terms.filter(code=code).order_by("pk"))
    return next((row for row in rows if row.locale_id == locale.pk), rows[0] if rows else None)
