"""The mail server hangs or refuses: nobody on the site waits, and mail comes later (G06)."""

import socket
import time

import pytest
from django.utils import timezone

from communities.mailing import telling
from communities.models import MailChoice
from core import mail as core_mail
from tests.communities import groups
from tests.communities.mailing.telling import waiting
from tests.kept import kept
from tests.mail import commit, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def silent_server(settings):
    """A mail server that takes a connection and says nothing, for ever."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        listening.setblocking(False)
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = listening.getsockname()
        settings.EMAIL_TIMEOUT = 1
        yield listening


def was_called(server):
    try:
        server.accept()[0].close()
    except BlockingIOError:
        return False
    return True


@kept
def group():
    return groups.community()


@kept
def asker(group):
    return groups.member_of(group, "GEO")


@kept
def peer(group):
    return groups.member_of(group, "MEX")


def test_nobody_who_posts_follows_or_stops_waits_for_it(
    client, silent_server, group, asker, peer, django_capture_on_commit_callbacks
):
    thread = groups.thread(group, asker)
    client.force_login(peer)
    begun = time.monotonic()
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(
            f"/en/communities/{group.slug}/threads/{thread.pk}/", {"text": "Said (invented)"}
        )
        client.post("/en/communities/mail/", {"rhythm": "daily", "listened": [group.pk]})
    assert answer.status_code == 302
    assert thread.posts.count() == 2
    telling.tell.func()
    assert waiting().count() == 1
    assert not was_called(silent_server)
    assert time.monotonic() - begun < 10


def attempt():
    """Run the one mail that waits as the worker does, whatever hour it is meant for."""
    commit()
    row = waiting().get()
    row.delete()
    core_mail.make_and_deliver.func(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])


def test_the_worker_tries_again_later_and_the_mail_comes_once(
    silent_server, settings, group, asker, peer
):
    groups.reply(groups.thread(group, asker), peer, "Said (invented)")
    telling.tell.func()
    attempt()
    assert was_called(silent_server)
    assert waiting().get().run_after > timezone.now()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # refuses
    attempt()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    attempt()
    (mail,) = sent()
    assert mail.to == [asker.email]
    assert "Said (invented)" in mail.body
    assert waiting().count() == 0


def test_rights_are_asked_at_each_attempt(silent_server, settings, group, asker, peer):
    """L11: what was taken away while the server was down is not sent when it is back."""
    groups.reply(groups.thread(group, asker), peer)
    telling.tell.func()
    attempt()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    asker.memberships.update(left_at=timezone.now(), ending="removed")
    attempt()
    assert sent() == []


def test_the_daily_run_waits_for_no_server_either(silent_server, group, asker, peer):
    from django.core.management import call_command

    MailChoice.objects.create(user=peer, rhythm="daily")
    groups.thread(group, asker)
    call_command("send_digests", verbosity=0)
    assert not was_called(silent_server)
    assert waiting().count() == 1
