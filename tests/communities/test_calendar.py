"""The calendar of a community: for its readers, in the right time, as calendar programs take it."""

import datetime

import icalendar
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities.models import Event
from tests.communities import groups
from tests.kept import kept
from tests.members import people

pytestmark = pytest.mark.django_db
SENT = {
    "title": "Meeting (invented)",
    "begins": "2027-03-15T14:30",
    "finishes": "2027-03-15T16:00",
    "time_zone": "America/Panama",
    "text": "What we talk about (invented).",
}


@kept
def group():
    return groups.community()


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def test_a_facilitator_puts_an_event_into_the_calendar_and_members_find_it(group):
    lead, member = groups.facilitator_of(group), groups.member_of(group, "MEX")
    answer = client_of(lead).post(reverse("community-event-new", args=[group.slug]), SENT)
    event = Event.objects.get()
    assert answer.url == event.get_absolute_url()
    assert event.starts == datetime.datetime(2027, 3, 15, 19, 30, tzinfo=datetime.UTC)
    shown = client_of(member).get(reverse("community-calendar", args=[group.slug]))
    assert "Meeting (invented)" in shown.content.decode()
    assert "14:30 to 16:00 (Panama)" in shown.content.decode()
    assert "19:30 to 21:00 UTC" in shown.content.decode()


def test_nobody_else_reads_or_writes_it(group):
    lead, member = groups.facilitator_of(group), groups.member_of(group, "MEX")
    client_of(lead).post(reverse("community-event-new", args=[group.slug]), SENT)
    event = Event.objects.get()
    names = ("community-event", "community-event-file")
    for address in (
        reverse("community-calendar", args=[group.slug]),
        reverse("community-calendar-file", args=[group.slug]),
        *(reverse(name, args=[group.slug, event.pk]) for name in names),
    ):
        assert client_of(member).get(address).status_code == 200
        assert client_of(people.member("CHL")).get(address).status_code == 404
        assert Client().get(address).status_code == 404
    new = reverse("community-event-new", args=[group.slug])
    cancel = reverse("community-event-cancel", args=[group.slug, event.pk])
    assert client_of(member).post(new, SENT).status_code == 404
    assert client_of(member).post(cancel).status_code == 404
    event.refresh_from_db()
    assert Event.objects.count() == 1
    assert event.cancelled_at is None


def test_an_event_of_another_community_is_not_found_here(group):
    other = groups.community()
    lead = groups.facilitator_of(group)
    groups.join(lead, other, facilitator=True)
    client_of(lead).post(reverse("community-event-new", args=[other.slug]), SENT)
    event = Event.objects.get()
    elsewhere = reverse("community-event", args=[group.slug, event.pk])
    assert client_of(lead).get(event.get_absolute_url()).status_code == 200
    assert client_of(lead).get(elsewhere).status_code == 404


def test_calendar_programs_take_changes_and_cancellation(group):
    lead = groups.facilitator_of(group)
    client = client_of(lead)
    client.post(reverse("community-event-new", args=[group.slug]), SENT)
    event = Event.objects.get()
    file = reverse("community-event-file", args=[group.slug, event.pk])
    first = icalendar.Calendar.from_ical(client.get(file).content).walk("VEVENT")[0]
    changed = SENT | {"title": "Meeting moved (invented)"}
    client.post(reverse("community-event-change", args=[group.slug, event.pk]), changed)
    client.post(reverse("community-event-cancel", args=[group.slug, event.pk]))
    client.post(reverse("community-event-cancel", args=[group.slug, event.pk]))
    whole = reverse("community-calendar-file", args=[group.slug])
    last = icalendar.Calendar.from_ical(client.get(whole).content).walk("VEVENT")[0]
    assert last["UID"] == first["UID"]
    assert last.decoded("DTSTART") == event.starts
    assert (last["STATUS"], last["SEQUENCE"]) == ("CANCELLED", first["SEQUENCE"] + 2)
    assert last["SUMMARY"] == "Meeting moved (invented)"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"finishes": "2027-03-15T10:00"}, "The event ends before it begins."),
        ({"begins": "soon"}, "Give day and time like this"),
        ({"begins": "0001-01-01T00:00", "time_zone": "Asia/Tokyo"}, "Give day and time like this"),
        ({"time_zone": "Nowhere"}, "Select a valid choice"),
        ({"url": "javascript:alert(1)"}, "Enter a valid URL"),
        (
            {
                "begins": "2027-03-28T02:30",
                "finishes": "2027-03-28T05:00",
                "time_zone": "Europe/Rome",
            },
            "this time does not exist",
        ),
    ],
)
def test_what_cannot_be_meant_is_said_and_nothing_is_lost(group, wrong, told):
    lead = groups.facilitator_of(group)
    new = reverse("community-event-new", args=[group.slug])
    answer = client_of(lead).post(new, SENT | wrong)
    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert "What we talk about (invented)." in answer.content.decode()
    assert not Event.objects.exists()


def test_the_list_costs_the_same_with_many_events(group, django_assert_max_num_queries):
    lead = groups.facilitator_of(group)
    now = timezone.now()
    rows = [
        Event(community=group, title=f"Event {each}", starts=now, ends=now + datetime.timedelta(1))
        for each in range(80)
    ]
    Event.objects.bulk_create(rows)
    client = client_of(lead)
    client.get(reverse("community-calendar", args=[group.slug]))
    with django_assert_max_num_queries(25):
        client.get(reverse("community-calendar", args=[group.slug]))
