"""What the worker sends, for tests: the queue's own tasks, run now."""

from django.core import mail
from django.db import connection
from django_tasks_db.models import DBTaskResult

from core.mail import deliver, make_and_deliver


def commit():
    """Do what waits for the commit that a test never makes."""
    committed, connection.run_on_commit = connection.run_on_commit, []
    for _savepoints, call, _robust in committed:
        call()


def sent():
    """Commit, deliver what waits in the queue; return all mails so far, oldest first."""
    commit()
    tasks = {task.module_path: task for task in (deliver, make_and_deliver)}
    waiting = DBTaskResult.objects.ready().filter(task_path__in=tasks)
    for row in list(waiting.order_by("enqueued_at")):
        tasks[row.task_path].func(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
        row.delete()
    return mail.outbox
