"""Whatever happens to a post happens to it in the search, in the same transaction."""

from contextlib import suppress

import pytest
from django.core.management import call_command
from django.db import transaction

from communities.groups import setting_up
from communities.groups.leaving import leave
from communities.models import Membership
from communities.moderation import acting
from communities.threads import saying
from members.erasing import erase
from search.encoding import encode_all
from search.models import IndexedDocument
from tests.communities import groups
from tests.communities.searching.conftest import TEXT, TITLE, keys
from tests.kept import kept

pytestmark = pytest.mark.django_db
WORDS = ("zzbrindle", "zzfirst", "zzanswer", "zzfiled")


def seen(user):
    """The words of the thread by which this person finds anything now."""
    user = type(user).objects.get(pk=user.pk)
    return {word for word in WORDS if keys(user, word)}


@pytest.fixture
def whole(thread, answer, file):
    """The thread with its answer and its file."""
    return thread


@kept
def lead(group):
    return groups.facilitator_of(group, "COL")


@pytest.fixture(autouse=True)
def in_order(request, db):
    """After each of these tests the index must be what its sources say."""
    yield
    encode_all()
    with suppress(SystemExit):
        call_command("verify_index")
        return
    pytest.fail("verify_index found something")


def test_an_edited_text_is_found_by_its_new_words_alone(whole, answer, peer):
    saying.edit(answer, saying.Edited("Zzedited instead."), peer)
    assert keys(peer, "zzanswer") == set()
    assert keys(peer, "zzedited") == {f"post:{answer.pk}"}


def test_a_new_title_reaches_the_answers_and_the_files(whole, answer, file, asker, peer):
    first = whole.posts.get(number=1)
    saying.edit(first, saying.Edited(TEXT, title="Zzretitled question"), asker)
    assert keys(peer, "zzbrindle") == set()
    for kind in ("thread", "attachment"):
        assert keys(peer, "zzretitled", kind=(kind,))
        assert not keys(peer, "zzbrindle", kind=(kind,))


def test_what_is_taken_back_is_gone_with_its_files(whole, answer, file, peer):
    saying.take_back(answer, peer)
    saying.take_back(file.post, peer)
    assert seen(peer) == {"zzbrindle", "zzfirst"}


def test_what_is_hidden_is_gone_and_what_is_restored_is_back(whole, answer, file, peer, lead):
    acting.hide(answer, lead, "Invented")
    acting.hide(file.post, lead, "Invented")
    assert seen(peer) == seen(lead) == {"zzbrindle", "zzfirst"}
    acting.restore(answer, lead)
    acting.restore(file.post, lead)
    assert seen(peer) == set(WORDS)


def test_with_its_first_post_the_whole_thread_is_hidden(whole, peer, lead):
    first = whole.posts.get(number=1)
    acting.hide(first, lead, "Invented")
    assert seen(peer) == seen(lead) == set()
    acting.restore(first, lead)
    assert seen(peer) == set(WORDS)


def test_a_held_post_is_found_when_it_is_let_through(group, whole, peer, lead):
    group.holds_first_posts = True
    group.save()
    newcomer = groups.member_of(group, "CHL")
    post = groups.reply(whole, newcomer, "A zzheld answer.")
    assert keys(peer, "zzheld") == keys(newcomer, "zzheld") == set()
    acting.let_through(post, lead)
    assert keys(peer, "zzheld") == {f"post:{post.pk}"}


def test_a_moved_thread_changes_its_readers(whole, peer, lead):
    other = groups.community()
    inside = groups.member_of(other, "CHL")
    acting.move(whole, other, lead)
    assert (seen(peer), seen(inside)) == (set(), set(WORDS))


def test_a_deleted_thread_is_gone(whole, peer):
    whole.delete()
    assert seen(peer) == set()
    assert not IndexedDocument.objects.filter(withdrawn=False).exists()


def test_a_deleted_community_is_gone(group, whole, peer):
    group.delete()
    assert seen(peer) == set()
    assert not IndexedDocument.objects.filter(withdrawn=False).exists()


def changed(group, lead, **values):
    told = setting_up.values_of(group) | values
    assert setting_up.change(group, told, lead, setting_up.mark_of(group))


def test_a_community_that_opens_and_closes_takes_its_texts_along(group, whole, peer, lead):
    stranger = groups.member_of(groups.community(), "CHL")
    assert seen(stranger) == set()
    changed(group, lead, visibility="public")
    assert keys(None, "zzbrindle")
    group.refresh_from_db()
    changed(group, lead, visibility="members")
    assert seen(stranger) == set()
    assert keys(None, "zzbrindle") == set()
    assert seen(peer) == set(WORDS)


def test_other_topics_of_a_community_are_found_by(vocabulary, group, whole, peer, lead):
    changed(group, lead, themes=["surveys"], region="145")
    assert keys(peer, "", theme=("surveys",), kind=("thread",)) == {f"thread:{whole.pk}"}


def test_who_leaves_finds_nothing_at_the_next_query(group, whole, peer):
    assert seen(peer) == set(WORDS)
    leave(group, peer)
    assert seen(peer) == set()


def test_who_is_removed_or_loses_the_role_or_the_account_finds_nothing(group, whole):
    removed, ended, closed = (groups.member_of(group, code) for code in ("CHL", "PER", "COL"))
    assert all(seen(user) == set(WORDS) for user in (removed, ended, closed))
    Membership.objects.filter(user=removed).update(left_at="2026-01-01T00:00Z", ending="removed")
    ended.roles.update(starts="2019-01-01", ends="2020-01-01")
    type(closed).objects.filter(pk=closed.pk).update(is_active=False)
    assert [seen(user) for user in (removed, ended, closed)] == [set()] * 3


def test_what_a_person_said_stays_when_they_leave_the_site(whole, answer, file, asker, peer):
    other = groups.member_of(whole.community, "CHL")
    with transaction.atomic():
        erase(peer)
    assert seen(other) == set(WORDS)


def test_a_change_that_is_taken_back_leaves_the_search_as_it_was(whole, answer, peer, lead):
    with suppress(ZeroDivisionError), transaction.atomic():
        acting.hide(answer, lead, "Invented")
        assert "zzanswer" not in seen(peer)
        raise ZeroDivisionError
    assert seen(peer) == set(WORDS)


def test_the_commands_know_the_texts_of_communities(whole, answer, file, peer):
    IndexedDocument.objects.all().delete()
    with pytest.raises(SystemExit):
        call_command("verify_index")
    call_command("reindex", source=["thread"])
    assert keys(peer, TITLE) == {f"thread:{whole.pk}"}
    call_command("reindex")
    assert seen(peer) == set(WORDS)
