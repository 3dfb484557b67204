"""A report has no finding without a card: what must hold before it is published."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from core.publication import Reason
from workshops.models import Challenge, Note, Recommendation, ReportPage, Workshop
from workshops.report.blocks import cards_cited

# Kind of card -> (model, the way to its workshop, what must not be withdrawn either).
CARDS: dict[str, tuple[Any, str, tuple[str, ...]]] = {
    "challenge": (Challenge, "workshop", ()),
    "recommendation": (Recommendation, "challenge__workshop", ("challenge__withdrawn_at",)),
    "note": (Note, "group__breakout__workshop", ()),
}


def condition(page: Any) -> Iterator[Reason]:
    """Say which findings rest on nothing: the condition that `core.publication` asks."""
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
    model, way, also = CARDS[kind]
    told = {way: workshop, "withdrawn_at": None, **dict.fromkeys(also)}
    return model._default_manager.filter(**told).select_related("institution").order_by("pk")


def name_of(card: Any) -> str:
    """Return what findings call a card: "recommendation-12"."""
    return f"{card._meta.model_name}-{card.pk}"


def words_of(card: Any) -> str:
    """Return what a card says, in plain text."""
    if isinstance(card, Challenge):
        return "\n".join(text for text in (card.title, card.text, card.ask) if text)
    return str(card.text)
