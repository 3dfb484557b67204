"""`manage.py erase_user EMAIL` or `--replay`: erase a person, or again whoever had been erased."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from members.erasing import erase, recorded, replay
from members.leftovers import mentions
from users.models import User


class Command(BaseCommand):
    """Erases and says where the name still stands in what institutions published."""

    help = "Erase a person; what the institution wrote stays with the institution."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whom, or that the log is to be replayed."""
        parser.add_argument("email", nargs="?", help="the address of the account")
        parser.add_argument(
            "--replay",
            action="store_true",
            help="after restoring a backup: erase again whoever is in the log of erasures",
        )
        parser.add_argument("--log", type=Path, help="a log kept elsewhere (default: in DATA_DIR)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Erase, or say what is wrong."""
        if options["replay"]:
            if options["log"] and not options["log"].exists():
                raise CommandError(f"There is no file {options['log']}.")
            found = replay(recorded(options["log"]))
            self.stdout.write(f"{len(found)} accounts were erased again.")
            return
        if not options["email"]:
            raise CommandError("Name the address of an account, or --replay.")
        user = User.objects.filter(email=options["email"].strip().lower()).first()
        if user is None:
            raise CommandError("There is no account with this address.")
        names = [name for name in (user.get_full_name(), user.email) if name]
        erase(user)
        self.stdout.write("The account is erased.")
        for model, pk in mentions(names):
            self.stdout.write(f"The name or the address still stands in {model} {pk}.")
