"""People who agreed to be asked stand beside a question that they know something of."""

import pytest
from django.urls import reverse

from communities.asking.first import first_answer, look
from communities.asking.people import people_to_ask
from tests import factories
from tests.communities import groups
from tests.communities.asking.conftest import TEXT, TITLE
from tests.kept import kept
from tests.members import people

pytestmark = pytest.mark.django_db


def willing(country, *topics, listed=True, ask_me=True):
    """A member who can be found in the directory and agreed to be asked."""
    user = people.member(country)
    user.profile.listed, user.profile.ask_me = listed, ask_me
    user.profile.save()
    user.profile.topics.set(factories.theme(code) for code in topics)
    return user


def names(thread, user, keys=()):
    return [each.user_id for each in people_to_ask(thread, keys, user)]


@kept
def thread(vocabulary, asker):
    group = groups.community(themes=["registers"], region="145")  # Western Asia
    groups.join(asker, group)
    return groups.thread(group, asker)


def test_who_knows_the_topics_or_the_countries_is_named_the_best_first(thread, peer):
    nobody = willing("MEX", "surveys")
    topic, country, both = willing("MEX", "registers"), willing("GEO"), willing("ARM", "registers")
    found = names(thread, peer)
    assert found[0] == both.pk
    assert set(found) == {topic.pk, country.pk, both.pk}
    assert nobody.pk not in found


def test_what_was_found_says_whom_to_ask(practices, group, asker, peer):
    there = willing("CHL")
    thread = groups.thread(group, asker, TITLE, TEXT)
    look(thread.pk)
    thread.refresh_from_db()
    known = first_answer(thread, peer)
    assert [each.user_id for each in known.people] == [there.pk]
    assert known.people[0].country == "CHL"


def test_nobody_is_named_who_did_not_agree(thread, peer):
    willing("GEO", "registers", listed=False)
    willing("GEO", "registers", ask_me=False)
    gone = willing("GEO", "registers")
    gone.roles.update(starts="2019-01-01", ends="2020-01-01")
    shut = willing("GEO", "registers")
    shut.is_active = False
    shut.save()
    assert names(thread, peer) == []


def test_who_takes_it_back_is_gone_at_once(thread, peer):
    user = willing("GEO")
    assert names(thread, peer) == [user.pk]
    user.profile.ask_me = False
    user.profile.save()
    assert names(thread, peer) == []


def test_never_who_asked_nor_who_looks(thread, asker, peer):
    for user in (asker, peer):
        user.profile.listed = user.profile.ask_me = True
        user.profile.save()
        user.profile.topics.set([factories.theme("registers")])
    assert names(thread, peer) == []
    third = groups.member_of(thread.community, "COL")
    assert names(thread, third) == [peer.pk]


def test_names_are_for_members_of_the_alliance(thread):
    willing("GEO", "registers")
    assert names(thread, people.person()) == []
    assert len(names(thread, people.member("COL"))) == 1


def test_three_are_enough(thread, peer):
    for _each in range(6):
        willing("GEO")
    assert len(names(thread, peer)) == 3


def test_visitors_of_a_public_community_see_no_names(vocabulary, asker, signed_in):
    public = groups.community(visibility="public", themes=["registers"])
    groups.join(asker, public)
    user = willing("GEO", "registers")
    thread = groups.thread(public, asker)
    look(thread.pk)
    ask = f"/members/directory/{user.pk}/ask/"
    known = reverse("thread-known", args=[public.slug, thread.pk])
    seen = {
        name: ask in signed_in(who).get(known).content.decode()
        for name, who in {"visitor": None, "account": people.person(), "asker": asker}.items()
    }
    assert seen == {"visitor": False, "account": False, "asker": True}
