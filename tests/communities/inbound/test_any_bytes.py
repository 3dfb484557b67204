"""No mail makes reading fail or take long, whoever made it up."""

import base64
import time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from communities.inbound.mails import read_mail
from communities.inbound.writing import as_post
from tests.communities.inbound.raw import HEAD, part, several

# What takes time by the square of its length takes minutes.
SECONDS = 5
LONG = 60_000
DEEPER = b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n"
QUOTATION = b"<blockquote type=cite>x</blockquote>"
HOSTILE = {
    "header": HEAD + b"Subject: " + b"=?utf-8?q?=41?= " * (LONG // 16) + b"\r\n\r\nx",
    "addresses": b"From: " + b"a," * (LONG // 2) + b"\r\n\r\nx",
    "open addresses": b"From: " + b"<" * LONG + b"\r\n\r\nx",
    "comments": b"From: " + b"(" * LONG + b"\r\n\r\nx",
    "quotes": b"From: " + b'"' * LONG + b"\r\n\r\nx",
    "many headers": b"X: y\r\n" * (LONG // 6) + b"\r\nx",
    "parameters": HEAD + b"Content-Type: text/plain" + b"; a=b" * (LONG // 5) + b"\r\n\r\nx",
    "pieces": HEAD + b"Content-Type: text/plain" + b"; a*0*=b" * (LONG // 8) + b"\r\n\r\nx",
    "depth": HEAD + b"".join(DEEPER % (n, n) for n in range(1000)),
    "depth that is allowed": HEAD + b"".join(DEEPER % (n, n) for n in range(50)) + b"a\r\n" * LONG,
    "mails in mails": HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 1500,
    "parts": HEAD + several(*[b"\r\n"] * (LONG // 10)),
    "html": HEAD + part(b"<div>" * (LONG // 5), "text/html"),
    "quotations": HEAD + part(b"<blockquote type=cite>" * (LONG // 22), "text/html"),
    "many quotations": HEAD + part(QUOTATION * (LONG // 36), "text/html"),
    "links": HEAD + part(b"<a href=https://x.org/>y</a>" * (LONG // 28), "text/html"),
    "nested links": HEAD + part(b"<table><a href=https://x.org/>y" * (LONG // 31), "text/html"),
    "tables": HEAD + part(b"<table><tr><td>" * (LONG // 15), "text/html"),
    "comments in html": HEAD + part(b"<!--" * (LONG // 4), "text/html"),
    "outlook": HEAD + part(b"<p class=MsoNormal><b>x" * (LONG // 23), "text/html"),
    "base64": HEAD + part(base64.b64encode(b"word " * (LONG // 5)), encoding="base64"),
    "uuencode": HEAD + part(b"begin 644 x\n" * (LONG // 12), encoding="x-uuencode"),
    "flowed": HEAD + part(b"word \r\n" * (LONG // 7), more="; format=flowed"),
    "flowed marks": HEAD + part(b"> " * (LONG // 2), more="; format=flowed"),
    "many parts": HEAD + several(*[b""] * (20 * LONG)),
    "empty lines": HEAD + b"\r\n" * (40 * LONG),
    "endless headers": b"X: y\n" * (40 * LONG),
    "boundary": HEAD + several(b"\r\n" + b"--xx" * (LONG // 4)),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_no_mail_takes_long(kind):
    began = time.process_time()
    mail = read_mail(HOSTILE[kind]).open()
    as_post(mail.text.said, wrapped=True)
    mail.header("Subject"), mail.header("From")
    assert time.process_time() - began < SECONDS


LETTERS = st.sampled_from([b"\r\n", b"\n", b"\r", b":", b" ", b"<", b">", b"@", b"=", b'"', b"?",
                           b"\x00", b"\xff", b"\xc3\xa9", b"(", b";", b"--xx", b"Content-Type: ",
                           b"multipart/mixed; boundary=xx", b"text/html", b"text/plain", b"From: ",
                           b"charset=utf-8", b"=?utf-8?b?", b"Content-Transfer-Encoding: base64",
                           b"Content-Disposition: attachment", b"filename*0*=", b"message/rfc822",
                           b"Message-ID: ", b"a", b"1", b"format=flowed", b"name="])  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.binary(max_size=2000), st.lists(LETTERS, max_size=120).map(b"".join)))
@example(b"")
@example(b"Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n")
@example(b"Content-Type: text/plain; charset*0*=''%\r\n\r\nx")
@example(b"Content-Disposition: attachment; filename*=''%ff\r\n\r\nx")
def test_no_bytes_make_reading_fail(raw):
    mail = read_mail(raw).open()
    mail.text.said.encode()
    assert mail.message_id
    assert "\x00" not in mail.text.said
