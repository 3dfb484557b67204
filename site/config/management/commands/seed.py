"""`manage.py seed`: the demo knowledge base."""

import hashlib
from argparse import ArgumentParser
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from config.seeding.communities import load_communities
from config.seeding.content import load_content
from config.seeding.files import load_files
from config.seeding.pages import DemoError, load_institutions, load_sources
from config.seeding.structure import load_structure
from core.models import SeededItem


class Command(BaseCommand):
    """Loads what is missing and leaves what is there, so it is safe to run at every start."""

    help = "Load the demo knowledge base; what is there already stays as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer to leave the index alone."""
        parser.add_argument(
            "--no-index", action="store_true", help="Do not build the search index afterwards."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load vocabulary, pages and files, each completely or not at all."""
        before = _loaded()
        call_command("load_vocabulary", stdout=self.stdout)
        call_command("load_questionnaires", stdout=self.stdout)
        try:
            with transaction.atomic():
                load_institutions()
                load_sources()
                load_structure()
            with transaction.atomic():
                load_content(self.stdout.write)
                load_communities(self.stdout.write)
        except DemoError as error:
            raise CommandError(f"The demo content does not fit together. {error}") from error
        load_files(self.stdout.write)
        if settings.TRAINING_SITE:
            call_command("load_invented_countries", stdout=self.stdout)
        if not options["no_index"]:
            call_command("reindex", if_needed=before == _loaded(), stdout=self.stdout)


def _loaded() -> str:
    """Return a hash of what was ever loaded and of the vocabulary, which passages speak of."""
    rows = [list(SeededItem.objects.order_by("pk").values_list())]
    for model in apps.get_app_config("vocabulary").get_models():
        rows.append(list(model._base_manager.order_by("pk").values_list()))
    return hashlib.sha256(repr(rows).encode()).hexdigest()
