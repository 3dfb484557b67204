"""A question gets a first answer: what every reader may read, as it stands at this moment."""

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import PageViewRestriction

from communities.asking.first import first_answer, look
from communities.asking.tasks import look_for_first_answer
from communities.models import Community, FirstAnswer, Post, Thread
from communities.posting import release
from search.encoding import encode_all
from search.models import Passage
from tests.communities import groups
from tests.communities.asking.conftest import TEXT, TITLE
from tests.kept import kept
from tests.members import people

pytestmark = pytest.mark.django_db


@kept
def asked(practices, earlier, group, asker):
    """A question that the worker has looked at."""
    encode_all()
    thread = groups.thread(group, asker, TITLE, TEXT)
    look(thread.pk)
    thread.refresh_from_db()
    return thread


def titles(thread, user):
    known = first_answer(Thread.objects.get(pk=thread.pk), user)
    return [hit.card.title for hit in (*known.experiences, *known.discussions)]


def queued():
    return DBTaskResult.objects.filter(task_path=look_for_first_answer.module_path)


def test_it_names_the_nearest_with_the_passage_that_fits(practices, asked, earlier, peer):
    known = first_answer(asked, peer)
    (practice,) = [hit for hit in known.experiences if hit.card.kind == "practice"]
    assert practice.card.title == practices["fits"].title
    assert "inspectors count them on the farms" in practice.passage.text
    assert practice.passage.text in Passage.objects.get(pk=practice.passage.row).text
    assert [hit.card.title for hit in known.discussions] == [earlier.title]


def test_only_keys_and_numbers_are_kept(asked):
    rows = FirstAnswer.objects.filter(thread=asked).values("key", "passage", "position")
    assert rows
    assert all(set(row["key"]) <= set("abcdefghijklmnopqrstuvwxyz-:0123456789.") for row in rows)


def test_the_question_itself_is_not_among_its_answers(asked, peer):
    assert asked.title not in titles(asked, peer)


def test_its_own_answers_are_no_first_answer(asked, peer):
    groups.reply(asked, peer, TEXT)
    look(asked.pk)
    assert asked.title not in titles(asked, peer)


def test_what_not_every_reader_may_open_is_left_out(practices, asked, asker):
    """The asker may open the page for signed-in people; whoever else reads this may not."""
    assert practices["closed"].title not in titles(asked, asker)


def test_in_a_public_community_only_what_is_public_is_found(practices, earlier, asker):
    public = groups.community(visibility="public")
    groups.join(asker, public)
    encode_all()
    thread = groups.thread(public, asker, TITLE, TEXT)
    look(thread.pk)
    thread.refresh_from_db()
    assert titles(thread, asker) == titles(thread, None) == [practices["fits"].title]


@pytest.mark.parametrize("kind", ["question", "challenge", "discussion", "notice"])
def test_the_worker_looks_for_it_after_the_commit(
    group, asker, kind, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        thread = groups.thread(group, asker, kind=kind)
        assert not queued().exists()
    wanted = [[thread.pk]] if kind in ("question", "challenge") else []
    assert [task.args_kwargs["args"] for task in queued()] == wanted
    assert (first_answer(thread, asker) is None) is (not wanted)


def test_nothing_is_said_before_the_worker_has_looked(group, asker):
    known = first_answer(groups.thread(group, asker, TITLE, TEXT), asker)
    assert (known.looked, known.found) == (False, 0)


def test_a_held_question_waits_for_its_release(asker, django_capture_on_commit_callbacks):
    group = groups.community(holds_first_posts=True)
    groups.join(asker, group)
    with django_capture_on_commit_callbacks(execute=True):
        thread = groups.thread(group, asker)
    assert not queued().exists()
    post = thread.posts.get()
    with django_capture_on_commit_callbacks(execute=True):
        Post.objects.filter(pk=post.pk).update(held=False)
        post.refresh_from_db()
        release(post)
    assert queued().count() == 1


def test_a_thread_that_is_gone_or_taken_back_is_not_looked_at(asked, peer):
    Post.objects.filter(thread=asked, number=1).update(withdrawn_at=timezone.now(), text="")
    look(asked.pk)
    assert titles(asked, peer) == []
    asked.delete()
    look(asked.pk)
    look(999_999)


def test_looking_again_leaves_one_answer(asked, peer):
    before = titles(asked, peer)
    look(asked.pk)
    assert titles(asked, peer) == before


# --- What changes afterwards
def test_what_is_unpublished_is_gone_and_what_is_restricted_too(practices, asked, peer):
    practices["fits"].unpublish()
    assert practices["fits"].title not in titles(asked, peer)
    practices["fits"].save_revision().publish()
    assert practices["fits"].title in titles(asked, peer)
    PageViewRestriction.objects.create(page=practices["fits"], restriction_type="login")
    assert practices["fits"].title not in titles(asked, peer)


def test_a_change_that_the_index_has_not_heard_of_counts_as_well(practices, asked, peer):
    type(practices["fits"]).objects.filter(pk=practices["fits"].pk).update(live=False)
    assert practices["fits"].title not in titles(asked, peer)


def test_a_passage_that_has_changed_gives_way_to_the_nearest_of_its_document(
    practices, asked, peer
):
    page = practices["fits"]
    page.problem = "<p>Farms report seasonal workers and their children to the school.</p>"
    page.results = "<p>A bus line was opened.</p>"
    page.save_revision().publish()
    (hit,) = [h for h in first_answer(asked, peer).experiences if h.card.kind == "practice"]
    assert "inspectors count them" not in hit.passage.text
    assert "seasonal workers" in hit.passage.text


def test_a_hidden_thread_is_gone(asked, earlier, peer):
    from communities.models import Hiding

    assert earlier.title in titles(asked, peer)
    Hiding.objects.create(post=earlier.posts.get(), reason="Invented")
    assert earlier.title not in titles(asked, peer)


def test_a_moved_question_shows_nothing_of_where_it_was(practices, asked, earlier, asker):
    other = groups.community()
    groups.join(asker, other)  # who asked is in both
    Thread.objects.filter(pk=asked.pk).update(community=other)
    assert titles(asked, asker) == [practices["fits"].title]


def test_a_question_that_becomes_public_shows_only_what_is_public(practices, asked, asker):
    Community.objects.filter(pk=asked.community_id).update(visibility="public")
    found = titles(asked, asker)
    # What the community discussed before is public now, too; what signed-in people read is not.
    assert practices["closed"].title not in found


def test_who_may_not_read_the_thread_is_told_nothing(asked):
    for user in (None, people.person(), people.member("COL"), people.secretariat()):
        assert first_answer(asked, user) is None


# --- On the page
def read(client, thread, **headers):
    answer = client.get(reverse("thread-known", args=[thread.community.slug, thread.pk]), **headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_of_the_thread_leads_to_it_below_the_question(signed_in, asked, peer):
    groups.reply(asked, peer, "Ask the farms (invented).")
    html = signed_in(peer).get(asked.get_absolute_url()).content.decode()
    place = html.index(f"/threads/{asked.pk}/known/")
    assert html.index(TEXT[:30]) < place < html.index("Ask the farms (invented).")


@pytest.mark.parametrize("headers", [{}, {"headers": {"X-Requested-With": "fetch"}}])
def test_it_is_a_page_and_a_piece_of_one(signed_in, practices, asked, earlier, peer, headers):
    html = read(signed_in(peer), asked, **headers)
    assert practices["fits"].title in html
    assert earlier.title in html
    assert "Found by the search" in html
    assert ("<html" in html) is (not headers)


def test_a_thread_that_asks_nothing_has_no_such_page(signed_in, group, asker):
    thread = groups.thread(group, asker, kind="discussion")
    client = signed_in(asker)
    address = reverse("thread-known", args=[group.slug, thread.pk])
    assert client.get(address).status_code == 404
    assert "/known/" not in client.get(thread.get_absolute_url()).content.decode()


def test_others_get_no_page_of_it(signed_in, asked, peer):
    address = reverse("thread-known", args=[asked.community.slug, asked.pk])
    for user in (None, people.person(), people.member("COL"), people.secretariat()):
        assert signed_in(user).get(address).status_code == 404
    assert signed_in(peer).get(address).status_code == 200


def test_where_nothing_fits_the_page_says_what_to_do(signed_in, practices, group, asker, peer):
    thread = groups.thread(group, asker, "A recipe for chocolate cake?", "With cream?")
    assert "The search looks for" in read(signed_in(asker), thread)
    look(thread.pk)
    own, other = read(signed_in(asker), thread), read(signed_in(peer), thread)
    for html in (own, other):
        assert "has nothing that comes near" in html
        assert "Ask a facilitator" in html
    assert "Say it in other words" in own
    assert "Say it in other words" not in other


def test_it_costs_no_more_than_other_pages(signed_in, asked, peer, django_assert_max_num_queries):
    client = signed_in(peer)
    read(client, asked)
    with django_assert_max_num_queries(25):
        read(client, asked)
