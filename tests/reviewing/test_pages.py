"""What the pages of reviews say, and the secretariat's decision."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from practices.contributing.saving import save_draft
from practices.models import PracticePage
from reviewing.digest import text_digest
from reviewing.models import Clearance, SectionComment
from tests import factories
from tests.mail import sent
from tests.members.people import reviewer, secretariat
from tests.reviewing.conftest import act, asked_of, client_of, send_in

pytestmark = pytest.mark.django_db


def test_a_draft_that_nobody_sent_in_is_not_published_over_its_authors_head(draft, office):
    url = reverse("review-decide", args=[draft.pk])
    data = {"decision": "approve", "seen": draft.latest_revision_id}
    assert b"Sign off and publish" not in client_of(office).get(url[:-7]).content
    client_of(office).post(url, data)
    assert not PracticePage.objects.get(pk=draft.pk).live


def test_what_the_secretariat_took_from_a_document_is_published_by_another_of_it(office):
    page = factories.practice("From a report (invented)", draft=True, owner=office)
    other = secretariat("another@example.org")
    url = reverse("review-decide", args=[page.pk])
    data = {"decision": "approve", "seen": page.latest_revision_id}
    assert client_of(office).post(url, data).status_code == 404
    client_of(other).post(url, data)
    assert PracticePage.objects.get(pk=page.pk).live


def test_the_secretariat_publishes_from_the_review_and_sends_back_with_a_reason(
    waiting, peer, office
):
    act(waiting, peer, "approve")
    url = reverse("review-decide", args=[waiting.pk])
    client = client_of(office)
    seen = waiting.latest_revision_id
    assert client.post(url, {"decision": "reject", "seen": seen}).status_code == 422
    assert client.post(url, {"decision": "approve", "seen": seen - 1}).status_code == 302
    assert not PracticePage.objects.get(pk=waiting.pk).live
    for _again in range(2):
        client.post(url, {"decision": "approve", "seen": seen})
    assert PracticePage.objects.get(pk=waiting.pk).live
    assert len([mail for mail in sent() if "Published" in mail.subject]) == 1


def test_the_secretariat_is_told_what_stands_against_publication(waiting, author, peer, office):
    save_draft(waiting, author, {"voice": "public"})
    PracticePage.objects.get(pk=waiting.pk).current_workflow_state.cancel(user=author)
    shown = client_of(office).get(reverse("review-practice", args=[waiting.pk]))
    assert b"cites none" in shown.content


def test_the_state_is_said_in_words_at_each_step(waiting, author, peer, office):
    url = reverse("review-practice", args=[waiting.pk])

    def words():
        return client_of(author).get(url).content.decode()

    assert "With 1 reviewer, who answers by" in words()
    act(waiting, peer, "reject", "More.")
    assert "Sent back with comments" in words()
    send_in(PracticePage.objects.get(pk=waiting.pk), author)
    act(waiting, peer, "approve")
    assert "With the secretariat" in words()
    act(waiting, office, "approve")
    assert "It is published." in words()


def test_the_desk_shows_the_oldest_first_and_an_empty_one_says_what_to_do(author, peer):
    assert b"Nothing waits for you" in client_of(peer).get("/en/review/").content
    titles = ["First (invented)", "Second (invented)"]
    for title in titles:
        page = factories.practice(title, draft=True, owner=author, countries=["GEO"])
        send_in(page, author)
    shown = client_of(peer).get("/en/review/").content.decode()
    assert shown.index(titles[0]) < shown.index(titles[1])
    assert "due by" in shown
    assert titles[0] in client_of(author).get("/en/review/").content.decode()


def test_the_overview_tells_how_long_steps_take(waiting, peer, office):
    act(waiting, peer, "approve")
    shown = client_of(office).get("/en/review/overview/").content.decode()
    assert "Review by peers" in shown
    assert "Median" in shown
    assert "A register (invented)" in shown


@pytest.mark.parametrize("name", ["review-desk", "review-overview", "review-reviewers"])
def test_lists_ask_the_same_number_of_questions_however_long_they_are(name, author, peer, office):
    def questions():
        client = client_of(office)
        client.get(reverse(name))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(reverse(name))
        return len(asked)

    def more(number):
        page = factories.practice(f"P {number}", draft=True, owner=author, countries=["GEO"])
        send_in(page, author)
        reviewer("CHL", email=f"r{number}@example.org")

    more(0)
    few = questions()
    for number in range(1, 6):
        more(number)
    assert questions() <= few
    assert few < 25


def test_a_practice_with_many_comments_asks_few_questions(waiting, peer, office):
    client = client_of(office)
    url = reverse("review-practice", args=[waiting.pk])
    client.get(url)
    for number in range(30):
        SectionComment.objects.create(
            page=waiting, section="problem", text="x", voice="reviewer", once=str(number)
        )
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    assert len(asked) < 45


def test_two_secretaries_press_publish_at_once_and_it_happens_once(waiting, peer):
    act(waiting, peer, "approve")
    both = [secretariat(f"s{number}@example.org") for number in range(2)]
    url = reverse("review-decide", args=[waiting.pk])
    for each in both:
        data = {"decision": "approve", "seen": waiting.latest_revision_id}
        assert client_of(each).post(url, data).status_code == 302
    assert waiting.sign_offs.count() == 1
    assert asked_of(waiting) == set()


def test_the_published_practice_says_in_whose_name_it_speaks(waiting, peer, office, client):
    act(waiting, peer, "approve")
    act(waiting, office, "approve")
    page = PracticePage.objects.get(pk=waiting.pk)
    assert b"Personal view of the author" in client.get(page.url).content
    assert b"Cleared by" not in client.get(page.url).content
    Clearance.objects.create(
        page=page,
        institution_name="Statistical office (invented)",
        voice="personal",
        digest=text_digest(page),
    )
    assert b"Cleared by Statistical office (invented) on" in client.get(page.url).content
