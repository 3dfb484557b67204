"""Decisions and events are found by the readers of their community, and by nobody else."""

import datetime
from contextlib import suppress

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from communities.calendar import keeping
from communities.decisions import register
from communities.groups import setting_up
from communities.groups.leaving import leave
from communities.models import Decision, Event
from search.encoding import encode_all
from search.engine import find
from search.models import IndexedDocument
from search.viewer import ANYONE, Viewer
from tests.communities import groups
from tests.communities.searching.conftest import found, keys
from tests.kept import kept
from tests.members import people

pytestmark = pytest.mark.django_db
WORDS = ("zzdecided", "zzadopted", "zzmeeting", "zzagenda", "zztownhall")
LINK = "https://zzlink.example.org/"


@kept
def lead(group):
    return groups.facilitator_of(group, "COL")


@kept
def decision(group, lead):
    return decided(group, lead, "Zzdecided days (invented)", "Count **zzadopted** days (invented).")


@kept
def event(group, lead):
    now = timezone.now()
    event = Event(
        title="Zzmeeting (invented)",
        text="The *zzagenda* (invented).",
        place="Zztownhall",
        url=LINK,
        starts=now,
        ends=now + datetime.timedelta(hours=1),
        time_zone="Asia/Tokyo",
    )
    keeping.enter(event, group, lead)
    return event


@pytest.fixture(autouse=True)
def in_order(db):
    """After each of these tests the index must be what its sources say."""
    yield
    encode_all()
    with suppress(SystemExit):
        call_command("verify_index")
        return
    pytest.fail("verify_index found something")


def decided(group, user, title, text, **fields):
    day = timezone.localdate()
    return register.enter(Decision(title=title, text=text, adopted_on=day, **fields), group, user)


def seen(user):
    user = type(user).objects.get(pk=user.pk) if user else None
    return {word for word in WORDS if keys(user, word)}


def test_members_find_both_by_every_word_and_each_opens_its_page(group, decision, event, peer):
    assert seen(peer) == set(WORDS)
    for asked, thing in (("zzadopted", decision), ("zzagenda", event)):
        (hit,) = find(asked, Viewer.of(peer)).hits
        assert hit.card.url == thing.get_absolute_url()
        assert hit.card.members_of == group.name
    assert keys(peer, "zzlink") == set()


def test_each_kind_can_be_asked_for(decision, event, peer):
    assert keys(peer, "", kind=("decision",)) == {f"decision:{decision.pk}"}
    assert keys(peer, "", kind=("event",)) == {f"event:{event.pk}"}


def test_outsiders_find_nothing_and_count_nothing(decision, event):
    encode_all()
    everyone = (None, people.person(), people.member("CHL"), people.secretariat())
    for user in (*everyone, groups.member_of(groups.community(), "PER")):
        for asked in (*WORDS, decision.title, event.title):
            assert found(user, asked) == ([], 0)
        listed = find("", Viewer.of(user))
        assert listed.total == find("", ANYONE).total == 0
        assert listed.facets["kind"] == []


def test_who_leaves_finds_them_no_more(group, decision, event, peer):
    assert seen(peer) == set(WORDS)
    leave(group, peer)
    assert seen(peer) == set()


def test_a_changed_event_is_found_by_its_new_words_and_one_called_off_by_none(event, peer):
    event.title, event.text = "Zzmoved (invented)", ""
    keeping.change(event)
    assert keys(peer, "zzmoved") == {f"event:{event.pk}"}
    assert seen(peer) == {"zztownhall"}
    keeping.call_off(event)
    assert keys(peer, "zzmoved") == set()


def test_what_is_replaced_stands_behind_what_replaces_it(group, decision, lead, peer):
    newer = decided(group, lead, decision.title, "Count zzadopted nights.", replaces=decision)
    hits = found(peer, "zzdecided days")[0]
    assert hits == [f"decision:{newer.pk}", f"decision:{decision.pk}"]


def test_a_community_that_opens_and_closes_takes_them_along(group, decision, event, lead, peer):
    def shown_to(visibility):
        group.refresh_from_db()
        values = setting_up.values_of(group) | {"visibility": visibility}
        assert setting_up.change(group, values, lead, setting_up.mark_of(group))

    assert seen(None) == set()
    shown_to("public")
    assert seen(None) == set(WORDS)
    shown_to("private")
    assert seen(None) == set()
    assert seen(peer) == set(WORDS)


def test_what_is_deleted_is_gone(group, decision, event, peer):
    event.delete()
    assert seen(peer) == {"zzdecided", "zzadopted"}
    group.delete()
    assert seen(peer) == set()
    assert not IndexedDocument.objects.filter(withdrawn=False).exists()


def test_showing_asks_the_database_alone(group, decision, event, peer):
    """What the index has not heard of is gone all the same."""
    viewer = Viewer.of(peer)
    other = groups.community()
    Event.objects.filter(pk=event.pk).update(community=other)
    assert find("zzagenda", viewer).total == 0
    keeping.change(event)
    Event.objects.filter(pk=event.pk).update(cancelled_at=timezone.now())
    assert find("zzagenda", viewer).total == 0
    keeping.change(Event.objects.get(pk=event.pk))


def test_a_page_of_everything_asks_few_questions_of_the_database(
    signed_in, thread, answer, file, decision, event, peer, django_assert_max_num_queries
):
    client = signed_in(peer)
    kinds = ("thread", "post", "attachment", "decision", "event")
    asked = {"kind": kinds}
    client.get(reverse("search"), asked)
    with django_assert_max_num_queries(25):
        page = client.get(reverse("search"), asked).content.decode()
    assert all(f'name="kind" value="{kind}"' in page for kind in kinds)
    assert decision.title in page
    assert event.title in page
    assert f'<time datetime="{decision.adopted_on.isoformat()}">' in page
