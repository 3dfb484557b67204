"""What a provider brings is taken in; whoever does not know the secret brings nothing."""

import hashlib
import hmac
import time
from base64 import b64encode

import pytest

from communities.inbound.hook import bring_mail
from communities.models import Inbound
from tests.communities.inbound.letters import mail_of

pytestmark = pytest.mark.django_db
SECRET = "Basic " + b64encode(b"hook:secret").decode()


def bring(client, told, secret=SECRET, **more):
    headers = {"authorization": secret} if secret else {}
    return client.post(
        "/mail/in/", told, content_type="application/json", headers=headers, **more
    )  # fmt: skip


def raw_of(member, address, **headers):
    return {
        "FromFull": {"Email": member.email},
        "OriginalRecipient": address,
        "Headers": [{"Name": "Return-Path", "Value": f"<{member.email}>"}],
        "RawEmail": mail_of(member, address, **headers).decode(),
    }


def test_a_mail_with_the_secret_is_posted_once(client, thread, member, address):
    told = raw_of(member, address)
    assert bring(client, told).status_code == 200
    assert bring(client, told).status_code == 200
    assert thread.posts.count() == 2
    assert thread.posts.last().author == member


def test_a_mail_that_a_provider_took_apart_is_posted(client, thread, member, address):
    told = {
        "FromFull": {"Email": member.email, "Name": "Member (invented)"},
        "ToFull": [{"Email": address}],
        "OriginalRecipient": address,
        "Subject": "Re: A thread",
        "Headers": [{"Name": "Message-ID", "Value": "<1@office.example.org>"}],
        "TextBody": "Été كلمة (invented).\n\n> quoted\n> by\n> a program",
        "HtmlBody": "<p>Été</p>",
    }
    assert bring(client, told).status_code == 200
    assert thread.posts.last().text == "Été كلمة (invented)."


@pytest.mark.parametrize(
    "secret", [None, "", "Basic", "Basic aG9vazo=", "Bearer hook:secret", "Basic é"]
)
def test_without_the_secret_nothing_is_taken(client, thread, member, address, secret):
    answer = bring(client, raw_of(member, address), secret)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Basic")
    assert thread.posts.count() == 1
    assert Inbound.objects.count() == 0


def test_without_a_secret_in_the_settings_nobody_is_known(client, member, address, settings):
    settings.INBOUND_SECRET = ""
    for secret in (SECRET, "Basic ", "Basic Og=="):
        assert bring(client, raw_of(member, address), secret).status_code == 401


def test_reading_the_address_does_nothing(client):
    assert client.get("/mail/in/").status_code == 405
    assert client.head("/mail/in/", headers={"authorization": SECRET}).status_code == 200


def test_a_mail_with_large_files_comes_whole(client, thread, member, address):
    told = raw_of(member, address)
    told["RawEmail"] += " " * 4_000_000
    assert bring(client, told).status_code == 200
    assert thread.posts.count() == 2


@pytest.mark.parametrize("broken", ["", "{", "[1", b"\xff\xfe"])
def test_what_is_no_json_is_refused_and_does_no_harm(client, broken):
    assert bring(client, broken).status_code == 400


def test_what_is_far_too_large_is_refused_unread(rf):
    request = rf.post("/mail/in/", "{}", content_type="application/json")
    request.META |= {"CONTENT_LENGTH": str(10**9), "HTTP_AUTHORIZATION": SECRET}
    assert bring_mail(request).status_code == 413


def test_a_bounce_and_spam_are_told_by_the_provider(client, thread, member, address):
    bounce = raw_of(member, address)
    bounce["Headers"] = [{"Name": "Return-Path", "Value": "<>"}]
    bring(client, bounce)
    assert Inbound.objects.get().reason == "bounce"
    bring(client, raw_of(member, address, X_Spam_Status="Yes"))
    assert Inbound.objects.latest("pk").outcome == "held"


def test_another_provider_signs_besides(client, thread, member, address, settings):
    settings.INBOUND_PROVIDER = "mailgun"
    settings.ANYMAIL = {"MAILGUN_WEBHOOK_SIGNING_KEY": "key"}
    now, token = str(int(time.time())), "x" * 50
    signature = hmac.new(b"key", (now + token).encode(), hashlib.sha256).hexdigest()
    told = {
        "recipient": address,
        "sender": member.email,
        "message-headers": f'[["From", "{member.email}"], ["To", "{address}"],'
        '["Message-Id", "<2@office.example.org>"]]',
        "body-plain": "By another way (invented).",
        "timestamp": now,
        "token": token,
    }
    headers = {"authorization": SECRET}
    forged = client.post("/mail/in/", {**told, "signature": "0" * 64}, headers=headers)
    assert forged.status_code == 400
    assert thread.posts.count() == 1
    answer = client.post("/mail/in/", {**told, "signature": signature}, headers=headers)
    assert answer.status_code == 200
    assert thread.posts.last().text == "By another way (invented)."
