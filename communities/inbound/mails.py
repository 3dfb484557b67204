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

# 25 MB of files, as mail carries them, in as many lines. Of a larger mail the beginning is read:
# its text.
LARGEST = 36 * 1024 * 1024
_MOST_LINES = 600_000
_BEGINNING = 1024 * 1024
# All headers together, and what is read of one: the library takes time by the square of it.
_LONGEST_HEAD = 256 * 1024
_LONGEST_HEADER = 2000
# Parts in each other cost time by their depth, so a mail with more of them is read as flat.
_MOST_BOUNDARIES = 60
_MOST_MARKED_LINES = 5000
_DEEPEST = 12
_MOST_PARTS = 200
SIGNATURES = {
    *("application/pkcs7-signature", "application/x-pkcs7-signature"),
    *("application/pgp-signature", "application/pgp-keys"),
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
    """What is read of a mail: its headers, and its text and files once it is opened."""

    raw: bytes
    message: Message
    message_id: str
    text: Text = field(default_factory=lambda: Text(""))
    files: list[Message] = field(default_factory=list)
    # Larger than we take: its files were not read.
    cut: bool = False
    encrypted: bool = False
    answers_invitation: bool = False

    def open(self) -> "Mail":
        """Read text and files, too; for mails of people who are known."""
        head, body = _parted(self.raw)
        self.cut = len(self.raw) > LARGEST or self.raw.count(b"\n") > _MOST_LINES
        if self.cut:
            body = body[:_BEGINNING]
        if _is_tangled(head + body):
            head = re.sub(rb"(?im)^content-type:", b"X-Content-Type:", head)
        found = _Found(self)
        found.take(_parsed(head + b"\r\n\r\n" + body))
        self.text = found.text()
        return self

    def header(self, name: str) -> str:
        """Return the first header of a name, "" if there is none."""
        try:
            return " ".join(str(self.message.get(name, "")).split())
        except Exception:  # noqa: BLE001 - the library raises what it likes on strange headers
            return ""

    def values(self, *names: str) -> list[str]:
        """Return all values of some headers as they came, not longer than can be looked at."""
        wanted = {name.lower() for name in names}
        found = [str(value) for name, value in self.message.raw_items() if name.lower() in wanted]
        return [value[: 10 * _LONGEST_HEADER] for value in found[:20]]


def read_mail(raw: bytes) -> Mail:
    """Read the headers of a mail, whatever its bytes are."""
    message = _parsed(_parted(raw)[0])
    return Mail(raw, message, _message_id(message, raw))


def _parted(raw: bytes) -> tuple[bytes, bytes]:
    """Return the headers of a mail and the rest, without the blank line between them."""
    found = re.search(rb"\r?\n\r?\n", raw)
    head, body = (raw[: found.start()], raw[found.end() :]) if found else (raw, b"")
    return head[:_LONGEST_HEAD], body


def _is_tangled(raw: bytes) -> bool:
    """Return whether a mail may have more parts, or deeper ones, than any program makes."""
    marks = len(re.findall(rb"boundary\s{0,9}=", raw, re.IGNORECASE))
    return marks > _MOST_BOUNDARIES or raw.count(b"\n--") > _MOST_MARKED_LINES


def _parsed(raw: bytes) -> Message:
    policy = _Bounded()
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
        if kind in ENCRYPTED:
            self.mail.encrypted = True
        elif kind.startswith("multipart/") and part.is_multipart():
            self._take_several(kind, list(part.get_payload()), depth)
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
    content = part.get_payload(decode=True)
    return isinstance(content, bytes) and len(content) < _LOGO
