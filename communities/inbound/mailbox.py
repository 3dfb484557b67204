"""Mail that lies in a mailbox: read by IMAP, each mail by itself, then put away.

A mail is put away only when what became of it is stored. Whatever is cut off before that leaves it
where it lies, and it is taken again; what was stored already is known by its Message-ID.
"""

import logging
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from imaplib import IMAP4

from imap_tools import BaseMailBox, ImapToolsError, MailBox, MailBoxStartTls, MailBoxUnencrypted

from communities.inbound.mails import LARGEST
from communities.inbound.place import Mailbox
from communities.inbound.receiving import receive
from communities.models import Inbound

log = logging.getLogger(__name__)
POSTED, NOT_POSTED = "Processed", "Refused"
_SECONDS = 60.0
# After so many failures one after the other it is not the mails: the rest waits.
_MOST_FAILURES = 3
UNREACHABLE = (OSError, IMAP4.error, ImapToolsError)


@contextmanager
def opened(mailbox: Mailbox) -> Iterator[BaseMailBox]:
    """Log in and open the folder: by TLS with a certificate that is known, but on this machine."""
    box: BaseMailBox
    place = (mailbox.host, mailbox.port, _SECONDS)
    if mailbox.scheme == "imap":
        box = MailBoxUnencrypted(*place)
    elif mailbox.scheme == "imap+starttls":
        box = MailBoxStartTls(*place, ssl_context=ssl.create_default_context())
    else:
        box = MailBox(*place, ssl_context=ssl.create_default_context())
    with box.login(mailbox.user, mailbox.password, initial_folder=mailbox.folder) as inside:
        yield inside


def take_all(mailbox: Mailbox) -> tuple[dict[str, int], int]:
    """Take every mail of a mailbox in; return {outcome: how many}, and how many failed.

    What fails stays where it lies. Errors of `UNREACHABLE`: the mailbox cannot be read at all.
    """
    outcomes: dict[str, int] = {}
    failed = in_a_row = 0
    with opened(mailbox) as box:
        folders = {name: _folder(box, name) for name in (POSTED, NOT_POSTED)}
        for uid in box.uids("ALL", charset=None):
            raw = _fetched(box, uid)
            if raw is None:  # another process has put it away
                continue
            try:
                row = receive(raw)
            except Exception:  # the database, most likely; the mail must not be lost for it
                log.exception("A mail could not be taken in; it stays in the mailbox.")
                failed, in_a_row = failed + 1, in_a_row + 1
                if in_a_row >= _MOST_FAILURES:
                    break
                continue
            in_a_row = 0
            outcomes[row.outcome] = outcomes.get(row.outcome, 0) + 1
            box.move([uid], folders[_folder_of(row)])
    return outcomes, failed


def _folder_of(row: Inbound) -> str:
    done = row.outcome in (Inbound.Outcome.POSTED, Inbound.Outcome.HELD)
    return POSTED if done else NOT_POSTED


def _fetched(box: BaseMailBox, uid: str) -> bytes | None:
    """Return a mail as it lies there, not marked as read; of a huge one the beginning."""
    status, told = box.client.uid("FETCH", uid, f"(BODY.PEEK[]<0.{LARGEST + 1}>)")
    if status != "OK":
        raise IMAP4.error(f"The mailbox answered {status}.")
    return next((part[1] for part in told if isinstance(part, tuple)), None)


def _folder(box: BaseMailBox, name: str) -> str:
    """Return the folder of a name, made if need be; some servers have all of them in INBOX."""
    known = box.folder.list()
    for folder in known:
        if folder.name.rpartition(folder.delim or "/")[2].casefold() == name.casefold():
            return folder.name
    try:
        box.folder.create(name)
    except ImapToolsError:
        name = f"INBOX{known[0].delim if known else '.'}{name}"
        box.folder.create(name)
    return name
