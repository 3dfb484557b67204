"""What machines write is neither posted nor answered; what people write is."""

import pytest

from communities.inbound.receiving import receive
from tests.communities.inbound.letters import mail_of
from tests.mail import sent

pytestmark = pytest.mark.django_db

# As Exchange, Gmail, Zimbra, cPanel and vacation(1) mark what they send by themselves.
MACHINES = [
    {"Auto-Submitted": "auto-replied"},
    {"Auto-Submitted": "auto-replied (vacation)"},
    {"Auto-Submitted": "auto-generated; owner-email=x"},
    {"AUTO-SUBMITTED": "Auto-Notified"},
    {"X-Autoreply": "yes"},
    {"X-Autorespond": "away"},
    {"Precedence": "bulk"},
    {"Precedence": "junk"},
    {"Precedence": "Auto_Reply"},
    {"X-Auto-Response-Suppress": "All"},
    {"X-Auto-Response-Suppress": "DR, OOF, AutoReply"},
    {"Return-Path": "<>"},
    {"X-Failed-Recipients": "x@example.org"},
    {"Subject": "Automatic reply: A thread (invented)"},
    {"Subject": "Out of Office: until Monday"},
    {"Subject": "Respuesta automática: Un hilo"},
    {"Subject": "Réponse automatique : Un fil"},
    {"Subject": "رد تلقائي: موضوع"},
    {"List-Id": "Asia <asia.communities.127.0.0.1>"},
    {"Message-ID": "<post-1.0123456789abcdef@127.0.0.1>"},
]
PEOPLE = [
    {"Auto-Submitted": "no"},
    {"Auto-Submitted": None},
    {"Precedence": "list"},
    {"Precedence": "normal"},
    {"Return-Path": "<member@example.org>"},
    {"Subject": "Re: Automatic reply of the register"},
    {"Subject": None},
    {"List-Id": "Office <office.example.org>"},
    {"X-Mailer": "Microsoft Outlook 16.0", "X-MS-Has-Attach": "", "Thread-Index": "AdInvented=="},
    {"X-Priority": "1", "Importance": "high", "Disposition-Notification-To": "x@example.org"},
]


@pytest.mark.parametrize("headers", MACHINES, ids=str)
def test_nothing_of_a_machine_is_posted_and_none_is_answered(thread, member, address, headers):
    thread.closed_at = "2026-01-01T00:00Z"
    thread.save()
    assert receive(mail_of(member, address, **headers)).outcome == "dropped"
    assert thread.posts.count() == 1
    assert sent() == []


@pytest.mark.parametrize("headers", PEOPLE, ids=str)
def test_what_people_write_is_posted(thread, member, address, headers):
    assert receive(mail_of(member, address, **headers)).outcome == "posted"


@pytest.mark.parametrize("sender", ["MAILER-DAEMON@mx.example.org", "postmaster@example.org",
                                    "Practice Exchange <practice-exchange@localhost>",
                                    "reply+x@in.example.org", "no-reply@example.org"])  # fmt: skip
def test_mail_of_servers_and_our_own_is_dropped(member, address, sender):
    note = receive(mail_of(member, address, From=sender))
    assert (note.outcome, note.reason in ("bounce", "loop")) == ("dropped", True)


def test_a_bounce_is_dropped(member, address):
    raw = mail_of(member, address).replace(
        b"Content-Type: text/plain", b"Content-Type: multipart/report; boundary=x"
    )
    assert receive(raw).reason == "bounce"


def test_what_the_site_sends_comes_back_as_nothing(thread, asker, member, address, settings):
    """Each kind of mail that leaves, sent back by a server that rewrites its sender."""
    from django.core import mail

    thread.closed_at = "2026-01-01T00:00Z"
    thread.save()
    receive(mail_of(member, address))
    (told,) = sent()
    raw = told.message().as_bytes()
    raw = b"From: " + member.email.encode() + b"\r\n" + raw.replace(b"\nFrom: ", b"\nX-From: ")
    raw = raw.replace(b"\nTo: ", f"\nTo: {address}\nX-To: ".encode())
    assert receive(raw).outcome == "dropped"
    assert len(mail.outbox) == 1


CALENDAR = b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR\r\n"


def test_an_answer_to_an_invitation_is_no_post_unless_something_is_said(thread, member, address):
    from email import message_from_bytes
    from email.policy import default

    def answer(text):
        message = message_from_bytes(mail_of(member, address, text), policy=default)
        message.add_alternative(
            CALENDAR.decode(), subtype="calendar", params={"method": "REPLY"}, cte="7bit"
        )
        return message.as_bytes()

    assert receive(answer("")).reason == "invitation"
    assert receive(answer("I come, and bring the paper (invented).")).outcome == "posted"
    assert thread.posts.last().text == "I come, and bring the paper (invented)."
