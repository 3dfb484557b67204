"""A mail is its person's alone: by its address and by its sender, whatever else it says."""

import pytest

from communities.inbound.receiving import receive
from communities.models import MailChoice
from tests.communities import groups
from tests.communities.inbound.letters import mail_of
from tests.communities.inbound.outcome import posts
from tests.mail import sent

pytestmark = pytest.mark.django_db


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
