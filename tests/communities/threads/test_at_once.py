"""Many at once: nothing twice, nothing lost, and nothing after a right has ended."""

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from communities import posting
from communities.models import EarlierText, Follow, Membership, Notice, Post, Thread
from communities.posting import MayNotPostError, Said
from search.models import IndexedDocument
from tests.adoption.test_at_once import at_once
from tests.communities import groups
from tests.communities.threads.conftest import opened, typed
from users.models import User

pytestmark = pytest.mark.usefixtures("own_database")
POSTERS, EACH = 16, 4
ROUNDS = 100


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def world(own_database):
    group = groups.community()
    asker = groups.member_of(group, "GEO")
    return group, asker, groups.thread(group, asker)


def test_sixteen_people_post_at_once_and_nothing_is_lost(world):
    group, _asker, thread = world
    clients = [signed_in(groups.member_of(group, "MEX")) for _each in range(POSTERS)]
    address = thread.get_absolute_url()

    def talk(client, who):
        return [
            client.post(address, typed(f"Post {who}-{each}.", token=f"token-{who}-{each}"))
            for each in range(EACH)
        ]

    answers = at_once(
        *[lambda client=client, who=who: talk(client, who) for who, client in enumerate(clients)]
    )
    assert [each for each in answers if isinstance(each, Exception)] == []
    assert {answer.status_code for told in answers for answer in told} == {302}
    told = list(thread.posts.order_by("number").values_list("number", "text"))
    assert [number for number, _text in told] == list(range(1, POSTERS * EACH + 2))
    expected = {f"Post {who}-{each}." for who in range(POSTERS) for each in range(EACH)}
    assert {text for number, text in told if number > 1} == expected
    thread.refresh_from_db()
    assert thread.post_count == POSTERS * EACH + 1
    # Everybody but the author is to be told of each, and the search has each.
    readers = POSTERS + 1
    assert Notice.objects.filter(post__number__gt=1).count() == POSTERS * EACH * (readers - 1)
    found = IndexedDocument.objects.filter(source="post", withdrawn=False)
    assert found.count() == POSTERS * EACH


def test_the_same_sent_twenty_times_at_once_is_one(world):
    group, asker, thread = world
    peer = groups.member_of(group, "MEX")
    clients = [signed_in(peer) for _each in range(20)]

    def all_at_once(address, data):
        answers = at_once(
            *[lambda client=client: client.post(address, data).status_code for client in clients]
        )
        # Who waits too long for the count of posts is asked to wait; the text is not lost.
        assert set(answers) <= {302, 429}
        assert 302 in answers

    all_at_once(thread.get_absolute_url(), typed("The same (invented)."))
    assert Post.objects.filter(author=peer).count() == 1
    all_at_once(f"{thread.get_absolute_url()}follow/", {"on": "1"})
    assert Follow.objects.count() == 1
    assert asker.pk


def test_a_thread_opened_and_a_text_edited_twice_at_once_is_once(world):
    group, asker, _thread = world
    clients = [signed_in(asker) for _each in range(8)]
    new = f"{group.get_absolute_url()}new/"
    codes = at_once(*[lambda c=client: c.post(new, opened()).status_code for client in clients])
    assert set(codes) <= {302, 429}
    thread = Thread.objects.get(title="How many? (invented)")
    edit = f"{thread.get_absolute_url()}posts/1/edit/"
    data = {"text": "Said better.", "title": thread.title, "was": ""}
    codes = at_once(*[lambda c=client: c.post(edit, data).status_code for client in clients])
    assert set(codes) <= {302, 429}
    assert EarlierText.objects.count() == 1


def test_nobody_posts_after_they_were_removed(world):
    group, _asker, thread = world
    poster = groups.member_of(group, "MEX")
    seen = []

    def post(number):
        user = User.objects.get(pk=poster.pk)
        try:
            return posting.reply(thread, Said(f"Post {number}."), user)
        except MayNotPostError:
            return None

    def remove():
        with transaction.atomic():
            rows = Membership.objects.select_for_update().filter(user=poster, left_at=None)
            membership = rows.get()
            membership.left_at, membership.ending = timezone.now(), "removed"
            membership.save()
        seen.append(Post.objects.filter(author=poster).count())

    for number in range(ROUNDS):
        answers = at_once(lambda n=number: post(n), remove)
        assert [each for each in answers if isinstance(each, Exception)] == []
        # What was posted was posted before the removal.
        assert Post.objects.filter(author=poster).count() == seen[-1]
        groups.join(poster, group)
    assert len(seen) == ROUNDS
