"""The worker of tests: everything that waits is done now, mails included."""

from django.core import mail
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from tests.mail import commit


def done(part="communities."):
    """Do what waits of this part, and send what it mails; return all mails so far."""
    commit()
    while rows := list(_waiting(part)):
        for row in rows:
            arguments = row.args_kwargs
            row.delete()
            import_string(row.task_path).func(*arguments["args"], **arguments["kwargs"])
            commit()
    return mail.outbox


def _waiting(part):
    ready = DBTaskResult.objects.ready().order_by("enqueued_at")
    return [row for row in ready if row.task_path.startswith((part, "core.mail."))]
