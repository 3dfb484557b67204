"""A mail is posted once, by whom it is from, where they may; whatever else it is, it is not."""

import re

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from communities.inbound import receiving
from communities.inbound.addresses import reply_address
from communities.inbound.receiving import receive
from communities.models import Act, Hiding, Inbound, MailChoice, Post
from core.markdown import TAGS, rendered
from tests.communities import groups
from tests.communities.inbound.letters import NAMES, expected, mail_of, stored
from tests.mail import sent
from tests.members import people

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


def posts(thread):
    return list(thread.posts.filter(number__gt=1).values_list("text", flat=True))


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


# --- Whose mail it is ---------------------------------------------------------------------
def test_the_address_is_found_wherever_a_server_writes_it(thread, member, address):
    for header in ("Cc", "Delivered-To", "X-Original-To", "Envelope-To"):
        raw = mail_of(member, "list@example.org", **{header.replace("-", "_"): address})
        assert receive(raw).outcome == "posted"
    raw = mail_of(member, "list@example.org")
    assert receive(raw, recipients=[address.upper()]).outcome == "posted"


@pytest.mark.parametrize(
    "spelled",
    [
        "{email}",
        "<{email}>",
        "X <{upper}>",
        "'{email}' <{email}>",
        '"{email}" <{email}>',
        "=?utf-8?q?J=C3=A9?= <{email}>",
    ],
)
def test_a_confirmed_address_counts_however_it_is_spelled(thread, member, address, spelled):
    sender = spelled.format(email=member.email, upper=member.email.upper())
    raw = mail_of(member, address, From=None)
    assert receive(f"From: {sender}\r\n".encode() + raw).outcome == "posted"


@pytest.mark.parametrize(
    "sender",
    [
        "evil@example.net",
        "{email} <evil@example.net>",
        '"{email}" <evil@example.net>',
        "evil@example.net, {email}",
        "{email}, evil@example.net",
        "{email}\r\nFrom: evil@example.net",
        "evil@example.net ({email})",
        "=?utf-8?q?=3C{email}=3E?= <evil@example.net>",
        "<{email}> <evil@example.net>",
        "{email}.evil.example",
        "evil{email}",
        "@example.org:{email}",
        '"a"@example.org',
        "",
    ],
)
def test_a_mail_that_names_anybody_else_is_not_theirs(thread, member, address, sender):
    head = f"From: {sender.format(email=member.email)}\r\n" if sender else ""
    note = receive(head.encode() + mail_of(member, address, From=None))
    assert (note.outcome, note.reason) == ("dropped", "sender")
    assert posts(thread) == []


def test_an_address_that_is_not_confirmed_is_nobodys(thread, member, address):
    raw = mail_of(member, address, From="other@example.org")
    own = member.emailaddress_set.create(email="other@example.org", verified=False)
    assert receive(raw).reason == "sender"
    own.verified = True
    own.save()
    assert receive(mail_of(member, address, From="other@example.org")).outcome == "posted"


def test_the_owner_of_an_address_hears_once_a_day_that_others_use_it(member, address):
    for _time in range(3):
        receive(mail_of(member, address, "Buy this", From="evil@example.net"))
    (told,) = sent()
    assert told.to == [member.email]
    assert "Buy this" not in told.body
    assert "evil" not in told.body


def test_the_address_of_one_is_no_use_to_another(thread, group, address):
    colleague = groups.member_of(group)
    note = receive(mail_of(colleague, address))
    assert note.reason == "sender"
    assert posts(thread) == []
    assert all(mail.to != [colleague.email] for mail in sent())


def test_without_a_true_address_nobody_hears_anything(member, address):
    token = address.split("@")[0]
    for to in ("practice-exchange@example.org", "reply+x@in.example.org", f"{token}@example.net",
               address.replace(address[10], "a" if address[10] != "a" else "b", 1)):  # fmt: skip
        assert receive(mail_of(member, to)).outcome == "dropped"
    assert sent() == []


def test_a_new_key_kills_the_address_at_once(thread, member, address):
    MailChoice.objects.filter(user=member).update(key="another")
    assert receive(mail_of(member, address)).reason == "address"
    assert posts(thread) == []


def test_who_cannot_log_in_any_more_posts_nothing_and_hears_nothing(thread, member, address):
    member.is_active = False
    member.save()
    assert receive(mail_of(member, address)).reason == "account"
    assert posts(thread) == []
    assert sent() == []


# --- What they may ------------------------------------------------------------------------
def refused(raw, reason):
    """The one mail back, of a mail that was not posted."""
    note = receive(raw)
    assert (note.outcome, note.reason) == ("refused", reason)
    assert Post.objects.filter(came_by="mail").count() == 0
    (told,) = sent()
    return told


def test_an_address_dies_with_the_membership(thread, member, address):
    member.memberships.update(left_at="2026-01-01T00:00Z", ending="removed")
    told = refused(mail_of(member, address, "My own words (invented)."), "gone")
    assert told.to == [member.email]
    assert "My own words (invented)." in told.body
    assert thread.title not in told.body + told.subject.replace("Re: A thread (invented)", "")
    assert thread.community.name not in told.body
    assert str(thread.pk) not in told.body


def test_an_address_dies_with_the_role_in_the_alliance(member, address):
    member.roles.update(starts="2019-01-01", ends="2020-01-01")
    refused(mail_of(member, address), "gone")


def test_whoever_comes_back_may_answer_again(thread, group, member, address):
    member.memberships.update(left_at="2026-01-01T00:00Z", ending="left")
    refused(mail_of(member, address), "gone")
    groups.join(member, group)
    assert receive(mail_of(member, address)).outcome == "posted"


def test_a_closed_thread_is_answered_with_why_and_with_the_text(thread, member, address):
    thread.closed_at = "2026-01-01T00:00Z"
    thread.save()
    told = refused(mail_of(member, address, "My own words (invented)."), "closed")
    assert "The thread is closed" in told.body
    assert "My own words (invented)." in told.body
    assert thread.get_absolute_url() in told.body
    assert told.extra_headers["Auto-Submitted"] == "auto-replied"
    assert told.extra_headers["In-Reply-To"].startswith("<")


def test_a_closed_community_says_so(group, member, address):
    group.closed_at = "2026-01-01T00:00Z"
    group.save()
    assert "The community is closed" in refused(mail_of(member, address), "shut").body


def test_what_others_can_read_by_now_is_asked_for_again(thread, group, member, address):
    other = groups.community()
    groups.join(member, other)
    thread.community = other
    thread.save()
    told = refused(mail_of(member, address), "readers")
    assert other.name not in told.body
    assert thread.get_absolute_url() in told.body


def test_a_text_for_few_is_not_posted_to_everybody(group, member, address):
    group.visibility = "public"
    group.save()
    refused(mail_of(member, address), "readers")


def test_a_thread_moved_out_of_sight_is_gone(thread, member, address):
    thread.community = groups.community()
    thread.save()
    told = refused(mail_of(member, address), "gone")
    assert "/communities/" not in told.body


def test_a_thread_that_is_gone_or_hidden_is_gone(thread, member, address):
    Hiding.objects.create(post=thread.posts.get(number=1), reason="Invented")
    told = refused(mail_of(member, address), "gone")
    assert "/communities/" not in told.body
    thread.delete()
    assert receive(mail_of(member, address)).reason == "gone"


def test_a_visitor_of_a_public_community_does_not_answer_by_mail(db):
    group = groups.community(visibility="public")
    thread = groups.thread(group, groups.member_of(group))
    outsider = people.member("COL")
    refused(mail_of(outsider, reply_address(outsider, thread)), "gone")
    groups.join(outsider, group)
    raw = mail_of(outsider, reply_address(outsider, thread))
    assert receive(raw).outcome == "posted"


def test_the_mail_back_speaks_the_language_of_its_reader(thread, group):
    member = groups.member_of(group, language="fr")
    thread.closed_at = "2026-01-01T00:00Z"
    thread.save()
    told = refused(mail_of(member, reply_address(member, thread)), "closed")
    assert f"/fr/communities/{group.slug}/" in told.body


# --- Limits -------------------------------------------------------------------------------
def test_who_writes_too_often_hears_so_and_keeps_the_text(thread, member, address, settings):
    limits = {**settings.ACCOUNT_RATE_LIMITS, "post_message": "2/h/key"}
    settings.ACCOUNT_RATE_LIMITS = limits
    for _time in range(2):
        assert receive(mail_of(member, address)).outcome == "posted"
    note = receive(mail_of(member, address, "The third (invented)."))
    assert (note.outcome, note.reason) == ("refused", "often")
    assert len(posts(thread)) == 2
    assert "The third (invented)." in sent()[-1].body


def test_nobody_is_flooded_with_refusals(thread, member, address, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "inbound_answer": "2/h/key"}
    thread.closed_at = "2026-01-01T00:00Z"
    thread.save()
    for _time in range(5):
        assert receive(mail_of(member, address)).outcome == "refused"
    assert len(sent()) == 2


def test_a_text_that_is_too_long_comes_back_whole(member, address):
    text = "\n".join(["A line (invented)."] * 1500)
    told = refused(mail_of(member, address, text), "long")
    assert told.body.count("A line (invented).") == 1500


def test_a_mail_without_new_text_is_asked_for_again(member, address):
    told = refused(stored("nothing-new-en", member.email, address), "empty")
    assert "no new text" in told.body


# --- What waits ---------------------------------------------------------------------------
def test_the_first_post_of_a_new_member_waits(group, thread, member, address):
    group.holds_first_posts = True
    group.save()
    note = receive(mail_of(member, address))
    assert note.outcome == "held"
    assert thread.posts.get(number=2).held
    (told,) = sent()
    assert told.to == [member.email]
    assert "facilitator" in told.body


@pytest.mark.parametrize("doubt", ["domain", "provider"])
def test_what_may_be_forged_waits_for_a_facilitator(thread, member, address, doubt):
    says = "mx.example.org; dkim=none; dmarc=fail (p=NONE) header.from=example.org"
    raw = mail_of(member, address, Authentication_Results=says if doubt == "domain" else None)
    assert receive(raw, doubtful=doubt == "provider").outcome == "held"
    assert thread.posts.get(number=2).held


def test_what_its_domain_has_sent_does_not_wait(thread, member, address):
    says = "mx.example.org; dkim=pass; dmarc=pass header.from=example.org"
    assert receive(mail_of(member, address, Authentication_Results=says)).outcome == "posted"


# --- What is kept -------------------------------------------------------------------------
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


# --- Whatever comes -----------------------------------------------------------------------
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
