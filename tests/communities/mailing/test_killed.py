"""The worker is killed while it tells, two runs meet: nobody is told twice, nothing is lost (G03).

`CRASH_KILLS=50` sets how many workers are killed.
"""

import random
import threading
import time
from collections import Counter
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from django.db import connection
from django_tasks_db.models import DBTaskResult

from communities.mailing import digesting, telling
from communities.models import MailChoice, Notice
from core import workers
from core.mail import make_and_deliver
from tests.communities import groups
from tests.search.crash.conftest import KILLS, driver, models, own_database, processes
from tests.site_server import free_address

__all__ = ["driver", "models", "own_database", "processes"]
MAIL = [telling.tell.module_path, make_and_deliver.module_path]
MONDAY = datetime(2030, 1, 7, 6, tzinfo=UTC)


class Mailbox:
    """A mail server that takes all; a mail counts when its last line has come."""

    def __init__(self):
        self.taken = []

    async def handle_DATA(self, server, session, envelope):
        mail = message_from_bytes(envelope.content, policy=policy.default)
        self.taken.append((*envelope.rcpt_tos, mail["Message-ID"]))
        return "250 OK"


@pytest.fixture
def server():
    """(settings of a worker that sends to a real mail server, what that has taken)."""
    mailbox = Mailbox()
    host, _colon, port = free_address().partition(":")
    controller = Controller(mailbox, hostname=host, port=int(port))
    controller.start()
    backend = "django.core.mail.backends.smtp.EmailBackend"
    yield (
        {"EMAIL_BACKEND": backend, "EMAIL_HOST": host, "EMAIL_PORT": int(port)},
        mailbox.taken,
    )
    controller.stop()


def test_a_killed_worker_tells_nobody_twice_and_loses_nothing(own_database, processes, server):
    settings, taken = server
    group = groups.community()
    asker, peer = groups.member_of(group, "GEO"), groups.member_of(group, "MEX")
    dice, killed, threads, longest = random.Random(1), 0, [], 0.0

    def say_something():
        # Each is a thread and an hour of its own: the limits are not what is looked at.
        Notice.objects.update(mailed_at=None)
        threads.append(groups.thread(group, asker))
        for _each in range(telling.MOST_A_MINUTE):
            groups.reply(threads[-1], peer)
        # The worker is to be met at its mail.
        DBTaskResult.objects.exclude(task_path__in=MAIL).filter(status="READY").delete()

    while killed < KILLS:
        say_something()
        begun = time.monotonic()
        pid = processes.start("worker", settings)
        if len(threads) % workers.MOST_ATTEMPTS == 1:
            # The first, and then one in five: a task that has ended so many workers is given up.
            assert processes.wait(pid) == 0
            longest = time.monotonic() - begun
        else:
            time.sleep(dice.uniform(0, longest))
            killed += processes.kill(pid)
    while Notice.objects.filter(settled_at=None, reason="answer").exists() or running():
        Notice.objects.update(mailed_at=None)
        telling.ask()
        assert processes.wait(processes.start("worker", settings)) == 0, processes.told()
    assert workers.abandoned() == []
    assert not DBTaskResult.objects.filter(status="FAILED").exists(), processes.told()
    expected = len(threads) * telling.MOST_A_MINUTE
    told = Counter(taken)
    assert len(told) == expected
    assert {to for to, _id in told} == {asker.email}
    # Killed between the mail server's yes and its own note, a worker sends the same mail again:
    # with the same Message-ID, by which mail programs show it once.
    assert sum(told.values()) - expected <= killed
    print(f"{killed} killed, {expected} mails, {sum(told.values()) - expected} of them twice")
    connection.close()


def running():
    return DBTaskResult.objects.filter(task_path__in=MAIL, status__in=["READY", "RUNNING"]).exists()


def together(*calls):
    """Do all at once, each in a thread with a connection of its own."""
    failed = []

    def guarded(call):
        try:
            call()
        except Exception as error:  # noqa: BLE001 - told below
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=guarded, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def queued():
    return DBTaskResult.objects.filter(task_path=make_and_deliver.module_path)


def test_runs_at_once_tell_each_once(own_database):
    group = groups.community()
    asker, peer = groups.member_of(group, "GEO"), groups.member_of(group, "MEX")
    thread = groups.thread(group, asker)
    for _each in range(telling.MOST_A_MINUTE):
        groups.reply(thread, peer)
    together(*[telling.tell.func] * 4)
    assert queued().count() == telling.MOST_A_MINUTE
    connection.close()


def test_daily_runs_at_once_send_one_digest_each(own_database):
    group = groups.community()
    author = groups.member_of(group, "GEO")
    readers = [groups.member_of(group, code) for code in ("MEX", "COL", "CHL")]
    for reader in readers:
        MailChoice.objects.create(user=reader, rhythm="daily")
    groups.thread(group, author)
    together(*[lambda: digesting.run(MONDAY)] * 4)
    assert queued().count() == len(readers)
    connection.close()


def test_what_is_said_during_a_run_is_told_in_the_next(own_database):
    """Order is that of rows: nothing committed late is passed over."""
    group = groups.community()
    author, reader = groups.member_of(group, "GEO"), groups.member_of(group, "MEX")
    MailChoice.objects.create(user=reader, rhythm="daily")
    for day in range(1, 6):
        now = MONDAY.replace(day=MONDAY.day + day)
        together(
            lambda: [groups.thread(group, author) for _each in range(3)],
            lambda now=now: digesting.run(now),
        )
    digesting.run(MONDAY.replace(day=MONDAY.day + 6))
    assert Notice.objects.filter(user=reader).count() == 15
    assert not Notice.objects.filter(user=reader, settled_at=None).exists()
    told = [pk for row in queued() for pk in row.args_kwargs["args"][1]["notices"]]
    mine = Notice.objects.filter(user=reader).values_list("pk", flat=True)
    assert sorted(told) == sorted(mine)
    connection.close()
