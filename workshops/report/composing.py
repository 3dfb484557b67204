"""What a report says at first: what was planned, written, decided and answered in a workshop."""

from collections.abc import Iterator
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from members.signing import signature
from vocabulary.labels import label
from workshops.models import (
    AgendaItem,
    Challenge,
    Choice,
    Decision,
    Note,
    Recommendation,
    Workshop,
)
from workshops.report.citing import name_of, standing, words_of
from workshops.report.parts import Part, piece
from workshops.survey.results import results_of

Found = list[dict[str, Any]]


def parts_of(workshop: Workshop) -> list[Part]:
    """Return the sections of a first draft; those that nothing stands in are left out."""
    told = [*_about(workshop), *_sessions(workshop), *_challenges(workshop), *_groups(workshop)]
    return [*told, *_surveys(workshop)]


def findings_of(workshop: Workshop) -> Found:
    """Return a finding for each recommendation that stands, and for each challenge without one."""
    cards = list(standing("recommendation", workshop).select_related("challenge__institution"))
    useful = [card for card in cards if card.choice != Choice.UNSUITABLE]
    answered = {card.challenge_id for card in cards}
    open_ = [each for each in standing("challenge", workshop) if each.pk not in answered]
    return [
        *(finding(card.text, card, card.challenge) for card in useful),
        *(finding(f"{_country(each.about)}: {each.title}", each) for each in open_),
    ]


def finding(text: str, *cards: Any) -> dict[str, Any]:
    """Return a finding as the page stores it; what the cards say is kept as it is now."""
    cited = [
        {"card": name_of(card), "said": words_of(card), "signed": signature(card)} for card in cards
    ]
    return {"type": "finding", "value": {"text": text, "cards": cited}}


def _about(workshop: Workshop) -> Iterator[Part]:
    about = Part(_("About the workshop"))
    about.say(*_lines(workshop.about))
    where = ", ".join(each for each in (workshop.place, _country(workshop.host)) if each)
    days = date_format(workshop.starts)
    if workshop.ends != workshop.starts:
        days = f"{days} \u2013 {date_format(workshop.ends)}"
    about.say(piece(f"{where}, {days}" if where else days))
    if workshop.codes:
        about.say(piece(_("Countries that took part:")))
        about.say(*(piece(_country(code), level=1) for code in workshop.codes))
    yield about


def _sessions(workshop: Workshop) -> Iterator[Part]:
    items = list(workshop.agenda.exclude(kind=AgendaItem.Kind.PAUSE))
    if items:
        yield Part(_("Sessions"))
    for item in items:
        part = Part(item.title, 2)
        part.say(*_lines(item.text))
        yield part


def _challenges(workshop: Workshop) -> Iterator[Part]:
    challenges: list[Challenge] = list(standing("challenge", workshop).order_by("order", "pk"))
    decided = _decided(workshop)
    if challenges:
        yield Part(_("Challenges and what became of the recommendations"))
    for challenge in challenges:
        part = Part(f"{_country(challenge.about)}: {challenge.title}", 2)
        part.say(*_lines(challenge.text), *_lines(challenge.ask))
        part.say(*(piece(text, level=1) for text in decided.get(challenge.pk, ())))
        yield part


def _decided(workshop: Workshop) -> dict[int, list[str]]:
    """Return {challenge: what its country decided}, the newest decision on each card."""
    cards: list[Recommendation] = list(
        standing("recommendation", workshop).exclude(choice=Choice.OPEN)
    )
    newest = {
        decision.card_id: decision
        for decision in Decision.objects.filter(card__in=cards).order_by("pk")
    }
    found: dict[int, list[str]] = {}
    for card in cards:
        reason = newest[card.pk].reason if card.pk in newest else ""
        text = f"{card.get_choice_display()}: {' '.join(card.text.split())}"
        found.setdefault(card.challenge_id, []).append(f"{text} ({reason})" if reason else text)
    return found


def _groups(workshop: Workshop) -> Iterator[Part]:
    notes: dict[int, list[Note]] = {}
    for note in standing("note", workshop).select_related("group"):
        notes.setdefault(note.question_id, []).append(note)
    breakouts = list(workshop.breakouts.prefetch_related("questions"))
    if notes:
        yield Part(_("Groups"))
    for breakout in breakouts:
        asked = [each for each in breakout.questions.all() if each.pk in notes]
        if asked:
            yield Part(breakout.title, 2)
        for question in asked:
            part = Part(question.text, 3)
            part.say(*(piece(f"{n.group.name}: {n.text}", level=1) for n in notes[question.pk]))
            yield part


def _surveys(workshop: Workshop) -> Iterator[Part]:
    """Yield the figures of closed surveys; words of people only where an editor adds them."""
    for survey in workshop.surveys.exclude(closed_at=None):
        found = results_of(survey)
        told = [each for each in found.results if each.is_told and each.lines] if found else []
        if found is None or not told:
            continue
        part = Part(_("Survey: %(title)s") % {"title": survey.title})
        answered = ngettext("%(number)s person answered.", "%(number)s people answered.", found.n)
        part.say(piece(answered % {"number": found.n}))
        for result in told:
            part.say(piece(f"{result.question.text} (n = {result.n})"))
            part.say(
                *(
                    piece(f"{line.label}: {line.percent} % ({line.count}/{result.n})", level=1)
                    for line in result.lines
                )
            )
        yield part


def _lines(text: str) -> Iterator[Any]:
    yield from (piece(each.strip()) for each in text.splitlines() if each.strip())


def _country(code: str) -> str:
    return label("country", code, get_language() or "en") if code else ""
