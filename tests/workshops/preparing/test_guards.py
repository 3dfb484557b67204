"""Every filter of the preparation bears its load: without it somebody sees or does too much."""

import pytest

from tests.kept import kept
from tests.permissions.mutation import without
from tests.workshops import room
from tests.workshops.preparing.asking import Room
from workshops.access import seat_of
from workshops.models import Workshop
from workshops.preparing import access
from workshops.preparing.showing import standing_of, table_of

pytestmark = pytest.mark.django_db


@kept
def prepared(db):
    made = Room()
    for code in ("GEO", "COL"):
        made.answered(code, "no")
    made.share("COL")
    made.closed = room.workshop("GEO", closed_at="2026-01-01T00:00Z", questionnaire="invented")
    made.guest = room.registered(made.workshop, country="GEO")
    return made


def shown_gaps(prepared, user):
    workshop = Workshop.objects.get(pk=prepared.workshop.pk)
    return {code for gap in table_of(workshop, user).gaps for code in gap.countries}


def a_peer_sees_what_is_not_shared(prepared):
    return shown_gaps(prepared, prepared.people["KEN"]) != {"COL"}


def lines(prepared, user):
    found = standing_of(prepared.workshop, seat_of(user, prepared.workshop), user)
    return {line.code: line.progress.address for line in found.lines}


def a_peer_sees_how_far_others_are(prepared):
    return set(lines(prepared, prepared.people["GEO"])) != {"GEO"}


def who_leads_is_led_to_answers(prepared):
    return any(lines(prepared, prepared.lead).values())


def a_guest_shares(prepared):
    return access.may_share_gaps(prepared.guest, prepared.workshop, "GEO")


def something_is_shared_after_the_end(prepared):
    return access.may_share_gaps(prepared.people["GEO"], prepared.closed, "GEO")


def a_country_elsewhere_is_shared(prepared):
    kenya = prepared.people["KEN"]
    return access.may_share_gaps(kenya, prepared.closed, "KEN") or access.represented(
        kenya, prepared.closed
    )


def who_leads_chooses(prepared):
    return access.may_choose(prepared.lead, prepared.workshop)


def the_end_is_none(prepared):
    seat = seat_of(prepared.office, prepared.closed)
    return access.may_choose(prepared.office, prepared.closed) or access.may_remind(
        seat, prepared.closed
    )


def a_peer_reminds(prepared):
    seat = seat_of(prepared.people["GEO"], prepared.workshop)
    return access.may_remind(seat, prepared.workshop)


def somebody_elsewhere_is_reminded(prepared):
    return access.to_be_reminded(prepared.closed, "KEN")


HERE, LENT = "workshops.preparing.access", "config.workshop_assessments"
MUTANTS = [
    (f"{HERE}:sharing", " if row.gaps_shared_at", "", a_peer_sees_what_is_not_shared),
    (f"{LENT}:_gaps", "None if teams is None else teams | shared", "None",
     a_peer_sees_what_is_not_shared),
    (f"{HERE}:states_for", " if seat.leads or code in seat.countries", "",
     a_peer_sees_how_far_others_are),
    (f"{LENT}:_progress", "code in desks and (teams is None or code in teams)", "True",
     who_leads_is_led_to_answers),
    (f"{HERE}:represented", " if code in own", "", a_guest_shares),
    (f"{HERE}:represented", "in workshop.codes if", "in own if", a_country_elsewhere_is_shared),
    (f"{HERE}:may_share_gaps", "is_open(workshop) and ", "", something_is_shared_after_the_end),
    (f"{HERE}:may_choose", " and may_create(user)", "", who_leads_chooses),
    (f"{HERE}:may_choose", "is_open(workshop) and ", "", the_end_is_none),
    (f"{HERE}:may_remind", "is_open(workshop) and ", "", the_end_is_none),
    (f"{HERE}:may_remind", " and seat.leads", "", a_peer_reminds),
    (f"{HERE}:to_be_reminded", " if code in workshop.codes else []", "",
     somebody_elsewhere_is_reminded),
]  # fmt: skip


@pytest.mark.parametrize(("target", "old", "new", "notices"), MUTANTS)
def test_without_its_filter_something_is_seen(prepared, target, old, new, notices):
    assert not notices(prepared)
    with without(target, old, new):
        assert notices(prepared), "nothing noticed that this filter was gone"
