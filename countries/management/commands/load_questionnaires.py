"""`manage.py load_questionnaires`: questionnaires, gaps and topics that come with the product."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from countries.gaps.loading import load as load_gaps
from countries.map.topics import load as load_topics
from countries.questionnaires.loading import FileError, files, load


class Command(BaseCommand):
    """Loads what was never loaded, so it is safe to run at every start."""

    help = "Load questionnaires, gaps and topics that come with the product; safe to run twice."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load each file that was not loaded before."""
        for path in files():
            try:
                version = load(path)
            except FileError as error:
                raise CommandError(str(error)) from error
            if version:
                self.stdout.write(f"Questionnaire loaded: {version}")
        try:
            count = load_gaps()
        except FileError as error:
            raise CommandError(str(error)) from error
        if count:
            self.stdout.write(f"Gaps loaded: {count}")
        if topics := load_topics():
            self.stdout.write(f"Topics of the gap map loaded: {topics}")
