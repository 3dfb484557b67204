"""What the worker does for mail of communities, done now."""

from django_tasks_db.models import DBTaskResult

from communities.mailing import digesting
from communities.mailing.telling import tell
from tests.mail import commit, sent

__all__ = ["digests", "html_of", "tell", "told_at_once", "waiting"]


def told_at_once():
    """Run what was queued; return all mails so far."""
    commit()
    DBTaskResult.objects.filter(task_path=tell.module_path).delete()
    tell.func()
    return sent()


def digests(now=None):
    """Do the daily run and deliver; return all mails so far."""
    commit()
    digesting.run(now)
    return sent()


def waiting():
    """The mails that wait in the queue."""
    commit()
    return DBTaskResult.objects.filter(task_path__contains="deliver")


def html_of(mail):
    return mail.alternatives[0].content


def whole(mail):
    """Every byte of a mail as it goes out, decoded."""
    parts = [f"{name}: {value}" for name, value in mail.message().items()]
    return "\n".join(
        [*parts, mail.subject, mail.body, *(html for html, _type in mail.alternatives)]
    )
