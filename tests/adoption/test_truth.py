"""Kept true: the yearly question, its answers, and that they publish nothing else."""

import csv
import datetime
import io
import re

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import PageLogEntry

from adoption.models import TruthAnswer, TruthQuestion
from adoption.truth import run
from core.models import Link
from practices.models import PracticePage
from tests import factories
from tests.adoption import told
from tests.adoption.told import url
from tests.browsing import sent_as_a_browser_does
from tests.mail import sent
from tests.members import people

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DAY = datetime.timedelta(days=1)


def age(practice, days=400, **fields):
    """Let the practice be published so many days ago."""
    PracticePage.objects.filter(pk=practice.pk).update(
        first_published_at=NOW - days * DAY, **fields
    )
    practice.refresh_from_db()
    return practice


def links_in(mail):
    """The three addresses of a mail: {answer: path}."""
    found = re.findall(r"https?://[^/\s]+(/\S+/still-true/\S+/(\w+)/)", mail.body)
    return {value: path for path, value in found}


def asked(practice):
    """Ask, and return the links that its author got."""
    run(NOW)
    return links_in(sent()[-1])


# --- Whom and when ------------------------------------------------------------------------
def test_the_authors_of_a_practice_are_asked_once_a_year(practice, author):
    age(practice)
    call_command("ask_if_true", stdout=io.StringIO())
    call_command("ask_if_true", stdout=io.StringIO())
    mails = sent()
    assert [mail.to for mail in mails] == [[author.email]]
    assert practice.title in mails[0].subject
    assert set(links_in(mails[0])) == {"true", "change", "untrue"}
    run(NOW + 366 * DAY)
    assert len(sent()) == 2  # the reminder; a new question only after an answer
    assert TruthQuestion.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "is_asked"),
    [
        ({"days": 364}, False),
        ({"days": 366}, True),
        ({"last_confirmed": (NOW - 300 * DAY).date()}, False),
        ({"last_confirmed": (NOW - 366 * DAY).date()}, True),
        ({"live": False}, False),
        ({"expire_at": NOW - DAY}, False),
    ],
)
def test_only_what_is_public_and_a_year_old_is_asked_about(fields, is_asked, practice):
    age(practice, **fields)
    assert run(NOW).asked == is_asked
    assert len(sent()) == is_asked


def test_the_office_named_as_contact_is_asked_too_in_the_pages_language(practice, author):
    age(practice, contact="Registry office (invented), Registry@example.org, +000")
    run(NOW)
    assert {mail.to[0] for mail in sent()} == {author.email, "registry@example.org"}


def test_the_reader_is_asked_in_their_own_language(practice, author):
    author.language = "fr"
    author.save()
    age(practice)
    run(NOW)
    assert "/fr/exchange/still-true/" in sent()[-1].body


def test_a_title_with_line_breaks_makes_no_header(practice, author):
    age(practice)
    title = "Invented\r\nBcc: other@example.org"
    PracticePage.objects.filter(pk=practice.pk).update(title=title)
    run(NOW)
    mail = sent()[-1]
    assert mail.recipients() == [author.email]
    assert "\n" not in mail.subject


def test_one_reminder_after_thirty_days(practice):
    age(practice)
    run(NOW)
    assert run(NOW + 29 * DAY).reminded == 0
    assert run(NOW + 31 * DAY).reminded == 1
    assert run(NOW + 31 * DAY).reminded == 0
    assert run(NOW + 90 * DAY).reminded == 0
    assert len(sent()) == 2


def test_one_work_in_two_languages_is_asked_about_once(practice):
    french = factories.practice(
        title="Un registre inventé", language="fr", translation_key=practice.translation_key
    )
    age(practice)
    age(french)
    assert run(NOW).asked == 1


def test_two_runs_at_once_ask_once(practice):
    age(practice)
    run(NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        TruthQuestion.objects.create(practice=practice, asked_at=NOW)


# --- Answering ----------------------------------------------------------------------------
def test_opening_a_link_does_nothing(practice, client):
    addresses = asked(age(practice)).values()
    for address in addresses:
        for method in (client.get, client.head):
            assert method(address).status_code == 200
    assert not TruthAnswer.objects.exists()
    assert not Link.objects.exclude(used=None).exists()


def test_one_click_confirms(practice, author, client):
    address = asked(age(practice))["true"]
    assert client.post(address).status_code == 200
    practice.refresh_from_db()
    assert practice.last_confirmed == timezone.localdate()
    answer = TruthAnswer.objects.get()
    assert (answer.value, answer.by) == ("true", author)
    assert "Confirmed true on" in client.get(practice.url).content.decode()
    assert PageLogEntry.objects.filter(page=practice, action="adoption.confirm_true").count() == 1
    assert practice.live_revision.content["last_confirmed"] == str(timezone.localdate())
    assert practice.latest_revision == practice.live_revision
    assert not practice.has_unpublished_changes


def test_a_browser_sends_the_form_behind_a_link(practice):
    done = sent_as_a_browser_does(asked(age(practice))["true"], {})
    assert (done.status_code, done["Referrer-Policy"]) == (200, "same-origin")
    assert TruthAnswer.objects.get().value == "true"


def test_a_link_works_once(practice, author, client):
    PracticePage.objects.filter(pk=practice.pk).update(contact="office@example.org")
    age(practice)
    run(NOW)
    mine, theirs = (links_in(mail) for mail in sent())
    assert client.post(mine["untrue"], {"note": "Gone (invented)"}).status_code == 200
    for address in (mine["untrue"], mine["true"], theirs["true"]):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404
    assert TruthAnswer.objects.get().value == "untrue"


@pytest.mark.parametrize("token", ["x", "a" * 43, "\u0661", "%00", "1" * 3000])
def test_an_unknown_link_is_told_in_a_sentence(token, client):
    answer = client.get(f"/en/exchange/still-true/{token}/true/")
    assert answer.status_code == 404


def test_whoever_speaks_no_more_for_the_practice_holds_a_dead_link(practice, author, client):
    address = asked(age(practice))["true"]
    role = author.roles.get()
    role.ended_at = NOW
    role.save()
    assert client.post(address).status_code == 404
    practice.refresh_from_db()
    assert practice.last_confirmed is None


def test_a_draft_that_is_being_written_is_not_published(practice, author, client):
    address = asked(age(practice))["true"]
    draft = practice.get_latest_revision_as_object()
    draft.title = "An unfinished title (invented)"
    revision = draft.save_revision(user=author)
    client.post(address)
    practice.refresh_from_db()
    assert practice.last_confirmed == timezone.localdate()
    assert practice.title == "An invented register"
    assert practice.latest_revision == revision
    assert practice.has_unpublished_changes
    assert practice.get_latest_revision_as_object().title == "An unfinished title (invented)"
    assert PageLogEntry.objects.filter(page=practice, action="adoption.confirm_true").exists()


def test_a_draft_begun_before_keeps_the_date_when_it_is_published(practice, author, client):
    address = asked(age(practice))["true"]
    draft = practice.get_latest_revision_as_object()
    draft.cost = "An invented cost"
    draft.save_revision(user=author)
    client.post(address)
    told.publish_newest(practice)
    practice.refresh_from_db()
    assert practice.cost == "An invented cost"
    assert practice.last_confirmed == timezone.localdate()


def test_a_review_and_a_schedule_are_left_alone(practice, author, client):
    address = asked(age(practice))["true"]
    revision = practice.get_latest_revision_as_object().save_revision(user=author)
    later = NOW + 10 * DAY
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=later)
    client.post(address)
    revision.refresh_from_db()
    assert revision.approved_go_live_at == later
    practice.refresh_from_db()
    assert practice.last_confirmed == timezone.localdate()


def test_needs_a_change_is_shown_until_it_is_changed(practice, author, client, signed_in):
    address = asked(age(practice))["change"]
    answer = signed_in(author).post(address, {"note": "The law is new (invented)"})
    assert answer.status_code in (200, 302)
    text = signed_in(None).get(practice.url).content.decode()
    assert "needs a change" in text
    assert "The law is new (invented)" not in text
    listed = signed_in(people.secretariat()).get(url("stale")).content.decode()
    assert "The law is new (invented)" in listed
    practice.refresh_from_db()
    assert practice.last_confirmed is None
    PracticePage.objects.filter(pk=practice.pk).update(owner=None)
    PracticePage.objects.get(pk=practice.pk).save_revision().publish()
    assert "needs a change" not in signed_in(None).get(practice.url).content.decode()


def test_no_longer_true_is_told_to_readers(practice, client):
    client.post(asked(age(practice))["untrue"])
    assert "no longer so" in client.get(practice.url).content.decode()
    practice.refresh_from_db()
    assert practice.live


def test_an_old_confirmation_is_called_so(practice, client):
    age(practice, last_confirmed=(NOW - 300 * DAY).date())
    assert "Confirmed true on" in client.get(practice.url).content.decode()
    age(practice, last_confirmed=(NOW - 400 * DAY).date())
    assert "Not confirmed since" in client.get(practice.url).content.decode()


# --- The list of the secretariat ----------------------------------------------------------
def test_who_does_not_answer_the_reminder_is_on_the_list(practice, client, signed_in):
    age(practice)
    run(NOW)
    secretariat = people.secretariat()
    assert practice.title not in signed_in(secretariat).get(url("stale")).content.decode()
    run(NOW + 31 * DAY)
    assert practice.title in signed_in(secretariat).get(url("stale")).content.decode()
    answer = signed_in(secretariat).get(url("stale-csv"))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["practice_id"], row["countries"]) for row in rows] == [(str(practice.pk), "GEO")]
    client.logout()
    client.post(links_in(sent()[-1])["true"])
    assert practice.title not in signed_in(secretariat).get(url("stale")).content.decode()


def test_a_practice_with_nobody_to_ask_is_on_the_list(signed_in):
    age(factories.practice(title="An orphaned invention"))
    run(NOW)
    assert sent() == []
    listed = signed_in(people.secretariat()).get(url("stale")).content.decode()
    assert "An orphaned invention" in listed
    assert "Nobody to ask" in listed
