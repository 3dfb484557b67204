"""A mail is posted once, by whom it is from, where they may; whatever else it is, it is not."""

import re

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from communities.inbound import receiving
from communities.inbound.addresses import reply_address
from communities.inbound.receiving import receive
from communities.models import Act, Inbound
from core.markdown import TAGS, rendered
from tests.communities import groups
from tests.communities.inbound.letters import NAMES, expected, mail_of, stored
from tests.communities.inbound.outcome import posts
from tests.mail import sent

pytestmark = pytest.mark.django_db
PIECES = st.sampled_from(
    [
        *(
            b"\r\n",
            b"\r\n\r\n",
            b"\n",
            b" ",
            b":",
            b"--b\r\n",
            b"--b--",
            b"word ",
            b"\xff",
            b"\x00",
        ),
        *(b"Content-Type: multipart/mixed; boundary=b\r\n", b"Content-Type: text/html\r\n"),
        *(b"Content-Type: text/calendar; method=REPLY\r\n", b"Content-Type: message/rfc822\r\n"),
        *(b"Content-Disposition: attachment; filename=a.pdf\r\n", b"Subject: x\r\n", b"-- \r\n"),
        *(b"Content-Transfer-Encoding: base64\r\n", b"charset=x", b"> ", b"On 1:00 <a@b> wrote:"),
        *(b"<blockquote type=cite>", b"<p>", b"Auto-Submitted: yes\r\n", b"=?utf-8?b?w6k=?="),
    ]
)


def test_an_answer_is_posted_signed_and_told_to_whom_it_concerns(thread, member, asker, address):
    note = receive(mail_of(member, address))
    assert (note.outcome, note.reason) == ("posted", "")
    post = thread.posts.get(number=2)
    assert note.post == post
    assert (post.author, post.country, post.came_by) == (member, "GEO", "mail")
    assert post.text == "An answer by mail (invented)."
    assert post.notices.get().user == asker


def test_an_answer_to_a_post_quotes_it(thread, member, asker):
    post = groups.reply(thread, asker)
    receive(mail_of(member, reply_address(member, post)))
    assert thread.posts.get(number=3).quoted == post


@pytest.mark.parametrize("times", [2, 3])
def test_the_same_mail_is_posted_once(thread, member, address, times):
    raw = mail_of(member, address)
    notes = {receive(raw).pk for _time in range(times)}
    assert len(notes) == 1
    assert len(posts(thread)) == 1


def test_the_same_mail_without_an_id_is_posted_once(thread, member, address):
    raw = mail_of(member, address, Message_ID=None)
    assert receive(raw) == receive(raw)
    assert len(posts(thread)) == 1
    receive(mail_of(member, address, "Another (invented).", Message_ID=None))
    assert len(posts(thread)) == 2


@pytest.mark.parametrize("name", ["gmail-web-ar", "outlook-html-only-fr", "thunderbird-es"])
def test_mails_of_real_programs_are_posted(group, thread, name):
    first, last = NAMES[name.rpartition("-")[2]].split()
    member = groups.member_of(group)
    member.first_name, member.last_name = first, last
    member.save()
    receive(stored(name, member.email, reply_address(member, thread)))
    assert posts(thread) == [expected(name)]


# --- What is kept ---------------------------------------------------------------------------
def test_nothing_of_a_mail_is_kept_but_what_became_of_it(thread, member, address):
    thread.closed_at = "2026-01-01T00:00Z"
    thread.save()
    receive(mail_of(member, address, "CANARY in the text", Subject="CANARY in the subject"))
    kept = str(Inbound.objects.values().get())
    assert "CANARY" not in kept
    assert member.email not in kept
    assert Act.objects.count() == 0


def test_old_notes_go(member, address, monkeypatch):
    monkeypatch.setattr(receiving, "_NOW_AND_THEN", 1)
    old = Inbound.objects.create(message_id="<old>", outcome="dropped")
    receive(mail_of(member, address))
    assert Inbound.objects.count() == 2
    Inbound.objects.filter(pk=old.pk).update(received_at="2020-01-01T00:00Z")
    receive(mail_of(member, address))
    assert not Inbound.objects.filter(pk=old.pk).exists()


# --- Whatever comes ---------------------------------------------------------------------------
@examples(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(PIECES, max_size=60).map(b"".join))
def test_no_mail_to_a_true_address_fails(thread, member, address, settings, body):
    """Each is posted, refused or dropped, and what is posted can be shown."""
    settings.ACCOUNT_RATE_LIMITS = {}
    head = f"From: {member.email}\r\nTo: {address}\r\n".encode()
    note = receive(head + body)
    assert note.outcome in Inbound.Outcome.values
    assert note.post is None or rendered(note.post.text)


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "![x](https://evil.example/pixel.png)",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "{{ 7*7 }} {% load x %}",
    "`<b>`\n\n    <script>",
    "a\u202eb\u2066c\x00d",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("kind", ["plain", "html"])
def test_what_comes_by_mail_can_do_nothing_but_be_read(thread, member, address, text, kind):
    raw = mail_of(member, address, f"Look: {text}")
    if kind == "html":
        raw = raw.replace(b"text/plain", b"text/html")
    shown = rendered(receive(raw).post.text)
    tags = set(re.findall(r"<(\w+)", shown))
    assert tags <= TAGS
    assert not re.search(r"<[^>]*(?:javascript:|onerror|src=)", shown)
    assert "\u202e" not in shown


def test_a_subject_with_line_ends_adds_no_header_to_the_mail_back(thread, member, address):
    thread.closed_at = "2026-01-01T00:00Z"
    thread.save()
    raw = mail_of(member, address).replace(
        b"Subject: Re: A thread (invented)",
        b"Subject: =?utf-8?q?x=0D=0ABcc=3A_evil=40example.net?=",
    )
    assert receive(raw).reason == "closed"
    (told,) = sent()
    message = told.message()
    assert told.recipients() == [member.email]
    assert message["Bcc"] is None
    assert "\n" not in told.subject
