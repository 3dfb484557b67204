"""Mails for tests: real ones of mail programs, and invented ones that are as they should not be."""

from email.message import EmailMessage
from email.policy import SMTP
from itertools import count
from pathlib import Path

DOMAIN = "in.example.org"
MAILS = Path(__file__).parent / "mails"
NAMES = {
    "en": "Member Invented",
    "es": "Persona Inventada",
    "fr": "Personne Inventée",
    "ar": "شخص مخترع",
}
_number = count(1)


def mail_of(user, to, text="An answer by mail (invented).", **headers):
    """A plain mail of somebody, as bytes; a header that is None is left out."""
    message = EmailMessage(policy=SMTP)
    told = {
        "From": f"{user.get_full_name()} <{user.email}>",
        "To": f"Practice Exchange <{to}>",
        "Subject": "Re: A thread (invented)",
        "Message-ID": f"<{next(_number)}.invented@office.example.org>",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    for name, value in told.items():
        if value is not None:
            message[name] = value
    message.set_content(text)
    return message.as_bytes()


def with_files(raw, *files):
    """The same mail with (name, content, type) attached."""
    from email import message_from_bytes
    from email.policy import default

    message = message_from_bytes(raw, policy=default)
    for name, content, kind in files:
        maintype, subtype = kind.split("/")
        message.add_attachment(content, maintype=maintype, subtype=subtype, filename=name)
    return message.as_bytes()


def stored(name, sender=None, to=None):
    """A mail of the fixtures, from this sender to this address."""
    raw = (MAILS / f"{name}.eml").read_bytes()
    if to:
        raw = raw.replace(b"reply+token@in.example.org", to.encode(), 1)
    if sender:
        head, blank, body = raw.partition(b"\r\n\r\n")
        lines = head.split(b"\r\n")
        lines[0] = f"From: {sender}".encode()
        raw = b"\r\n".join(lines) + blank + body
    return raw


def expected(name):
    return (MAILS / f"{name}.txt").read_text(encoding="utf-8").strip()
