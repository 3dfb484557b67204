"""What the worker sends, for tests: the queue's own tasks, run now."""

from django.core import mail
from django.db import connection
from django_tasks_db.models import DBTaskResult

from core.mail import deliver


def sent():
    """Commit in thought, deliver what waits in the queue; return all mails so far, oldest first."""
    committed, connection.run_on_commit = connection.run_on_commit, []
    for _savepoints, call, _robust in committed:
        call()
    waiting = DBTaskResult.objects.ready().filter(task_path=deliver.module_path)
    for row in list(waiting.order_by("enqueued_at")):
        deliver.func(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
        row.delete()
    return mail.outbox
