"""Who may see, write and run what of a workshop: the one place that decides it.

Those who take part are accounts whose registration was accepted, and whoever represents a country
of the workshop today. They, its facilitators and the secretariat read what is written in it;
everybody else knows of no more than its published page, and is answered as if there were no desk.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from members.access import has_editor
from members.models import Kind
from members.roles import countries_of, is_member, is_secretariat, people
from users.models import User
from workshops.models import (
    BreakoutGroup,
    Challenge,
    Decision,
    Facilitator,
    Note,
    Recommendation,
    Registration,
    ReportPage,
    Workshop,
    WorkshopCountry,
    WorkshopDocument,
    WorkshopIndexPage,
    WorkshopPage,
)

ACCEPTED = Registration.State.ACCEPTED


@dataclass(frozen=True)
class Seat:
    """What somebody is in a workshop at this moment."""

    countries: frozenset[str] = frozenset()  # that they speak for here
    registered: Registration | None = None  # only if accepted
    facilitates: bool = False
    secretariat: bool = False

    @property
    def takes_part(self) -> bool:
        """Whether they are among those who take part."""
        return bool(self.countries) or self.registered is not None

    @property
    def leads(self) -> bool:
        """Whether they run it: its facilitators and the secretariat."""
        return self.facilitates or self.secretariat

    @property
    def reads(self) -> bool:
        """Whether they read what is written in it."""
        return self.takes_part or self.leads


def seat_of(user: Any, workshop: Workshop) -> Seat:
    """Return what somebody is in a workshop; an account that was closed is nothing."""
    if not (getattr(user, "is_authenticated", False) and user.is_active):
        return Seat()
    mine = countries_of(user)
    here = {row.code for row in workshop.countries.all()} if mine else set()
    registered = Registration.objects.filter(workshop=workshop, user=user, state=ACCEPTED)
    registration = registered.select_related("institution").first()
    countries = mine & here
    if registration and registration.country:
        countries |= {registration.country}
    return Seat(
        countries=frozenset(countries),
        registered=registration,
        facilitates=Facilitator.objects.filter(workshop=workshop, user=user).exists(),
        secretariat=is_secretariat(user),
    )


# --- Workshops ----------------------------------------------------------------------------
def workshops_for(user: Any) -> QuerySet[Workshop]:
    """Return the workshops whose desk somebody may open."""
    if not (getattr(user, "is_authenticated", False) and user.is_active):
        return Workshop.objects.none()
    if is_secretariat(user):
        return Workshop.objects.all()
    return Workshop.objects.filter(_inside(user))


def _inside(user: Any, path: str = "") -> Q:
    """Match what belongs to workshops that somebody takes part in or facilitates."""
    countries = WorkshopCountry.objects.filter(code__in=countries_of(user))
    registered = Registration.objects.filter(user=user, state=ACCEPTED)
    leading = Facilitator.objects.filter(user=user)
    return (
        Q(**{f"{path}pk__in": countries.values("workshop_id")})
        | Q(**{f"{path}pk__in": registered.values("workshop_id")})
        | Q(**{f"{path}pk__in": leading.values("workshop_id")})
    )


def may_read(user: Any, workshop: Workshop) -> bool:
    """Return whether somebody reads what is written in a workshop."""
    return seat_of(user, workshop).reads


def may_create(user: Any) -> bool:
    """Return whether somebody may set up a workshop, or clone one."""
    return is_secretariat(user)


def may_run(user: Any, workshop: Workshop) -> bool:
    """Return whether somebody may run a workshop: its facilitators and the secretariat."""
    return seat_of(user, workshop).leads


def may_name_facilitators(user: Any) -> bool:
    """Return whether somebody may say who facilitates."""
    return is_secretariat(user)


# --- Registration -------------------------------------------------------------------------
def may_register(user: Any, workshop: Workshop) -> bool:
    """Return whether somebody may ask to take part, as far as the registration is open to them."""
    if not (getattr(user, "is_authenticated", False) and user.is_active):
        return False
    if workshop.closed_at is not None:
        return False
    if workshop.registration == Workshop.Registration.ACCOUNTS:
        return True
    return workshop.registration == Workshop.Registration.MEMBERS and is_member(user)


def may_decide(user: Any, registration: Registration) -> bool:
    """Return whether somebody may accept or decline a registration; never one's own."""
    return registration.user_id != user.pk and may_run(user, registration.workshop)


def participants_of(workshop: Workshop) -> QuerySet[User]:
    """Return the people who take part in a workshop today, each once."""
    registered = Registration.objects.filter(workshop=workshop, state=ACCEPTED)
    found = Q(pk__in=registered.values("user_id"))
    for code in workshop.codes:
        found |= Q(pk__in=people(Kind.REPRESENTATIVE, code).values("pk"))
    return User.objects.filter(found, is_active=True).order_by("pk")


def team_of(workshop: Workshop, code: str) -> QuerySet[User]:
    """Return the people who speak for a country in a workshop today."""
    registered = Registration.objects.filter(workshop=workshop, state=ACCEPTED, country=code)
    found = Q(pk__in=registered.values("user_id"))
    if code in workshop.codes:
        found |= Q(pk__in=people(Kind.REPRESENTATIVE, code).values("pk"))
    return User.objects.filter(found, is_active=True).order_by("pk")


# --- What is written in it ----------------------------------------------------------------
def challenges_for(user: Any) -> QuerySet[Challenge]:
    """Return the challenge cards that somebody may read."""
    inside = workshops_for(user).values("pk")
    return Challenge.objects.filter(workshop__in=inside, withdrawn_at=None)


def cards_for(user: Any) -> QuerySet[Recommendation]:
    """Return the recommendation cards that somebody may read."""
    inside = workshops_for(user).values("pk")
    return Recommendation.objects.filter(
        challenge__workshop__in=inside, challenge__withdrawn_at=None, withdrawn_at=None
    )


def decisions_for(user: Any) -> QuerySet[Decision]:
    """Return the decisions on cards that somebody may read."""
    return Decision.objects.filter(card__in=cards_for(user).values("pk"))


def notes_for(user: Any) -> QuerySet[Note]:
    """Return the notes of breakout groups that somebody may read."""
    inside = workshops_for(user).values("pk")
    return Note.objects.filter(group__breakout__workshop__in=inside, withdrawn_at=None)


def documents_for(user: Any) -> QuerySet[WorkshopDocument]:
    """Return the documents that somebody may open."""
    return WorkshopDocument.objects.filter(workshop__in=workshops_for(user).values("pk"))


# --- Writing in it; `seat` is that of whoever asks ------------------------------------------
def is_open(workshop: Workshop) -> bool:
    """Return whether anything new may be written in a workshop."""
    return workshop.closed_at is None


def may_present(seat: Seat, workshop: Workshop, code: str) -> bool:
    """Return whether somebody may write the challenge of a country: its own people, or who leads.

    Only countries of the workshop present one.
    """
    mine = code in seat.countries or seat.leads
    return is_open(workshop) and mine and code in workshop.codes


def may_change_challenge(seat: Seat, challenge: Challenge) -> bool:
    """Return whether somebody may change or withdraw a challenge card."""
    return may_present(seat, challenge.workshop, challenge.about)


def may_recommend(seat: Seat, challenge: Challenge) -> bool:
    """Return whether somebody may write a card on a challenge: a peer from another country."""
    open_ = is_open(challenge.workshop) and challenge.withdrawn_at is None
    return open_ and bool(seat.countries - {challenge.about})


def may_withdraw(seat: Seat, card: Recommendation, user: Any) -> bool:
    """Return whether somebody may take a card back: its author, before the owner has decided."""
    own = card.author_id is not None and card.author_id == user.pk
    undecided = card.choice == "open" and card.withdrawn_at is None
    return own and seat.reads and undecided and is_open(card.challenge.workshop)


def may_choose(seat: Seat, challenge: Challenge) -> bool:
    """Return whether somebody may say what becomes of the cards: the challenge's own country.

    Also after the workshop: that is when recommendations are tried.
    """
    return challenge.about in seat.countries


def may_note(seat: Seat, group: BreakoutGroup, user: Any) -> bool:
    """Return whether somebody may write the notes of a group: its rapporteur, or who leads."""
    if not is_open(group.breakout.workshop):
        return False
    return seat.leads or (seat.reads and group.rapporteur_id == user.pk)


# --- Surveys ------------------------------------------------------------------------------
def may_build_surveys(user: Any) -> bool:
    """Return whether somebody may write, open and close the surveys of workshops."""
    return is_secretariat(user)


# --- Reports ------------------------------------------------------------------------------
def report_places(user: Any) -> QuerySet[Page]:
    """Return the pages below which somebody may put a report: where they may add pages."""
    places: QuerySet[Page] = Page.objects.type(WorkshopPage, WorkshopIndexPage)
    places = places.filter(alias_of=None).order_by("path")
    if is_secretariat(user):
        return places
    if not has_editor(user):
        return places.none()
    added = PagePermissionPolicy().instances_user_has_permission_for(user, "add")
    return places.filter(pk__in=added.values("pk"))


def may_bring_reports(user: Any) -> bool:
    """Return whether somebody may make a report of a file: the secretariat, and editors."""
    return report_places(user).exists()


def may_draft_report(user: Any, seat: Seat) -> bool:
    """Return whether somebody may make a report of what is written in a workshop.

    Of the editors only those who read it there.
    """
    return seat.secretariat or (seat.reads and may_bring_reports(user))


def may_know_report(user: Any, page: Any) -> bool:
    """Return whether somebody may read the drafts of a report, as far as its workshop decides."""
    if page.workshop_id is None or is_secretariat(user):
        return True
    return workshops_for(user).filter(pk=page.workshop_id).exists()


def may_check_report(user: Any, page: ReportPage) -> bool:
    """Return whether somebody may decide what is suggested for a report, and see its draft."""
    if is_secretariat(user):
        return True
    return has_editor(user) and page.permissions_for_user(user).can_edit()
