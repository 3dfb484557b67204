"""The private address of a calendar: rights asked at each fetch, taken back at any time."""

import datetime
import hashlib

import icalendar
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities.alerts import feeds
from communities.calendar import keeping
from communities.groups.leaving import leave
from communities.models import Event, FeedToken, Membership
from config.logs import without_personal_data
from members.erasing import erase
from tests.communities import groups
from tests.kept import kept
from tests.members import people

pytestmark = pytest.mark.django_db
CANARY = "CNRYevent7f"


@kept
def group():
    return groups.community()


@kept
def owner(group):
    return groups.member_of(group, "MEX")


@kept
def lead(group):
    return groups.facilitator_of(group)


@kept
def event(group, lead):
    now = timezone.now()
    event = Event(title=f"{CANARY} (invented)", starts=now, ends=now + datetime.timedelta(1))
    keeping.enter(event, group, lead)
    return event


@kept
def token(owner, group):
    return feeds.issue(owner, "once", owner.memberships.get(community=group))


def address(token):
    return reverse("community-calendar-feed", args=[token])


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def make(client, group, once="once", **kwargs):
    place = reverse("community-calendar-address", args=[group.slug])
    return client.post(place, {"once": once}, **kwargs)


def test_a_program_without_a_session_reads_the_calendar(client, token, event):
    answer = client.get(address(token))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    (entry,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert entry["SUMMARY"] == event.title
    assert token not in answer.content.decode()
    keeping.call_off(event)
    (entry,) = icalendar.Calendar.from_ical(client.get(address(token)).content).walk("VEVENT")
    assert entry["STATUS"] == "CANCELLED"


def test_it_is_kept_and_told_by_nobody(client, token, event):
    for path in (address(token), address("wrong")):
        answer = client.get(path)
        assert "no-store" in answer["Cache-Control"]
        assert "private" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["X-Robots-Tag"] == "noindex"
    told = without_personal_data(f"Not Found: {address(token)}")
    assert told == "Not Found: /en/communities/feeds/[key]/events.ics"


def test_a_key_opens_one_calendar_and_nothing_else(client, token, group, owner, event):
    other = groups.community()
    groups.join(owner, other)
    news = feeds.issue(owner, "once")
    assert news != token
    assert client.get(address(token)).status_code == 200
    assert client.get(address(news)).status_code == 404
    for name in ("community-feed", "community-feed-rss"):
        assert client.get(reverse(name, args=[news])).status_code == 200
        assert client.get(reverse(name, args=[token])).status_code == 404
    file = reverse("community-calendar-file", args=[group.slug])
    assert client.get(file).status_code == 404
    wrong = [token[:-1], token.swapcase(), "x", FeedToken.objects.first().digest]
    assert {client.get(address(each)).status_code for each in wrong} == {404}


def leaves(owner, group):
    leave(group, owner)


def is_removed(owner, group):
    owner.memberships.update(left_at=timezone.now(), ending=Membership.Ending.REMOVED)


def loses_the_role(owner, group):
    owner.roles.update(ended_at=timezone.now())


def loses_the_account(owner, group):
    type(owner).objects.filter(pk=owner.pk).update(is_active=False)


def takes_it_back(owner, group):
    assert feeds.revoke(owner, FeedToken.objects.get().pk)


def is_erased(owner, group):
    erase(owner)


def is_deleted(owner, group):
    owner.delete()


def closes_for_good(owner, group):
    group.delete()


ENDINGS = [
    *(leaves, is_removed, loses_the_role, loses_the_account),
    *(takes_it_back, is_erased, is_deleted, closes_for_good),
]


@pytest.mark.parametrize("ending", ENDINGS, ids=lambda ending: ending.__name__)
def test_it_is_dead_at_once(client, token, owner, group, event, ending):
    assert CANARY in client.get(address(token)).content.decode()
    ending(owner, group)
    answer = client.get(address(token))
    assert answer.status_code == 404
    assert CANARY not in answer.content.decode()


@pytest.mark.parametrize("visibility", ["private", "public"])
def test_who_comes_back_needs_a_new_one(client, token, owner, group, event, visibility):
    group.visibility = visibility
    group.save()
    leave(group, owner)
    membership = groups.join(owner, group)
    assert client.get(address(token)).status_code == 404
    assert client.get(address(feeds.issue(owner, "once", membership))).status_code == 200


def test_it_is_made_on_the_page_of_the_calendar_and_shown_once(client, group, owner, event):
    page = reverse("community-calendar", args=[group.slug])
    inside = client_of(owner)
    shown = inside.get(page)
    assert "private address" in shown.content.decode()
    answer = make(inside, group, shown.context["once"])
    made = answer.context["new_feed"]
    assert made in answer.content.decode()
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    assert CANARY in client.get(made).content.decode()
    key = made.split("/")[-2]
    assert FeedToken.objects.get().digest == hashlib.sha256(key.encode()).hexdigest()
    assert key not in inside.get(page).content.decode()
    # Whoever changes the language of that page comes back to the calendar.
    again = reverse("community-calendar-address", args=[group.slug])
    assert inside.get(again)["Location"] == page
    # Sent twice, it is one address.
    assert make(inside, group, shown.context["once"]).context["new_feed"] == made
    assert FeedToken.objects.count() == 1


def test_it_is_taken_back_there_and_where_all_of_one_s_own_stand(client, group, owner, lead, token):
    page = reverse("community-calendar", args=[group.slug])
    revoke = reverse("community-feed-revoke", args=[FeedToken.objects.get().pk])
    assert revoke in client_of(owner).get(page).content.decode()
    own = client_of(owner).get(reverse("community-mail")).content.decode()
    assert revoke in own
    assert group.name in own
    assert revoke not in client_of(lead).get(page).content.decode()
    assert client_of(lead).post(revoke, {"back": page}).status_code == 404
    assert client.get(address(token)).status_code == 200
    answer = client_of(owner).post(revoke, {"back": page})
    assert (answer.status_code, answer.url) == (302, page)
    assert client.get(address(token)).status_code == 404


def test_only_who_is_in_makes_one(client, group, owner):
    assert make(client_of(owner), group).status_code == 200
    for user in (people.member("CHL"), people.secretariat(), people.person()):
        assert make(client_of(user), group).status_code == 404
    assert make(client, group).status_code == 404
    assert FeedToken.objects.count() == 1


def test_a_public_calendar_has_one_address_for_everybody(client, event):
    public = groups.community(visibility="public")
    page = client.get(reverse("community-calendar", args=[public.slug])).content.decode()
    file = reverse("community-calendar-file", args=[public.slug])
    assert f"{file}</code>" in page
    assert "private address" not in page
    assert make(client, public).status_code == 404


def test_there_is_a_limit_for_each_calendar(group, owner):
    other = groups.community()
    groups.join(owner, other)
    inside = client_of(owner)
    for number in range(feeds.MOST + 2):
        answer = make(inside, group, str(number), follow=True)
    assert "as many addresses as there may be" in answer.content.decode()
    assert FeedToken.objects.count() == feeds.MOST
    assert make(inside, other).status_code == 200
    assert feeds.issue(owner, "news")


def test_a_fetch_asks_as_few_questions_however_much_is_in_it(
    client, token, group, lead, django_assert_max_num_queries
):
    now = timezone.now()
    for _each in range(20):
        event = Event(title="Many (invented)", starts=now, ends=now + datetime.timedelta(1))
        keeping.enter(event, group, lead)
    with django_assert_max_num_queries(8):
        assert client.get(address(token)).content.count(b"BEGIN:VEVENT") == 20
