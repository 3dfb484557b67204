"""The mailbox in which answers by mail lie: where it is, and how it is reached."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

SCHEMES = {"imaps": 993, "imap+starttls": 143, "imap": 143}
HERE = {"127.0.0.1", "::1", "localhost"}
EXAMPLE = (
    "Set MAILBOX_URL like imaps://user:password@imap.example.org/INBOX (special characters in user "
    "and password as %XX), or unset it."
)


class MailboxError(ValueError):
    """An address of a mailbox that cannot be used; the message says what to set, no password."""


@dataclass(frozen=True)
class Mailbox:
    """A mailbox on a server that speaks IMAP."""

    scheme: str
    host: str
    port: int
    user: str
    password: str
    folder: str


def mailbox_at(url: str) -> Mailbox | None:
    """Return the mailbox of an address, None for an empty one.

    `imaps` is TLS from the first byte, `imap+starttls` TLS before the password; `imap` sends the
    password as it is and is taken for this machine alone.
    """
    if not url:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise MailboxError(EXAMPLE) from None
    if parts.scheme not in SCHEMES or not (parts.hostname and parts.username and parts.password):
        raise MailboxError(EXAMPLE)
    if parts.scheme == "imap" and parts.hostname not in HERE:
        raise MailboxError(
            "Let MAILBOX_URL begin with imaps:// or imap+starttls://: imap:// would send the "
            "password over the network as it is."
        )
    return Mailbox(
        scheme=parts.scheme,
        host=parts.hostname,
        port=port or SCHEMES[parts.scheme],
        user=unquote(parts.username),
        password=unquote(parts.password),
        folder=unquote(parts.path.lstrip("/")) or "INBOX",
    )
