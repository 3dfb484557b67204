"""`manage.py fetch_mail`: take in the answers that lie in the mailbox of MAILBOX_URL."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections

from communities.inbound.mailbox import NOT_POSTED, POSTED, UNREACHABLE, take_all
from communities.inbound.place import Mailbox, MailboxError, mailbox_at


class Command(BaseCommand):
    """Safe to run at any time, twice at once, too; exit code 1 where mail was left for later."""

    help = (
        "Read the mailbox of MAILBOX_URL: answers are posted, each mail is then put into "
        f"{POSTED} or {NOT_POSTED}."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --forever and --every."""
        parser.add_argument("--forever", action="store_true", help="look again and again")
        parser.add_argument("--every", type=int, default=30, help="seconds between two looks")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take in once, or until somebody ends it."""
        mailbox = _mailbox()
        while True:
            try:
                self._take(mailbox)
            except CommandError as error:
                if not options["forever"]:
                    raise
                self.stderr.write(str(error))
            if not options["forever"]:
                return
            time.sleep(max(1, options["every"]))
            close_old_connections()

    def _take(self, mailbox: Mailbox) -> None:
        try:
            outcomes, failed = take_all(mailbox)
        except UNREACHABLE as error:
            raise CommandError(f"The mailbox could not be read: {error}") from error
        if outcomes:
            told = (f"{number} {outcome}" for outcome, number in sorted(outcomes.items()))
            self.stdout.write(", ".join(told))
        if failed:
            raise CommandError(f"{failed} mails could not be taken in and stay in the mailbox.")


def _mailbox() -> Mailbox:
    try:
        mailbox = mailbox_at(settings.MAILBOX_URL)
    except MailboxError as error:
        raise CommandError(str(error)) from error
    if mailbox is None or not settings.INBOUND_DOMAIN:
        raise CommandError(
            "Set INBOUND_DOMAIN to the domain that answers go to, and MAILBOX_URL to the mailbox "
            "in which they lie (docs/operate.md)."
        )
    return mailbox
