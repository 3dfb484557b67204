"""The rows of workshops: those of Georgia and whoever is accepted take part, one facilitates."""

from django.core.files.base import ContentFile
from django.utils import timezone

from core import links
from tests.addresses.rows import EVERYBODY, MEMBERS, OFFICE, SIGNED_IN, Row
from tests.workshops import room
from workshops.cafe.following import PURPOSE
from workshops.models import AgendaItem, FollowUp, TravelRequest, WorkshopDocument

OWNERS = frozenset({"author", "colleague"})  # of the challenge of Georgia
PEER = frozenset({"member"})  # accepted, for Colombia
LEADERS = OFFICE | {"group facilitator"}
INSIDE = OWNERS | PEER | LEADERS
CAFE = "en/workshop/%(workshop)s/cafe"
GROUPS = "en/workshop/%(workshop)s/breakouts"
ONE = {"workshop": "workshop"}
CARD = ONE | {"pk": "card"}
ASKED = ONE | {"pk": "challenge"}
GROUP = ONE | {"pk": "breakout group"}
BASE = "en/workshop/%(workshop)s"
WORKSHOPS = [
    Row("en/workshop/", SIGNED_IN),
    Row("en/workshop/new/", OFFICE, OFFICE),
    Row(f"{BASE}/", INSIDE, None, ONE),
    Row(f"{BASE}/set-up/", OFFICE, OFFICE, ONE),
    Row(f"{BASE}/clone/", OFFICE, OFFICE, ONE),
    Row(f"{BASE}/close/", None, LEADERS, ONE),
    Row(f"{BASE}/community/", None, OFFICE, ONE),
    # Open to members of the Alliance.
    Row(f"{BASE}/register/", MEMBERS, MEMBERS, ONE),
    Row(f"{BASE}/withdraw/", None, MEMBERS, ONE),
    # Only who takes part, and not who leads.
    Row(f"{BASE}/travel/", OWNERS | PEER, OWNERS | PEER, ONE),
    Row(f"{BASE}/travel/withdraw/", None, OWNERS | PEER, ONE),
    Row(f"{BASE}/travel/requests/", OFFICE, None, ONE),
    Row(f"{BASE}/travel/requests/%(pk)s/", None, OFFICE, ONE | {"pk": "travel request"}),
    Row(f"{BASE}/people/", INSIDE, OFFICE, ONE),
    Row(f"{BASE}/people/%(pk)s/decide/", None, LEADERS, ONE | {"pk": "registration"}),
    Row(f"{BASE}/people/%(pk)s/attended/", None, LEADERS, ONE | {"pk": "registration"}),
    Row(f"{BASE}/facilitators/%(pk)s/relieve/", None, OFFICE, ONE | {"pk": "facilitator row"}),
    Row(f"{BASE}/agenda.ics", INSIDE, None, ONE),
    Row(f"{BASE}/agenda/new/", LEADERS, LEADERS, ONE),
    Row(f"{BASE}/agenda/%(pk)s/", LEADERS, LEADERS, ONE | {"pk": "session of workshop"}),
    Row(f"{BASE}/agenda/%(pk)s/delete/", None, LEADERS, ONE | {"pk": "session of workshop"}),
    Row(f"{BASE}/documents/new/", LEADERS, LEADERS, ONE),
    Row(f"{BASE}/documents/%(pk)s/", INSIDE, None, ONE | {"pk": "document of workshop"}),
    Row(f"{BASE}/documents/%(pk)s/delete/", None, LEADERS, ONE | {"pk": "document of workshop"}),
    Row(f"{CAFE}/", INSIDE, None, ONE),
    Row(f"{CAFE}/now/", INSIDE, None, ONE),
    Row(f"{CAFE}/new/", INSIDE, INSIDE, ONE),
    Row(f"{CAFE}/rounds/", None, LEADERS, ONE),
    Row(f"{CAFE}/rounds/%(number)s/", None, LEADERS, ONE),
    Row(f"{CAFE}/screen/", LEADERS, None, ONE),
    Row(f"{CAFE}/screen/now/", LEADERS, None, ONE),
    Row(f"{CAFE}/%(pk)s/", INSIDE, PEER, ASKED, {"text": "Share one number (invented)."}),
    Row(f"{CAFE}/%(pk)s/cards/", INSIDE, None, ASKED),
    Row(f"{CAFE}/%(pk)s/near/", INSIDE, None, ASKED),
    Row(f"{CAFE}/%(pk)s/change/", OWNERS | LEADERS, OWNERS | LEADERS, ASKED),
    Row(f"{CAFE}/cards/%(pk)s/", INSIDE, OWNERS, CARD, {"choice": "try", "reason": "Invented."}),
    Row(
        "en/workshop/follow-up/%(token)s/%(choice)s/",
        EVERYBODY,
        EVERYBODY,
        {"token": "token of a follow-up", "choice": "choice"},
    ),
    Row(f"{GROUPS}/", INSIDE, None, ONE),
    Row(f"{GROUPS}/new/", LEADERS, LEADERS, ONE),
    Row(f"{GROUPS}/%(pk)s/", INSIDE, None, ONE | {"pk": "breakout"}),
    Row(f"{GROUPS}/%(pk)s/change/", LEADERS, LEADERS, ONE | {"pk": "breakout"}),
    Row(f"{GROUPS}/groups/%(pk)s/", INSIDE, LEADERS | {"author"}, GROUP),
    Row(f"{GROUPS}/groups/%(pk)s/rapporteur/", None, LEADERS, GROUP),
    Row(
        f"{GROUPS}/notes/%(pk)s/",
        LEADERS | {"author"},
        LEADERS | {"author"},
        ONE | {"pk": "breakout note"},
    ),
]


def workshop_things(who):
    """Return the things of these rows by name."""
    workshop = room.workshop("GEO", "COL", registration="members", travel_places=2)
    room.registered(workshop, who["member"], country="COL")
    leading = room.facilitator(workshop, who["group facilitator"])
    now = timezone.now()
    session = AgendaItem.objects.create(workshop=workshop, title="Invented", starts=now, ends=now)
    document = WorkshopDocument(workshop=workshop, title="Invented", name="invented.pdf")
    document.file.save("invented.pdf", ContentFile(b"Invented"))
    asked = room.challenge(workshop, who["author"])
    card = room.card(asked, who["member"])
    group = room.breakout(workshop, rapporteur=who["author"]).groups.get()
    follow_up = FollowUp.objects.create(card=card, months=3, asked_at=now)
    travel = TravelRequest.objects.create(workshop=workshop, user=who["author"], needs="Invented.")
    return {
        "workshop": workshop.pk,
        "travel request": travel.pk,
        "registration": room.registration_of(workshop, state="waiting").pk,
        "facilitator row": workshop.facilitators.get(user=leading).pk,
        "session of workshop": session.pk,
        "document of workshop": document.pk,
        "challenge": asked.pk,
        "card": card.pk,
        "breakout": group.breakout_id,
        "breakout group": group.pk,
        "breakout note": room.note(group, who["author"]).pk,
        "token of a follow-up": links.issue(PURPOSE, follow_up, 3, data={"user": who["author"].pk}),
        "choice": "tried",
    }
