"""The doctor tells whether answers by mail come in, and no more of them than that."""

from contextlib import suppress
from io import StringIO

import pytest
from django.core.checks import run_checks
from django.core.management import call_command

from communities.inbound.health import answers
from communities.inbound.receiving import receive
from tests.communities.inbound.letters import mail_of

pytestmark = pytest.mark.django_db


def test_without_a_domain_there_are_none(settings):
    settings.INBOUND_DOMAIN = ""
    assert answers() == (True, "none: INBOUND_DOMAIN is not set")


def test_it_tells_the_ways_in_and_what_came(settings, member, address):
    settings.MAILBOX_URL = "imaps://user:SECRET@imap.example.org/INBOX"
    well, told = answers()
    assert well
    assert "by the hook of postmark, by the mailbox INBOX on imap.example.org" in told
    assert "no mail yet" in told
    receive(mail_of(member, address))
    receive(mail_of(member, "nobody@example.org"))
    _well, told = answers()
    assert "in 7 days: 1 dropped, 1 posted" in told
    assert "SECRET" not in told
    assert member.email not in told


def test_a_mailbox_that_cannot_be_read_is_broken(settings):
    settings.MAILBOX_URL = "imap://user:SECRET@imap.example.org/INBOX"
    well, told = answers()
    assert not well
    assert "imaps://" in told
    assert "SECRET" not in told


def test_the_doctor_has_a_line_for_them(settings):
    told = StringIO()
    with suppress(SystemExit):  # something else may be missing here
        call_command("doctor", stdout=told)
    assert "answers by mail" in told.getvalue()


def test_the_deploy_check_asks_who_reads_the_mail(settings):
    def ids():
        return {each.id for each in run_checks(include_deployment_checks=True)}

    settings.INBOUND_PROVIDER = settings.MAILBOX_URL = ""
    assert "config.I003" in ids()
    settings.MAILBOX_URL = "imaps://user:password@imap.example.org/INBOX"
    assert "config.I003" not in ids()
    settings.MAILBOX_URL = settings.INBOUND_DOMAIN = ""
    assert "config.I003" not in ids()
