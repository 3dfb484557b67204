"""`manage.py export_user EMAIL --to FILE`: everything the site knows about a person."""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from members.exporting import as_json, export
from users.models import User


class Command(BaseCommand):
    """Writes one JSON file that nobody else on the machine can read."""

    help = "Write everything the site knows about a person to a JSON file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whose, and where to."""
        parser.add_argument("email", help="the address of the account")
        parser.add_argument("--to", required=True, metavar="FILE", help="a file that is not there")

    def handle(self, *args: Any, **options: Any) -> None:
        """Export, or say what is wrong."""
        user = User.objects.filter(email=options["email"].strip().lower()).first()
        if user is None:
            raise CommandError("There is no account with this address.")
        told = export(user)
        try:
            number = os.open(options["to"], os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise CommandError(f"{options['to']} cannot be written: {error.strerror}.") from error
        with os.fdopen(number, "w", encoding="utf-8") as file:
            file.write(as_json(told) + "\n")
        rows = sum(len(each) for each in told["data"].values())
        self.stdout.write(f"{rows} rows of {len(told['data'])} kinds are in {options['to']}.")
