"""What people at the tables see and write: the challenges, and one of them with its cards."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from workshops import access
from workshops.cafe import rounds, showing, writing
from workshops.cafe.forms import CardForm, RoundForm, practice_named
from workshops.cafe.writing import MayNotWriteError, TooManyError
from workshops.doors import WorkshopView
from workshops.keyed import WritingView
from workshops.models import Challenge
from workshops.signing import signs_with


class CafeView(WorkshopView):
    """`GET`: the round under way and every challenge; for those who lead, how to start one."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it."""
        challenges = showing.challenges_of(self.workshop)
        clock = showing.clock(self.workshop)
        own = sorted(self.seat.countries & set(self.workshop.codes))
        context = self.context(
            here="cafe",
            challenges=challenges,
            clock=clock,
            form=RoundForm(self.workshop, challenges, initial={"after": clock.last}),
            presents=access.is_open(self.workshop) and bool(own or self.seat.leads),
            own=own,
        )
        return render(request, "workshops/cafe/cafe.html", context)


class NowView(WorkshopView):
    """`GET`: the part of the cafe's page that changes; next to nothing where it has not."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer with the part, or that the phone has it already."""
        etag = showing.mark_for(showing.mark(self.workshop, None), request.user.pk)
        if same := showing.unchanged(request, etag):
            return same
        context = self.context(
            challenges=showing.challenges_of(self.workshop), clock=showing.clock(self.workshop)
        )
        return showing.with_mark(render(request, "workshops/cafe/_now.html", context), etag)


class OneChallengeView(WritingView):
    """A page about one challenge of this workshop: `self.challenge`."""

    challenge: Challenge

    def prepare(self, request: HttpRequest, **kwargs: Any) -> HttpResponse | None:
        """Find the challenge in this workshop; taken back meanwhile, it loses nobody's words."""
        rows = self.workshop.challenges.filter(pk=kwargs["pk"])
        challenge = rows.select_related("institution").first()
        if challenge is not None and challenge.withdrawn_at and request.method == "POST":
            return self.gone(_("Its country has taken this challenge back."))
        if challenge is None or challenge.withdrawn_at:
            raise Http404
        challenge.workshop = self.workshop
        self.challenge = challenge
        return None

    def see(self, anchor: str = "") -> HttpResponse:
        """Lead to the page of the challenge."""
        address = reverse("workshop-challenge", args=[self.workshop.pk, self.challenge.pk])
        return redirect(f"{address}{anchor}")


class ChallengeView(OneChallengeView):
    """`GET ?practice=`: a challenge with its cards; `POST`: write a card, once for each key."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it, with the form for a card to whoever may write one."""
        clock = showing.clock(self.workshop)
        chosen = practice_named(request.GET.get("practice", ""), request.user)
        initial = {
            "round": clock.round.number if clock.round else "",
            "practice": chosen.pk if chosen else "",
        }
        return self.show(CardForm(initial=initial), chosen=chosen, clock=clock)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Store the card; what cannot be stored comes back, and nothing typed is lost."""
        form = CardForm(request.POST)
        if not form.is_valid():
            return self.refused(form) or self.show(form, 400)
        told = form.cleaned_data
        try:
            card = writing.recommend(
                self.challenge,
                request.user,
                text=told["text"],
                key=told["key"],
                round_=rounds.of_card(self.challenge, told["round"]),
                practice=form.practice_for(request.user),
                language=get_language() or "",
            )
        except MayNotWriteError:
            sentence = _("You cannot write a card here: only peers from other countries can.")
            if not access.is_open(self.challenge.workshop):
                sentence = _("The workshop is closed.")
            return self.gone(sentence, 403)
        except TooManyError:
            form.add_error("text", _("You have written very many cards here already."))
            return self.refused(form) or self.show(form, 400)
        if answer := self.saved(card.pk):
            return answer
        messages.success(request, _("Your card is with them."))
        return self.see("#cards")

    def show(self, form: CardForm, status: int = 200, **more: Any) -> HttpResponse:
        """Show the challenge with the form."""
        clock = more.pop("clock", None) or showing.clock(self.workshop)
        country = signs_with(self.request.user, self.seat, but=self.challenge.about)
        context = self.context(
            here="cafe",
            challenge=self.challenge,
            cards=showing.cards_part(
                self.challenge,
                showing.mark(self.workshop, self.challenge),
                access.may_choose(self.seat, self.challenge),
            ),
            clock=clock,
            form=form,
            recommends=access.may_recommend(self.seat, self.challenge),
            changes=access.may_change_challenge(self.seat, self.challenge),
            signs_with=country,
            chosen=more.pop("chosen", None),
        )
        return render(self.request, "workshops/cafe/challenge.html", context, status=status)


class CardsView(OneChallengeView):
    """`GET`: the round and the cards on a challenge; next to nothing where nothing has changed."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Answer with the part, or that the phone has it already."""
        mark = showing.mark(self.workshop, self.challenge)
        chooses = access.may_choose(self.seat, self.challenge)
        etag = showing.mark_for(mark, request.user.pk, chooses)
        if same := showing.unchanged(request, etag):
            return same
        context = self.context(
            clock=showing.clock(self.workshop),
            cards=showing.cards_part(self.challenge, mark, chooses),
        )
        return showing.with_mark(render(request, "workshops/cafe/_cards.html", context), etag)


class NearView(OneChallengeView):
    """`GET`: the practices nearest to a challenge; as a part of the page where a script asks."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask the search, with what this person may open."""
        context = self.context(
            here="cafe",
            challenge=self.challenge,
            hits=showing.near(request, self.challenge),
            recommends=access.may_recommend(self.seat, self.challenge),
        )
        part = request.headers.get("X-Requested-With") == "fetch"
        name = "workshops/cafe/_near.html" if part else "workshops/cafe/near.html"
        return render(request, name, context)
