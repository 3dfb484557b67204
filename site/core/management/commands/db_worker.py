"""`manage.py db_worker`: the worker of django-tasks-db, which takes up what a dead one left."""

from typing import Any

from django.core.management.base import CommandError
from django_tasks_db.management.commands import db_worker

from core import workers


class Command(db_worker.Command):
    """Runs tasks until told to stop; see `core.workers` for what happens when it is killed."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Take up what was left, then work."""
        try:
            with workers.alive(options["worker_id"]):
                super().handle(*args, **options)
        except workers.WorkerExistsError as error:
            raise CommandError(str(error)) from error
