"""Threads and posts are stored once, in order, signed; who is concerned is written down."""

import pytest

from communities import access, posting
from communities.models import Notice, Post
from communities.posting import MayNotPostError, Said
from tests.communities import groups
from tests.kept import kept
from tests.members import people

pytestmark = pytest.mark.django_db


@kept
def group():
    return groups.community()


def test_posts_are_numbered_and_signed(group):
    asker, peer = groups.member_of(group, "GEO"), groups.member_of(group, "MEX")
    thread = groups.thread(group, asker)
    assert groups.reply(thread, peer).number == 2
    thread.refresh_from_db()
    assert thread.post_count == 2
    assert [post.country for post in thread.posts.all()] == ["GEO", "MEX"]


def test_what_is_sent_twice_is_stored_once(group):
    asker = groups.member_of(group)
    thread = groups.thread(group, asker)
    first = groups.reply(thread, asker, token="the same")
    assert groups.reply(thread, asker, token="the same") == first
    assert Post.objects.count() == 2


def test_only_who_is_in_it_posts(group):
    thread = groups.thread(group, groups.member_of(group))
    outsider, former = people.member("CHL"), groups.member_of(group, "COL")
    former.memberships.update(left_at="2026-01-01T00:00Z", ending="left")
    for person in (outsider, former):
        with pytest.raises(MayNotPostError):
            posting.reply(thread, Said("Not for me"), person)
    assert Post.objects.count() == 1


def test_everybody_but_the_author_is_to_be_told_once_for_the_best_reason(group):
    asker, peer = groups.member_of(group, "GEO"), groups.member_of(group, "MEX")
    named, quiet = groups.member_of(group, "COL"), groups.member_of(group, "CHL")
    quiet.memberships.update(muted=True)
    thread = groups.thread(group, asker)
    post = groups.reply(thread, peer, mentioned=[named.pk, people.member("PER").pk])
    told = dict(Notice.objects.filter(post=post).values_list("user", "reason"))
    assert told == {asker.pk: "answer", named.pk: "mention"}


def test_audiences_follow_the_membership(group):
    user = groups.member_of(group)
    assert access.audiences_of(user) == {f"community:{group.pk}"}
    user.roles.update(ends="2020-01-01", starts="2019-01-01")
    assert access.audiences_of(user) == frozenset()
