"""A mail as it came in: its headers without surprises, its text and its files.

Whatever the bytes are, reading them ends, in a time that grows with their number alone.
"""

import hashlib
import re
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import EmailPolicy
from typing import Any

from communities.inbound.texts import Text, html_text, plain_text

# 25 MB of files, as mail carries them. Of a larger mail the beginning is read: its text.
LARGEST = 36 * 1024 * 1024
_BEGINNING = 1024 * 1024
# Longer headers are cut: what the library makes of them takes time by their square.
_LONGEST_HEADER = 2000
# Parts in each other cost time by their depth, so a mail with more of them is read as flat.
_MOST_BOUNDARIES = 60
_DEEPEST = 12
_MOST_PARTS = 200
SIGNATURES = {
    *("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"),
    *("application/pgp-keys", "application/ms-tnef"),
}
ENCRYPTED = {"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}
# Pictures of this size that stand in the text are logos of signatures.
_LOGO = 30_000


class _Bounded(EmailPolicy):
    """The library's own reading of headers, for short ones; what it fails on counts as absent."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        """Return a header, or an empty one."""
        try:
            return super().header_fetch_parse(name, value[:_LONGEST_HEADER])
        except Exception:  # noqa: BLE001 - the library raises what it likes on strange headers
            return ""


@dataclass
class Mail:
    """What is read of a mail."""

    message: Message
    message_id: str
    text: Text = field(default_factory=lambda: Text(""))
    files: list[Message] = field(default_factory=list)
    # Larger than we take: its files were not read.
    cut: bool = False
    encrypted: bool = False
    answers_invitation: bool = False

    def header(self, name: str) -> str:
        """Return the first header of a name, "" if there is none."""
        try:
            return " ".join(str(self.message.get(name, "")).split())
        except Exception:  # noqa: BLE001 - as above
            return ""

    def raw(self, *names: str) -> list[str]:
        """Return all values of some headers as they came, not longer than can be looked at."""
        wanted = {name.lower() for name in names}
        values = [str(value) for name, value in self.message.raw_items() if name.lower() in wanted]
        return [value[: 10 * _LONGEST_HEADER] for value in values[:20]]


def read_mail(raw: bytes) -> Mail:
    """Read a mail, whatever its bytes are."""
    cut = len(raw) > LARGEST
    if cut:
        raw = raw[:_BEGINNING]
    message = _parsed(raw)
    mail = Mail(message, _message_id(message, raw), cut=cut)
    found = _Found(mail)
    found.take(message)
    mail.text = found.text()
    return mail


def _parsed(raw: bytes) -> Message:
    policy = _Bounded()
    if len(re.findall(rb"boundary\s{0,9}=", raw, re.IGNORECASE)) > _MOST_BOUNDARIES:
        head, _blank, body = raw.partition(b"\r\n\r\n" if b"\r\n\r\n" in raw else b"\n\n")
        kept = re.sub(rb"(?im)^content-type:", b"X-Content-Type:", head)
        raw = kept + b"\r\n\r\n" + body
    try:
        return message_from_bytes(raw, EmailMessage, policy=policy)
    except Exception:  # noqa: BLE001 - as above
        return EmailMessage(policy)


def _message_id(message: Message, raw: bytes) -> str:
    """Return what is the same for the same mail: its Message-ID, else a hash of it."""
    for name, value in message.raw_items():
        if name.lower() == "message-id":
            told = "".join(str(value).split())
            if told.isascii() and told.isprintable() and 3 < len(told) <= 255:
                return told
            break
    return f"<{hashlib.sha256(raw).hexdigest()}@without-an-id>"


class _Found:
    """Gathers the texts and the files of a mail, in their order."""

    def __init__(self, mail: Mail) -> None:
        self.mail = mail
        self.texts: list[Text] = []
        self.parts = 0

    def text(self) -> Text:
        """Return all texts as one."""
        told = [text for text in self.texts if text.said.strip()]
        if len(told) == 1:
            return told[0]
        return Text("\n\n".join(text.said for text in told), wrapped=all(t.wrapped for t in told))

    def take(self, part: Message, depth: int = 0) -> None:
        """Take one part with all that is in it."""
        self.parts += 1
        if self.parts > _MOST_PARTS or depth > _DEEPEST:
            return
        kind = part.get_content_type()
        payload = part.get_payload()
        if kind in ENCRYPTED:
            self.mail.encrypted = True
        elif kind.startswith("multipart/") and isinstance(payload, list):
            self._take_several(kind, payload, depth)
        elif kind.startswith("multipart/") or (kind == "text/plain" and not _is_file(part)):
            self.texts.append(plain_text(part))
        elif kind == "text/html" and not _is_file(part):
            self.texts.append(html_text(part))
        elif kind == "text/calendar" and "reply" in str(part.get_param("method", "")).lower():
            self.mail.answers_invitation = True
        elif kind not in SIGNATURES and not _is_logo(part):
            self.mail.files.append(part)

    def _take_several(self, kind: str, parts: list[Any], depth: int) -> None:
        if kind != "multipart/alternative":
            for part in parts:
                self.take(part, depth + 1)
            return
        # The same said twice or more: plain, if it says anything.
        before, self.texts = self.texts, []
        for part in parts:
            self.take(part, depth + 1)
        said = [text for text in self.texts if text.said.strip()]
        self.texts = before + said[:1]


def _is_file(part: Message) -> bool:
    disposition = part.get_content_disposition() or ""
    return disposition == "attachment" or bool(part.get_filename())


def _is_logo(part: Message) -> bool:
    inline = part.get_content_maintype() == "image" and "Content-ID" in part
    if not inline or part.get_content_disposition() == "attachment":
        return False
    return len(part.get_payload()) < _LOGO if isinstance(part.get_payload(), str) else False
