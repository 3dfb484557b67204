"""Each mail is posted exactly once: by many at the same time, and by processes that are killed."""

import random
import signal
import subprocess
import sys
import threading
import time

import pytest
from django.db import connection

from communities.inbound.addresses import reply_address
from communities.inbound.receiving import receive
from communities.models import Inbound, Post
from tests.communities import groups
from tests.communities.inbound import post_office
from tests.communities.inbound.letters import mail_of
from tests.seeded import ROOT
from tests.site_server import eventually

KILLS, MAILS = 4, 24


@pytest.fixture
def answering(own_database):
    """A member and the address by which they answer, in the database of its own."""
    group = groups.community()
    thread = groups.thread(group, groups.member_of(group, "MEX"))
    member = groups.member_of(group, "GEO")
    return thread, member, reply_address(member, thread)


def at_once(calls):
    """Do these in threads that begin together; return what went wrong."""
    together, wrong = threading.Barrier(len(calls)), []

    def do(call):
        try:
            together.wait()
            call()
        except Exception as error:  # noqa: BLE001 - told to the test
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def test_the_same_mail_taken_by_many_at_once_is_posted_once(answering):
    thread, member, address = answering
    raw = mail_of(member, address)
    assert at_once([lambda: receive(raw)] * 8) == []
    assert thread.posts.count() == 2
    assert Inbound.objects.count() == 1


def test_many_mails_at_once_are_all_posted_in_order(answering, settings):
    settings.ACCOUNT_RATE_LIMITS = {}
    thread, member, address = answering
    mails = [mail_of(member, address, f"Answer {n} (invented).") for n in range(12)]
    assert at_once([lambda raw=raw: receive(raw) for raw in mails]) == []
    assert list(thread.posts.values_list("number", flat=True)) == list(range(1, 14))
    assert len(set(thread.posts.values_list("text", flat=True))) == 13


def test_what_is_posted_while_somebody_is_removed_stands_before_or_not_at_all(answering):
    thread, member, address = answering
    removed = member.memberships.get()

    def remove():
        removed.left_at, removed.ending = "2026-01-01T00:00Z", "removed"
        removed.save()

    mails = [mail_of(member, address, f"Answer {n} (invented).") for n in range(6)]
    assert at_once([remove, *(lambda raw=raw: receive(raw) for raw in mails)]) == []
    outcomes = set(Inbound.objects.values_list("outcome", flat=True))
    assert outcomes <= {"posted", "refused"}
    posted = Inbound.objects.filter(outcome="posted").count()
    assert thread.posts.count() == 1 + posted
    assert receive(mail_of(member, address)).outcome == "refused"


def test_killed_again_and_again_it_posts_every_mail_once(answering, own_database, tmp_path):
    thread, member, address = answering
    chance = random.Random(20261123)
    with post_office.opened(tmp_path / "mail") as office:
        for number in range(MAILS):
            raw = mail_of(member, address, f"Answer {number} (invented).")
            office.send(raw, member.email, address)
        env = {
            **own_database,
            "MAILBOX_URL": office.url(),
            "SSL_CERT_FILE": str(office.certificate),
        }
        for _kill in range(KILLS):
            begin_and_kill(env, chance)
        done = fetching(env)
        told, _errors = done.communicate(timeout=120)
        assert done.returncode == 0, told
        assert office.subjects() == []
    said = list(thread.posts.filter(number__gt=1).values_list("text", flat=True))
    assert sorted(said) == sorted(f"Answer {number} (invented)." for number in range(MAILS))
    assert Inbound.objects.filter(outcome="posted").count() == MAILS


def fetching(env):
    return subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), "fetch_mail"],
        env=env,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def begin_and_kill(env, chance):
    """Begin to take mail in, and kill the process somewhere between two mails or within one."""
    before = Post.objects.count()
    process = fetching(env)
    eventually(
        lambda: Post.objects.count() > before or process.poll() is not None, "a mail is posted"
    )
    time.sleep(chance.random() / 20)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=30)
