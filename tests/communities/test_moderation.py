"""Moderation: each step works at the next request, once, by those who may, and is logged."""

import pytest
from django.test import Client
from django.urls import reverse

from communities import access, posting
from communities.models import Act, EarlierText, Hiding, Notice, Post, Report
from communities.moderation import acting
from communities.posting import MayNotPostError, Said
from core.written_once import WrittenOnceError
from search.engine import find
from search.viewer import Viewer
from tests.communities import groups
from tests.kept import kept
from tests.mail import sent
from tests.members import people

pytestmark = pytest.mark.django_db
WORDS = "Zebrafinch registers were never linked (invented)."


@kept
def group():
    return groups.community()


@kept
def lead(group):
    return groups.facilitator_of(group, "GEO")


@kept
def author(group):
    return groups.member_of(group, "COL")


@kept
def reader(group):
    return groups.member_of(group, "MEX")


@kept
def thread(group, author):
    return groups.thread(group, author, text="The question (invented).")


@kept
def post(thread, author):
    return groups.reply(thread, author, WORDS)


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def step(name, post, user, **told):
    slug = post.thread.community.slug
    address = reverse(f"post-{name}", args=[slug, post.thread_id, post.number])
    return client_of(user).post(address, told)


def thread_step(name, thread, user, **told):
    address = reverse(f"thread-{name}", args=[thread.community.slug, thread.pk])
    return client_of(user).post(address, told)


def found_by(user):
    return {hit.key for hit in find("zebrafinch registers linked", Viewer.of(user)).hits}


def test_what_is_hidden_is_gone_for_all_but_its_author_and_facilitators(post, lead, author, reader):
    assert found_by(reader)
    assert step("hide", post, lead, reason="Names a child (invented)").status_code == 302
    assert step("hide", post, lead, reason="Twice").status_code == 302
    assert not access.posts_for(reader).filter(pk=post.pk).exists()
    assert access.posts_for(author).filter(pk=post.pk).exists()
    assert access.posts_for(lead).filter(pk=post.pk).exists()
    assert found_by(reader) == found_by(lead) == set()
    assert Hiding.objects.get().reason == "Names a child (invented)"
    step("restore", post, lead)
    assert access.posts_for(reader).filter(pk=post.pk).exists()
    assert found_by(reader)
    assert list(Act.objects.values_list("kind", flat=True)) == ["restore", "hide"]


def test_hiding_the_first_post_takes_the_thread_along(thread, post, lead, reader):
    step("hide", thread.posts.get(number=1), lead, reason="Invented")
    assert not access.threads_for(reader).exists()
    assert not access.posts_for(reader).exists()
    assert found_by(reader) == set()


def test_a_held_post_waits_for_a_facilitator_and_then_tells_whom_it_concerns(group, lead, reader):
    group.holds_first_posts = True
    group.save()
    newcomer = groups.member_of(group, "PER")
    thread = groups.thread(group, lead)
    post = groups.reply(thread, newcomer, WORDS)
    assert post.held
    assert not access.posts_for(reader).filter(pk=post.pk).exists()
    assert found_by(reader) == set()
    assert not Notice.objects.filter(post=post).exists()
    page = client_of(lead).get(reverse("community-moderation", args=[group.slug]))
    assert "Zebrafinch" in page.content.decode()
    step("let-through", post, lead)
    step("let-through", post, lead)
    assert found_by(reader)
    assert Notice.objects.filter(post=post, user=reader).count() == 1
    assert not groups.reply(thread, newcomer, "The second (invented).").held


def test_a_report_reaches_facilitators_once_and_is_settled(group, post, lead, author, reader):
    assert step("report", post, reader, reason="Wrong (invented)").status_code == 302
    step("report", post, reader, reason="Again")
    assert Report.objects.count() == 1
    desk = reverse("community-moderation", args=[group.slug])
    assert "Wrong (invented)" in client_of(lead).get(desk).content.decode()
    step("keep", post, lead)
    assert Report.objects.get().settled_by == lead
    assert "Wrong (invented)" not in client_of(lead).get(desk).content.decode()
    assert step("report", post, author, reason="My own").status_code == 404
    assert step("report", post, people.member("CHL"), reason="Outside").status_code == 404


@pytest.mark.parametrize("reason", ["", "\u200b"])
def test_a_report_needs_a_reason(post, reader, reason):
    answer = step("report", post, reader, reason=reason)
    assert answer.status_code == 400
    assert not Report.objects.exists()


@pytest.mark.parametrize("name", ["hide", "restore", "let-through", "keep", "purge"])
def test_only_facilitators_of_this_community_moderate_posts(group, post, reader, lead, name):
    other = groups.facilitator_of(groups.community(), "CHL")
    for person in (reader, other, people.secretariat(), people.member("PER")):
        assert step(name, post, person, reason="Invented").status_code == 404
    assert not Act.objects.exists()
    assert step(name, post, lead, reason="Invented").status_code == 302


def test_a_facilitator_who_steps_down_moderates_no_more(group, post, lead):
    lead.memberships.update(is_facilitator=False)
    assert step("hide", post, lead, reason="With an open page").status_code == 404
    assert not Hiding.objects.exists()


def test_a_moved_thread_is_read_by_the_other_community_alone(group, thread, post, lead, reader):
    other = groups.community()
    groups.join(lead, other, facilitator=True)
    there = groups.member_of(other, "PER")
    thread_step("move", thread, lead, to=other.pk, reason="Fits better")
    assert not access.threads_for(reader).exists()
    assert access.threads_for(there).filter(pk=thread.pk).exists()
    assert found_by(reader) == set()
    assert found_by(there)
    old = reverse("thread", args=[group.slug, thread.pk])
    assert client_of(reader).get(old).status_code == 404
    with pytest.raises(MayNotPostError):
        posting.reply(thread, Said("To where it stood"), reader)
    assert Act.objects.filter(kind="move").count() == 2


def test_nothing_moves_into_a_community_that_one_does_not_facilitate(group, thread, lead):
    foreign = groups.community()
    groups.join(lead, foreign)
    assert thread_step("move", thread, lead, to=foreign.pk).status_code == 400
    thread.refresh_from_db()
    assert thread.community == group


def test_a_closed_thread_takes_no_posts_until_it_is_reopened(thread, lead, reader):
    thread_step("step-close", thread, lead)
    with pytest.raises(MayNotPostError):
        groups.reply(thread, reader)
    thread_step("step-close", thread, lead)
    thread_step("step-reopen", thread, lead)
    groups.reply(thread, reader)
    thread_step("step-pin", thread, lead)
    thread.refresh_from_db()
    assert thread.pinned
    assert list(Act.objects.values_list("kind", flat=True)) == ["pin", "reopen", "close"]
    assert thread_step("step-close", thread, reader).status_code == 404


def test_a_warning_goes_to_the_member_and_the_log(group, lead, reader):
    page = reverse("community-warn", args=[group.slug, reader.pk])
    client_of(lead).post(page, {"reason": "Mind the tone (invented)"})
    (told,) = sent()
    assert told.to == [reader.email]
    assert "Mind the tone (invented)" in told.body
    assert Act.objects.get().user == reader
    assert "Mind the tone" in client_of(lead).get(page).content.decode()


def test_a_removed_member_finds_every_door_closed_at_the_next_request(group, thread, lead, reader):
    session = client_of(reader)
    home = reverse("community", args=[group.slug])
    assert session.get(home).status_code == 200
    page = reverse("community-remove", args=[group.slug, reader.pk])
    client_of(lead).post(page, {"reason": "Invented"})
    assert session.get(home).status_code == 404
    assert session.get(thread.get_absolute_url()).status_code == 404
    assert Viewer.of(reader).audiences.isdisjoint({f"community:{group.pk}"})
    assert Act.objects.filter(kind="remove", user=reader).count() == 1
    (told,) = sent()
    assert told.to == [reader.email]


def test_nobody_removes_or_warns_who_is_not_theirs(group, lead, author, reader):
    other = groups.facilitator_of(groups.community(), "CHL")
    for name in ("community-warn", "community-remove"):
        page = reverse(name, args=[group.slug, reader.pk])
        for person in (author, other, people.secretariat()):
            assert client_of(person).post(page, {"reason": "x"}).status_code == 404
        outside = reverse(name, args=[group.slug, people.member("PER").pk])
        assert client_of(lead).post(outside, {"reason": "x"}).status_code == 404
    assert access.is_in(reader, group)


def test_the_log_is_read_by_facilitators_written_once_and_safe_in_spreadsheets(
    group, post, lead, reader
):
    acting.hide(post, lead, "=HYPERLINK(invented)")
    page, file = (
        reverse(name, args=[group.slug]) for name in ("community-log", "community-log-file")
    )
    assert "HYPERLINK" in client_of(lead).get(page).content.decode()
    assert "'=HYPERLINK" in client_of(lead).get(file).content.decode()
    for address in (page, file):
        assert client_of(reader).get(address).status_code == 404
    with pytest.raises(WrittenOnceError):
        Act.objects.update(reason="Something else")
    with pytest.raises(WrittenOnceError):
        Act.objects.get().delete()


def test_earlier_texts_can_be_deleted_for_good(post, lead):
    EarlierText.objects.create(post=post, text="A name (invented)")
    step("purge", post, lead, reason="It named somebody")
    assert not EarlierText.objects.exists()
    assert Act.objects.get().kind == "purge"


def test_the_desk_and_the_log_cost_the_same_with_many(
    group, thread, lead, author, django_assert_max_num_queries
):
    for number in range(30):
        post = groups.reply(thread, author, f"Said {number} (invented)")
        Report.objects.create(post=post, by=lead, reason="Invented")
        Post.objects.filter(pk=post.pk).update(held=number % 2 == 0)
        Act.objects.create(community=group, kind="pin", by=lead, thread=thread, user=author)
    client = client_of(lead)
    for name in ("community-moderation", "community-log"):
        page = reverse(name, args=[group.slug])
        client.get(page)
        with django_assert_max_num_queries(25):
            client.get(page)
