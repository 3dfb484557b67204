"""Answers lie in a real mailbox: each is posted once, then put away, whatever breaks meanwhile."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from imap_tools import BaseMailBox

from communities.inbound import mailbox
from communities.inbound.place import Mailbox, MailboxError, mailbox_at
from communities.models import Inbound
from tests.communities import groups
from tests.communities.inbound import post_office
from tests.communities.inbound.letters import mail_of
from tests.communities.mailing.telling import told_at_once
from tests.mail import sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(tmp_path, settings, monkeypatch):
    with post_office.opened(tmp_path / "mail") as opened:
        # The certificate is known to nobody else.
        monkeypatch.setenv("SSL_CERT_FILE", str(opened.certificate))
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = opened.smtp
        settings.MAILBOX_URL = opened.url()
        yield opened


def fetch(**options):
    told = StringIO()
    call_command("fetch_mail", stdout=told, **options)
    return told.getvalue().strip()


def answer_to(told, text):
    """What a mail program makes of a mail that somebody answers."""
    from email.message import EmailMessage
    from email.policy import SMTP

    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = told.to[0], told.reply_to[0]
    message["Subject"] = f"Re: {told.subject}"
    message["Message-ID"] = "<answer-1@office.example.org>"
    message["In-Reply-To"] = told.headers["message-id"][0]
    quoted = "\n".join(f"> {line}" for line in told.text.splitlines())
    when = "On 23 Nov 2026, at 09:41"
    message.set_content(f"{text}\n\n{when}, {told.from_} wrote:\n\n{quoted}\n")
    return message.as_bytes()


def test_the_whole_circle(office, group, thread, asker, member):
    """A post is told by mail; a mail program answers; the answer stands in the thread."""
    groups.reply(thread, member, "We count them once a year (invented).")
    told_at_once()
    with office.box("member") as box:
        (told,) = list(box.fetch())
    assert told.to == (asker.email,)
    assert "We count them once a year (invented)." in told.text
    office.send(answer_to(told, "Thank you! And before?"), asker.email, told.reply_to[0])
    assert office.subjects() == [f"Re: {told.subject}"]
    assert fetch() == "1 posted"
    post = thread.posts.last()
    assert (post.text, post.author, post.came_by) == ("Thank you! And before?", asker, "mail")
    assert post.quoted == thread.posts.get(number=2)
    assert office.subjects() == []
    assert office.subjects("Processed") == [f"Re: {told.subject}"]
    # Whoever wrote the post hears of the answer, and can answer in turn.
    told_at_once()
    with office.box("member") as box:
        again = list(box.fetch())[-1]
    assert again.to == (member.email,)
    assert "Thank you! And before?" in again.text
    assert "We count them once a year" not in again.text.partition("Thank you!")[2]


def test_a_refusal_reaches_the_mailbox_of_whoever_wrote(office, thread, member, address):
    member.memberships.update(left_at="2026-01-01T00:00Z", ending="removed")
    office.send(mail_of(member, address, "My own words (invented)."), member.email, address)
    assert fetch() == "1 refused"
    sent()
    with office.box("member") as box:
        (told,) = list(box.fetch())
    assert "My own words (invented)." in told.text
    assert told.headers["auto-submitted"] == ("auto-replied",)
    assert office.subjects("Refused") == ["Re: A thread (invented)"]
    # What came of it is no answer to anything.
    office.send(told.obj.as_bytes(), "", address)
    assert fetch() == "1 dropped"


@pytest.mark.parametrize("scheme", ["imaps", "imap+starttls", "imap"])
def test_each_way_to_the_mailbox_works(office, thread, member, address, settings, scheme):
    settings.MAILBOX_URL = office.url(scheme)
    office.send(mail_of(member, address), member.email, address)
    assert fetch() == "1 posted"
    assert fetch() == ""


def test_the_same_mail_twice_is_posted_once(office, thread, member, address):
    raw = mail_of(member, address)
    for _time in range(3):
        office.send(raw, member.email, address)
    assert fetch() == "3 posted"
    assert thread.posts.count() == 2
    assert office.subjects() == []


def test_what_is_cut_off_before_a_mail_is_put_away_posts_nothing_twice(
    office, thread, member, address, monkeypatch
):
    office.send(mail_of(member, address), member.email, address)

    def cut_off(self, *args, **kwargs):
        raise OSError("The line is cut.")

    with monkeypatch.context() as broken:
        broken.setattr(BaseMailBox, "move", cut_off)
        with pytest.raises(CommandError, match="could not be read"):
            fetch()
    assert thread.posts.count() == 2
    assert len(office.subjects()) == 1
    assert fetch() == "1 posted"
    assert thread.posts.count() == 2
    assert office.subjects() == []


def test_a_mail_that_cannot_be_stored_stays_and_the_others_are_posted(
    office, thread, member, address, monkeypatch
):
    from django.db import DatabaseError

    office.send(mail_of(member, address, Subject="First"), member.email, address)
    office.send(mail_of(member, address, Subject="Second"), member.email, address)
    whole = mailbox.receive

    def receive(raw):
        if b"Subject: First" in raw:
            raise DatabaseError("The disk is full.")
        return whole(raw)

    with monkeypatch.context() as broken:
        broken.setattr(mailbox, "receive", receive)
        with pytest.raises(CommandError, match="1 mails could not be taken in"):
            fetch()
    assert office.subjects() == ["First"]
    assert thread.posts.count() == 2
    assert fetch() == "1 posted"
    assert thread.posts.count() == 3


def test_a_mail_is_not_marked_as_read_until_it_is_put_away(office, member, address):
    office.send(mail_of(member, address), member.email, address)
    with office.box("site") as box:
        mailbox._fetched(box, box.uids()[0])
        assert "\\Seen" not in next(box.fetch(mark_seen=False)).flags


def test_strangers_mail_is_put_away_too(office, member):
    office.send(b"From: x@example.net\r\nTo: y@in.example.org\r\n\r\nBuy", "x@example.net",
                "y@in.example.org")  # fmt: skip
    assert fetch() == "1 dropped"
    assert office.subjects() == []
    assert Inbound.objects.get().reason == "address"
    assert sent() == []


@pytest.mark.parametrize("kind", ["password", "certificate", "server", "folder"])
def test_a_mailbox_that_cannot_be_read_says_so_without_the_password(
    office, settings, monkeypatch, kind
):
    if kind == "password":
        settings.MAILBOX_URL = office.url(password="wrong-secret")
    if kind == "certificate":
        monkeypatch.delenv("SSL_CERT_FILE")
    if kind == "server":
        settings.MAILBOX_URL = "imaps://site:wrong-secret@127.0.0.1:9/INBOX"
    if kind == "folder":
        settings.MAILBOX_URL = office.url(folder="Nowhere")
    with pytest.raises(CommandError, match="could not be read") as told:
        fetch()
    assert "secret" not in str(told.value)


def test_without_a_mailbox_the_command_says_what_to_set(settings):
    settings.MAILBOX_URL = ""
    with pytest.raises(CommandError, match="INBOUND_DOMAIN"):
        fetch()


@pytest.mark.parametrize(
    ("url", "mailbox"),
    [
        ("", None),
        ("imaps://a:b@imap.example.org/INBOX",
         Mailbox("imaps", "imap.example.org", 993, "a", "b", "INBOX")),
        ("imap+starttls://a%40x.org:b%2Fc@imap.example.org:1143",
         Mailbox("imap+starttls", "imap.example.org", 1143, "a@x.org", "b/c", "INBOX")),
        ("imap://a:b@127.0.0.1/In%20Box", Mailbox("imap", "127.0.0.1", 143, "a", "b", "In Box")),
    ],
)  # fmt: skip
def test_the_address_of_a_mailbox_is_read(url, mailbox):
    assert mailbox_at(url) == mailbox


@pytest.mark.parametrize(
    "url", ["imap.example.org", "imaps://imap.example.org", "imaps://a@imap.example.org",
            "pop3://a:SECRET@x.org", "imap://a:SECRET@imap.example.org", "imaps://a:SECRET@x:often/"],
)  # fmt: skip
def test_an_address_that_cannot_be_used_says_what_to_set_and_no_password(url):
    with pytest.raises(MailboxError, match="MAILBOX_URL") as told:
        mailbox_at(url)
    assert "SECRET" not in str(told.value)
