"""Mentions and answers: one mail for each post and person, to those who may read it then (L11)."""

import datetime

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from communities.mailing import telling
from communities.models import Hiding, Notice, Quiet, Thread
from tests.communities import groups
from tests.communities.mailing.telling import html_of, told_at_once, waiting, whole
from tests.kept import kept
from tests.mail import sent
from tests.members import people

pytestmark = pytest.mark.django_db
CANARY = "CNRYpost1f7a"


@kept
def group():
    return groups.community()


@kept
def asker(group):
    return groups.member_of(group, "GEO")


@kept
def peer(group):
    return groups.member_of(group, "MEX")


@kept
def thread(group, asker):
    return groups.thread(group, asker, title=f"Title {CANARY}")


def test_who_asked_is_told_of_the_answer_at_once_and_nobody_else(group, thread, asker, peer):
    groups.member_of(group, "CHL")
    groups.reply(thread, peer, "We count them at school (invented).")
    (mail,) = told_at_once()
    assert mail.to == [asker.email]
    assert "We count them at school (invented)." in mail.body
    assert f"{peer.get_full_name()} (Statistical office of MEX (invented), MEX)" in mail.body
    assert peer.email not in whole(mail)
    assert f"/en/communities/{group.slug}/threads/{thread.pk}/#post-2" in mail.body
    assert "Only the 3 members of" in mail.body
    assert told_at_once() == [mail]


def test_each_post_is_a_mail_of_its_own_and_each_is_sent_once(thread, asker, peer):
    for number in range(3):
        groups.reply(thread, peer, f"Answer {number} (invented)")
    assert len(told_at_once()) == 3
    assert len(told_at_once()) == 3
    assert Notice.objects.filter(user=asker, mailed_at=None).count() == 0


def test_who_is_mentioned_is_told_and_once_for_both_reasons(group, thread, asker, peer):
    named = groups.member_of(group, "COL")
    groups.reply(thread, peer, mentioned=[named.pk, asker.pk])
    mails = told_at_once()
    assert {mail.to[0] for mail in mails} == {named.email, asker.email}
    assert all("because you are mentioned" in mail.body for mail in mails)


def test_a_mention_in_a_first_post_is_told_too(group, asker, peer):
    groups.thread(group, asker, mentioned=[peer.pk])
    (mail,) = told_at_once()
    assert mail.to == [peer.email]
    assert not mail.subject.startswith("Re:")


def test_the_text_is_not_in_the_queue(thread, peer):
    groups.reply(thread, peer, f"Secret {CANARY}")
    telling.tell.func()
    assert waiting().count() == 1
    assert not any(CANARY in str(row.args_kwargs) for row in DBTaskResult.objects.all())
    assert f"Secret {CANARY}" in sent()[0].body


# --- L11: rights are asked when it leaves -------------------------------------------------
def hide(post, **_):
    Hiding.objects.create(post=post, reason="Because")


def hold(post, **_):
    post.held = True
    post.save()


def take_back(post, **_):
    post.withdrawn_at = timezone.now()
    post.text = ""
    post.save()


def hide_the_first(post, **_):
    Hiding.objects.create(post=post.thread.posts.get(number=1), reason="Because")


def move(post, **_):
    Thread.objects.filter(pk=post.thread_id).update(community=groups.community())


def delete(post, **_):
    post.delete()


def remove(asker, **_):
    asker.memberships.update(left_at=timezone.now(), ending="removed")


def leave(asker, **_):
    asker.memberships.update(left_at=timezone.now(), ending="left")


def end_the_role(asker, **_):
    asker.roles.update(ended_at=timezone.now())


def deactivate(asker, **_):
    asker.is_active = False
    asker.save()


def want_no_more(asker, post, **_):
    Quiet.objects.create(user=asker, thread=post.thread)


ENDINGS = [
    *(hide, hold, take_back, hide_the_first, move, delete),
    *(remove, leave, end_the_role, deactivate, want_no_more),
]


@pytest.mark.parametrize("ending", ENDINGS, ids=lambda ending: ending.__name__)
@pytest.mark.parametrize("late", [False, True], ids=["before it is queued", "when it is queued"])
def test_what_ended_before_it_leaves_is_told_to_nobody(thread, asker, peer, ending, late):
    post = groups.reply(thread, peer, f"Text {CANARY}")
    standing = groups.reply(groups.thread(thread.community, asker), peer, "Standing (invented)")
    if late:
        telling.tell.func()
    ending(post=post, asker=asker)
    mails = told_at_once()
    assert not any(CANARY in whole(mail) for mail in mails)
    assert len(mails) == (1 if ending in ENDINGS[:6] or ending is want_no_more else 0)
    settled = Notice.objects.filter(user=asker, post__in=[post.pk or 0, standing.pk])
    assert not settled.filter(settled_at=None).exists()
    assert told_at_once() == mails


def test_facilitators_are_not_mailed_what_they_see_hidden(group, peer):
    leading = groups.facilitator_of(group, "COL")
    thread = groups.thread(group, leading)
    hide(groups.reply(thread, peer, f"Text {CANARY}"))
    groups.reply(thread, peer, "Standing (invented)")
    (mail,) = told_at_once()
    assert "Standing (invented)" in mail.body


def test_a_former_member_of_a_public_community_is_not_mailed(peer):
    group = groups.community(visibility="public")
    asker = groups.member_of(group, "CHL")
    groups.join(peer, group)
    thread = groups.thread(group, asker)
    groups.reply(thread, peer)
    remove(asker)
    assert told_at_once() == []
    asker.memberships.update(left_at=None, ending="")
    groups.reply(thread, peer)
    assert len(told_at_once()) == 1


def test_a_held_post_is_told_when_it_is_let_through(group, thread, asker):
    from communities import posting

    group.holds_first_posts = True
    group.save()
    newcomer = groups.member_of(group, "KEN")
    post = groups.reply(thread, newcomer)
    assert told_at_once() == []
    post.held = False
    post.save()
    posting.release(post)
    assert [mail.to for mail in told_at_once()] == [[asker.email]]


# --- A06: no flood ------------------------------------------------------------------------
def hours_pass(hours=2):
    for row in Notice.objects.exclude(mailed_at=None):
        row.mailed_at -= datetime.timedelta(hours=hours)
        row.save()


def test_nobody_gets_more_than_so_many_mails_and_nothing_is_lost(thread, asker, peer):
    for number in range(30):
        groups.reply(thread, peer, f"Answer {number} (invented)")
    assert len(told_at_once()) == telling.MOST_A_MINUTE
    assert len(told_at_once()) == telling.MOST_A_MINUTE
    while Notice.objects.filter(user=asker, settled_at=None).exists():
        hours_pass()
        told_at_once()
    mails = told_at_once()
    assert len(mails) == 30
    assert len({mail.extra_headers["Message-ID"] for mail in mails}) == 30


def test_an_hour_has_its_limit_too(thread, asker, peer):
    for _each in range(telling.MOST_AN_HOUR + 5):
        groups.reply(thread, peer)
    for _minute in range(10):
        for row in Notice.objects.exclude(mailed_at=None):
            row.mailed_at -= datetime.timedelta(minutes=2)
            row.save()
        told_at_once()
    assert len(told_at_once()) == telling.MOST_AN_HOUR


def test_the_limit_of_one_is_not_that_of_another(group, thread, asker, peer):
    other = groups.member_of(group, "KEN")
    another = groups.thread(group, other)
    for _each in range(10):
        groups.reply(thread, peer)
    groups.reply(another, peer)
    assert other.email in [mail.to[0] for mail in told_at_once()]


def test_what_a_limit_or_a_lost_run_left_is_looked_for(thread, peer):
    groups.reply(thread, peer)
    DBTaskResult.objects.all().delete()
    telling.ask_for_what_waits(False)
    assert not DBTaskResult.objects.exists()  # its own run may be on its way
    Notice.objects.update(created_at=timezone.now() - 2 * telling.MINUTE)
    telling.ask_for_what_waits(False)
    telling.ask_for_what_waits(False)
    assert DBTaskResult.objects.filter(task_path=telling.tell.module_path).count() == 1


def test_a_run_comes_with_the_post_or_not_at_all(thread, peer):
    """G05: nothing is queued for what was rolled back."""
    from django.db import transaction

    DBTaskResult.objects.all().delete()
    with transaction.atomic():
        groups.reply(thread, peer)
        assert DBTaskResult.objects.filter(task_path=telling.tell.module_path).exists()
        transaction.set_rollback(True)
    assert not DBTaskResult.objects.exists()
    groups.reply(thread, peer)
    assert DBTaskResult.objects.filter(task_path=telling.tell.module_path).count() == 1


# --- How it reads -------------------------------------------------------------------------
def test_html_and_text_say_the_same_and_html_can_do_nothing(thread, peer):
    groups.reply(thread, peer, "See **this** <script>alert(1)</script> [page](/en/practices/)")
    (mail,) = told_at_once()
    html = html_of(mail)
    assert "<strong>this</strong>" in html
    assert "<script>" not in html
    assert 'href="http://127.0.0.1:8000/en/practices/"' in html
    assert "**this** <script>" in mail.body


def test_titles_and_texts_keep_their_own_language(group, asker, peer):
    peer.language = "ar"
    peer.save()
    thread = groups.thread(group, peer, title="Une question (inventée)", language="fr")
    groups.reply(thread, asker, "Une réponse (inventée).")
    html = html_of(told_at_once()[0])
    assert '<html lang="ar" dir="rtl">' in html
    assert '<h1 lang="fr" dir="ltr">Une question (inventée)</h1>' in html
    assert '<div class="text" lang="fr" dir="auto">' in html


def test_a_quotation_is_shown_as_far_as_it_may_be_read(group, thread, asker, peer):
    quoted = groups.reply(thread, asker, "Quoted words (invented).")
    groups.reply(thread, peer, quoted=quoted)
    assert "Quoted words (invented)." in told_at_once()[0].body
    hide(quoted)
    groups.reply(thread, peer, quoted=quoted)
    assert "Quoted words (invented)." not in told_at_once()[1].body


def test_a_line_break_in_a_title_or_name_makes_no_header(group, asker, peer):
    """A10."""
    peer.first_name = "Invented\r\nBcc: other@example.org"
    peer.save()
    open_to_members = groups.community("Open\r\nBcc: other@example.org", visibility="members")
    for user in (asker, peer):
        groups.join(user, open_to_members)
    thread = groups.thread(open_to_members, asker, title="Title\r\nBcc: other@example.org")
    groups.reply(thread, peer)
    (mail,) = told_at_once()
    message = mail.message()
    assert mail.recipients() == [asker.email]
    assert message["Bcc"] is None
    assert "\n" not in message["Subject"].replace("\n ", "")


def test_how_to_answer_is_said(thread, asker, peer, settings):
    settings.INBOUND_DOMAIN = ""
    groups.reply(thread, peer)
    (mail,) = told_at_once()
    assert "To answer, open the thread" in mail.body
    assert "Reply-To" not in mail.extra_headers


def test_a_person_without_the_right_to_it_learns_nothing_from_the_mail_of_others(
    group, thread, peer
):
    outsider = people.member("PER")
    groups.reply(thread, peer, mentioned=[outsider.pk])
    assert outsider.email not in [mail.to[0] for mail in told_at_once()]
