"""What those who lead do: start and end rounds, and show the room where it is."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from workshops import access
from workshops.cafe import rounds, showing
from workshops.cafe.forms import RoundForm
from workshops.doors import LeaderView, require
from workshops.models import Challenge

MORE = 5  # minutes that a press on the button gives a round
ON_THE_SCREEN = 12  # cards; the newest first


class StartRoundView(LeaderView):
    """`POST challenge=, minutes=, after=`: start a round; a button pressed twice starts one."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Start it, or say why not."""
        require(access.is_open(self.workshop))
        challenges = showing.challenges_of(self.workshop)
        form = RoundForm(self.workshop, challenges, request.POST)
        if not form.is_valid():
            told = _("Say how many minutes the round takes: 1 to 180.")
            if "challenge" in form.errors:
                told = _("Its country has taken this challenge back.")
            messages.error(request, told)
            return _back(request, self)
        sent = form.cleaned_data
        about = _of(challenges, sent["challenge"])
        made = rounds.start(self.workshop, about, sent["minutes"], request.user, sent["after"])
        if made is None:
            messages.warning(request, _("Somebody else has started a round meanwhile."))
        return _back(request, self)


class ChangeRoundView(LeaderView):
    """`POST do=more` or `end`: five minutes more for the round under way, or its end."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        """Do it; a round that is over stays over."""
        row = self.workshop.rounds.filter(number=number).first()
        if row is None:
            return _back(request, self)
        if request.POST.get("do") == "more":
            rounds.lengthen(row, MORE)
        else:
            rounds.end(row)
        return _back(request, self)


class ScreenView(LeaderView):
    """`GET`: what the room sees on the wall: the challenge, the clock, the cards as they come."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it, with the buttons of whoever leads."""
        clock, challenges = showing.clock(self.workshop), showing.challenges_of(self.workshop)
        form = RoundForm(self.workshop, challenges, initial={"after": clock.last})
        context = self.context(here="cafe", form=form, more=MORE, **_on_screen(self))
        return render(request, "workshops/cafe/screen.html", context)


class ScreenNowView(LeaderView):
    """`GET`: the part of the screen that changes; next to nothing where it has not."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer with the part, or that the browser has it already."""
        etag = showing.mark_for(showing.mark(self.workshop, None), "screen")
        if same := showing.unchanged(request, etag):
            return same
        context = self.context(**_on_screen(self))
        return showing.with_mark(render(request, "workshops/cafe/_screen.html", context), etag)


def _on_screen(view: LeaderView) -> dict[str, Any]:
    clock = showing.clock(view.workshop)
    about = clock.round.challenge if clock.round else None
    cards = access.cards_for(view.request.user).filter(challenge__workshop=view.workshop)
    if about is not None:
        cards = cards.filter(challenge=about)
    cards = cards.select_related("challenge", "institution").order_by("-pk")
    return {
        "clock": clock,
        "challenge": about,
        "cards": list(cards[:ON_THE_SCREEN]),
        "by_country": showing.by_country(view.workshop, about),
    }


def _of(challenges: list[Challenge], number: str) -> Challenge | None:
    return next((each for each in challenges if str(each.pk) == number), None)


def _back(request: HttpRequest, view: LeaderView) -> HttpResponse:
    to = "workshop-screen" if request.POST.get("from") == "screen" else "workshop-cafe"
    return redirect(to, view.workshop.pk)
