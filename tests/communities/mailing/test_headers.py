"""What the headers of mails say: one thread in every mail program, a list, a way out, no name."""

import pytest

from communities.mailing import headers
from communities.models import MailChoice
from tests.communities import groups
from tests.communities.mailing.telling import digests, told_at_once

pytestmark = pytest.mark.django_db
MONDAY = "2030-01-07T06:00+00:00"


@pytest.fixture(params=["private", "members", "public"])
def group(request):
    return groups.community(visibility=request.param)


@pytest.fixture
def asker(group):
    return groups.member_of(group, "GEO")


@pytest.fixture
def peer(group):
    return groups.member_of(group, "MEX")


def of(mail):
    return mail.message()


def test_the_mails_of_a_thread_stand_together_for_everybody(group, asker, peer):
    third = groups.member_of(group, "COL")
    thread = groups.thread(group, asker, mentioned=[peer.pk])
    second = groups.reply(thread, peer, mentioned=[third.pk])
    groups.reply(thread, third, quoted=second)
    posts = list(thread.posts.all())
    mails = [of(mail) for mail in told_at_once()]
    first, second, third = (
        [mail for mail in mails if mail["Message-ID"] == headers.message_id(post)] for post in posts
    )
    assert [len(first), len(second), len(third)] == [1, 2, 2]
    assert first[0]["In-Reply-To"] is None
    assert {mail["References"] for mail in second} == {headers.message_id(posts[0])}
    both = f"{headers.message_id(posts[0])} {headers.message_id(posts[1])}"
    assert {mail["In-Reply-To"] for mail in third} == {headers.message_id(posts[1])}
    assert {mail["References"] for mail in third} == {both}


def test_the_id_of_a_post_can_be_guessed_by_nobody_and_is_never_another(group, asker, settings):
    post = groups.thread(group, asker).posts.get()
    known = headers.message_id(post)
    settings.SECRET_KEY = "another"
    assert headers.message_id(post) != known
    assert f"post-{post.pk}." in known
    assert known.endswith("@127.0.0.1>")


def test_a_list_has_the_name_of_its_community_unless_that_is_private(group, asker, peer):
    groups.reply(groups.thread(group, asker), peer)
    mail = of(told_at_once()[0])
    assert (group.slug in mail["List-Id"]) is not group.is_private
    every = " ".join(f"{name}: {value}" for name, value in mail.items())
    if group.is_private:
        assert group.slug not in every
        assert group.name not in every
        assert mail["List-Id"] == headers.list_id(group)


def test_a_mail_can_be_stopped_with_one_click_and_starts_no_machine(group, asker, peer):
    groups.reply(groups.thread(group, asker), peer)
    mail = of(told_at_once()[0])
    assert mail["List-Unsubscribe"].startswith("<http://127.0.0.1:8000/en/communities/mail/stop/")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Precedence"] == "list"


def test_the_answer_goes_to_an_address_of_its_own_where_mail_is_taken_in(
    group, asker, peer, settings
):
    settings.INBOUND_DOMAIN = "in.example.org"
    groups.reply(groups.thread(group, asker), peer)
    (mail,) = told_at_once()
    assert of(mail)["Reply-To"].endswith("@in.example.org")
    assert "To answer, reply to this mail" in mail.body


def test_the_title_is_in_the_subject_unless_the_community_is_private(group, asker, peer):
    thread = groups.thread(group, asker, title="A title (invented)")
    groups.reply(thread, peer)
    subject = told_at_once()[0].subject
    if group.is_private:
        assert subject == f"Re: Thread {thread.pk} in a private community"
    else:
        assert subject == f"Re: [{group.name}] A title (invented)"


def test_a_digest_has_the_headers_of_a_list_too(group, asker, peer):
    from datetime import datetime

    MailChoice.objects.create(user=peer, rhythm="daily")
    groups.thread(group, asker)
    mail = of(digests(datetime.fromisoformat(MONDAY))[0])
    assert mail["To"] == peer.email
    assert mail["List-Id"] == "<digest.communities.127.0.0.1>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Message-ID"].startswith("<digest-2030-01-07.")
    assert mail["Precedence"] == "bulk"
