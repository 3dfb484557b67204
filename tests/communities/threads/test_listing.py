"""The discussions of a community: whatever their number, one page, in order, for this reader."""

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from communities import access
from communities.knowledge.summarising import Told, store
from communities.models import Follow, Hiding, Outcome, Thread
from communities.threads.listing import PER_PAGE, listed
from tests import factories
from tests.communities import groups
from tests.communities.threads import crowd
from tests.kept import kept
from tests.members import people

pytestmark = pytest.mark.django_db
MOST_QUERIES = 25


def lines(group, user, **query):
    request = RequestFactory().get("/", query)
    request.user = user
    return listed(request, group)["lines"]


def titles(group, user, **query):
    return [line.thread.title for line in lines(group, user, **query)]


def cost(client, address):
    """The queries of a page, with what is read once a process read before."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(asked)


def test_pinned_ones_stand_first_then_those_written_in_last(group, asker, peer):
    first, second, third = (groups.thread(group, asker, title=name) for name in "ABC")
    groups.reply(first, peer)
    Thread.objects.filter(pk=second.pk).update(pinned=True)
    assert titles(group, asker) == ["B", "A", "C"]
    assert third.pk


def test_a_line_says_how_many_wrote_and_who_wrote_last(group, asker, peer, signed_in):
    thread = groups.thread(group, asker, title="Counted", language="fr")
    groups.reply(thread, peer)
    line = lines(group, asker)[0]
    assert (line.posts, line.last.country, line.answered) == (2, "MEX", False)
    page = signed_in(peer).get(group.get_absolute_url()).content.decode()
    assert "2 posts" in page
    assert "In French" in page
    assert "Statistical office of GEO (invented)" in page


def test_nothing_is_counted_that_this_reader_may_not_read(group, asker, peer):
    newcomer, leading = groups.member_of(group, "CHL"), groups.facilitator_of(group)
    thread = groups.thread(group, asker, title="Counted")
    groups.reply(thread, newcomer, hold=True)
    Hiding.objects.create(post=groups.reply(thread, peer), reason="Invented")
    kept_back = groups.thread(group, newcomer, title="Held", hold=True)
    assert titles(group, asker) == ["Counted"]
    # What waits moves nothing up and adds nothing.
    assert [(line.posts, line.last.number) for line in lines(group, asker)] == [(1, 1)]
    assert lines(group, newcomer, only="mine")[0].thread == kept_back
    assert [line.posts for line in lines(group, leading)] == [1, 3]
    for user in (asker, newcomer, leading):
        assert {line.thread for line in lines(group, user)} == set(
            access.threads_for(user).filter(community=group)
        )


def test_the_list_is_narrowed(group, asker, peer):
    question = groups.thread(group, asker, title="Q", kind="question")
    groups.thread(group, peer, title="D", kind="discussion")
    done = groups.thread(group, peer, title="C", kind="challenge")
    done.answer = groups.reply(done, asker)
    done.save()
    Follow.objects.create(user=peer, kind="thread", code=str(question.pk))
    assert titles(group, peer, kind="discussion") == ["D"]
    assert titles(group, peer, only="waiting") == ["Q"]
    assert titles(group, peer, only="mine") == ["C", "D"]
    assert titles(group, asker, only="mine") == ["C", "Q"]
    assert titles(group, peer, only="followed") == ["Q"]
    assert titles(group, asker, only="followed") == []
    for odd in ({"kind": "x"}, {"only": "y"}, {"page": "99999999999"}, {"page": "x\x00"}):
        assert titles(group, peer, **odd) == ["C", "D", "Q"]


def test_what_waits_moves_its_thread_up_when_it_is_let_through(group, asker):
    from communities.moderation.acting import let_through

    newcomer, leading = groups.member_of(group, "CHL"), groups.facilitator_of(group)
    first, _second = (groups.thread(group, asker, title=name) for name in "AB")
    held = groups.reply(first, newcomer, hold=True)
    assert titles(group, asker) == ["B", "A"]
    let_through(held, leading)
    assert titles(group, asker) == ["A", "B"]


@kept
def large(vocabulary):
    """A community with a home page around it."""
    factories.home()
    group = groups.community(visibility="public")
    return group, groups.member_of(group, "GEO"), groups.facilitator_of(group, "MEX")


def test_ten_thousand_threads_cost_as_many_queries_as_ten(large, signed_in):
    group, asker, leading = large
    crowd.threads(group, asker, 10)
    readers = {"visitor": None, "member": asker, "facilitator": leading, "other": people.member()}
    home = group.get_absolute_url()
    few = {name: cost(signed_in(user), home) for name, user in readers.items()}
    crowd.threads(group, asker, 9_990)
    many = {name: cost(signed_in(user), home) for name, user in readers.items()}
    assert many == few
    assert max(many.values()) <= MOST_QUERIES, many
    page = signed_in(asker).get(home + "?page=400")
    assert page.content.decode().count("thread-line__meta") == PER_PAGE


def test_the_list_is_read_from_its_index(group, asker):
    crowd.threads(group, asker, 200)
    found = access.threads_for(asker).filter(community=group)
    page = found.order_by("-pinned", "-last_post_at", "-pk")[:PER_PAGE]
    plan = page.explain()
    if connection.vendor == "sqlite":
        assert "communities_thread USING INDEX communities_communi" in plan
        assert "TEMP B-TREE" not in plan
    assert len(page) == PER_PAGE


def test_a_thread_costs_as_many_queries_however_much_is_said_in_it(large, signed_in):
    group, asker, leading = large
    page = factories.practice()
    thread = crowd.threads(group, asker, 1)[0]
    called = [groups.member_of(group, "CHL") for _each in range(3)]
    early = crowd.posts(thread, asker, 4, called[:1], [page.pk])
    store(thread, [Told("A summary (invented).", early)], leading)
    Outcome.objects.create(thread=thread, kind="practice", title="Invented", page=page, by=leading)
    Thread.objects.filter(pk=thread.pk).update(answer=early[0])
    readers = {"visitor": None, "member": called[0], "asker": asker, "facilitator": leading}
    address = thread.get_absolute_url()
    few = {name: cost(signed_in(user), address) for name, user in readers.items()}
    more = [factories.practice(title=f"Practice {each} (invented)").pk for each in range(3)]
    crowd.posts(thread, asker, 44, called, [page.pk, *more])
    many = {name: cost(signed_in(user), address) for name, user in readers.items()}
    assert many == few
    assert max(many.values()) <= MOST_QUERIES, many
