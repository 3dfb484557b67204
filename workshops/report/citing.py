"""A report has no finding without a card: what must hold before it is published."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils.translation import gettext as _

from core.publication import Reason
from safeguarding.detectors.sentences import normal
from safeguarding.passages import content_of
from workshops.models import Challenge, Note, Recommendation, ReportPage, Workshop
from workshops.report.blocks import cards_cited

# Kind of card -> (model, the way to its workshop, what must not be withdrawn either).
CARDS: dict[str, tuple[Any, str, tuple[str, ...]]] = {
    "challenge": (Challenge, "workshop", ()),
    "recommendation": (Recommendation, "challenge__workshop", ("challenge__withdrawn_at",)),
    "note": (Note, "group__breakout__workshop", ()),
}

# Shorter lines ("Yes, please") say nothing of where they come from.
SHORTEST = 15


def condition(page: Any) -> Iterator[Reason]:
    """Say which findings rest on nothing, and what is said that was taken back.

    It is a condition that `core.publication` asks.
    """
    if not isinstance(page, ReportPage):
        return
    findings = [block.value for block in page.findings]
    named = [cards_cited(finding) for finding in findings]
    standing = set(cards_of(page.workshop, [card for cards in named for card in cards]))
    for number, cards in enumerate(named, start=1):
        if not cards:
            told = _("Finding %(number)s cites no card: the report has no finding without a card.")
            yield Reason(told % {"number": number})
        elif gone := [card for card in cards if card not in standing]:
            told = _(
                "Finding %(number)s cites what is no card of this workshop, or was withdrawn: "
                "%(cards)s."
            )
            yield Reason(told % {"number": number, "cards": ", ".join(gone)})
    for name in _taken_back_in(page):
        told = _("The report still says what somebody has taken back: %(card)s.")
        yield Reason(told % {"card": name})


def _taken_back_in(page: ReportPage) -> list[str]:
    """Return the cards that were taken back in the workshop while a version still says them."""
    if page.workshop is None:
        return []
    found: dict[str, set[str]] = {}
    kept: set[str] = set()
    for kind in CARDS:
        # All in one query: a page that shows them has read most of its rows already.
        stands = ExpressionWrapper(_stands(kind), BooleanField())
        for card in of_kind(kind, page.workshop).annotate(stands=stands):
            if card.stands:
                kept |= _lines_of(card)
            else:
                found[name_of(card)] = _lines_of(card)
    if not found:
        return []
    said = _plain(" ".join(each.sentence for each in content_of(page).passages))
    return [name for name, lines in found.items() if any(line in said for line in lines - kept)]


def _lines_of(card: Any) -> set[str]:
    """Return the lines of a card that are long enough to be known by their words."""
    lines = (_plain(line) for line in words_of(card).splitlines())
    return {line for line in lines if len(line) >= SHORTEST}


def _plain(text: str) -> str:
    """Return the letters and digits alone: sentences are put together without their marks."""
    return "".join(each for each in normal(text).casefold() if each.isalnum())


def cards_of(workshop: Workshop | None, names: Iterable[str]) -> dict[str, Any]:
    """Return {name: card} of those of a workshop that stand; a query for each kind named."""
    found: dict[str, Any] = {}
    wanted: dict[str, set[int]] = {}
    for name in names:
        kind, _dash, number = name.rpartition("-")
        if kind in CARDS and number.isdecimal() and len(number) < 13:
            wanted.setdefault(kind, set()).add(int(number))
    for kind, numbers in wanted.items() if workshop else ():
        found |= {name_of(card): card for card in standing(kind, workshop).filter(pk__in=numbers)}
    return found


def standing(kind: str, workshop: Workshop | None) -> Any:
    """Return the cards of a kind in a workshop that nobody has taken back."""
    cards = of_kind(kind, workshop).filter(_stands(kind))
    return cards.select_related("institution").order_by("pk")


def _stands(kind: str) -> Q:
    _model, _way, also = CARDS[kind]
    return Q(withdrawn_at=None, **dict.fromkeys(also))


def of_kind(kind: str, workshop: Workshop | None) -> Any:
    """Return all cards of a kind in a workshop, those that were taken back among them."""
    model, way, _also = CARDS[kind]
    return model._default_manager.filter(**{way: workshop})


def name_of(card: Any) -> str:
    """Return what findings call a card: "recommendation-12"."""
    return f"{card._meta.model_name}-{card.pk}"


def words_of(card: Any) -> str:
    """Return what a card says, in plain text."""
    if isinstance(card, Challenge):
        return "\n".join(text for text in (card.title, card.text, card.ask) if text)
    return str(card.text)
