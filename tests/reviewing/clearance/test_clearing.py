"""In whose name a practice speaks, and clearance by somebody without an account."""

import re

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry

from core.models import Link
from core.publication import PublicationBlocked
from practices.contributing.saving import save_draft
from practices.models import PracticePage
from reviewing.models import Clearance, Invitation, SectionComment
from reviewing.signing import sign_off
from reviewing.voice import standing_of
from tests import factories
from tests.mail import sent
from tests.reviewing.clearance.conftest import address_in, newest
from tests.reviewing.conftest import act, client_of, send_in, step_of

pytestmark = pytest.mark.django_db


def test_where_nothing_is_demanded_the_step_is_left_out(draft, author, peer):
    send_in(draft, author)
    act(draft, peer, "approve")
    assert step_of(draft) == "PublicationTask"


@pytest.mark.parametrize("countries", [["GEO"], ["CHL", "GEO"]])
def test_a_country_that_demands_it_is_asked(countries, demanding):
    page = factories.practice("Demanded (invented)", draft=True, countries=countries)
    assert standing_of(page).needed


def test_the_authors_country_counts_where_the_practice_names_none(author, demanding):
    page = factories.practice("Of no country (invented)", draft=True, owner=author)
    assert standing_of(page).needed


def test_a_country_without_a_rule_demands_nothing(db, demanding):
    page = factories.practice("From Chile (invented)", draft=True, countries=["CHL"])
    assert not standing_of(page).needed


def test_the_institutions_voice_needs_its_clearance(draft, author, peer):
    save_draft(draft, author, {"voice": "institution"})
    draft.refresh_from_db()
    send_in(draft, author)
    act(draft, peer, "approve")
    assert step_of(draft) == "ClearanceTask"


def test_the_public_voice_has_to_cite_a_document(draft, author, office):
    save_draft(draft, author, {"voice": "public"})
    page = PracticePage.objects.get(pk=draft.pk)
    sign_off(page, office)
    with pytest.raises(PublicationBlocked, match="cites none"):
        page.latest_revision.publish()


def test_nothing_is_public_without_clearance_where_the_country_demands_it(waiting, office):
    sign_off(waiting, office)
    with pytest.raises(PublicationBlocked, match="demands clearance"):
        PracticePage.objects.get(pk=waiting.pk).latest_revision.publish()
    assert not PracticePage.objects.get(pk=waiting.pk).live


@pytest.mark.parametrize("voice", ["personal", "institution", "public"])
def test_the_demand_holds_for_every_voice(voice, draft, author, demanding, office):
    save_draft(draft, author, {"voice": voice})
    assert standing_of(newest(draft)).missing


def test_opening_a_link_changes_nothing(link, client, waiting):
    before = list(Link.objects.values()), list(Invitation.objects.values())
    log = PageLogEntry.objects.count()
    for _again in range(3):
        answer = client.get(link)
        assert answer.status_code == 200
    assert b"Nobody could count them" in answer.content
    assert "no-store" in answer["Cache-Control"]
    assert before == (list(Link.objects.values()), list(Invitation.objects.values()))
    assert PageLogEntry.objects.count() == log
    assert step_of(waiting) == "ClearanceTask"


def test_the_institution_clears_and_it_is_shown_with_the_day_and_no_address(
    link, client, waiting, office
):
    assert client.post(link, {"answer": "cleared", "remark": ""}).status_code == 200
    assert step_of(waiting) == "PublicationTask"
    act(waiting, office, "approve")
    page = PracticePage.objects.get(pk=waiting.pk)
    assert page.live
    assert Clearance.objects.get(page=page).institution_name == "Head of office (invented)"
    assert Invitation.objects.get(page=page).address == ""
    assert b"head@example.org" not in client.get(page.url).content


def test_the_institution_asks_for_changes_and_is_asked_again(link, client, waiting, author):
    said = {"answer": "commented", "comment-problem": "Not two hundred.", "remark": "See below."}
    assert client.post(link, said).status_code == 200
    told = dict(SectionComment.objects.values_list("section", "text"))
    assert told == {"problem": "Not two hundred.", "summary": "See below."}
    page = PracticePage.objects.get(pk=waiting.pk)
    save_draft(page, author, {"problem": "<p>One hundred.</p>"})
    page.refresh_from_db()
    send_in(page, author)
    again = sent()[-1]
    assert again.to == ["head@example.org"]
    assert address_in(again) != link
    client.post(address_in(again), {"answer": "cleared"})
    assert step_of(page) == "PublicationTask"


def test_the_institution_declines_and_nothing_is_published(link, client, waiting, office):
    assert client.post(link, {"answer": "declined", "remark": "Not ours."}).status_code == 200
    page = PracticePage.objects.get(pk=waiting.pk)
    assert page.current_workflow_state.status == "needs_changes"
    assert not Clearance.objects.exists()
    sign_off(page, office)
    with pytest.raises(PublicationBlocked):
        page.latest_revision.publish()


def test_a_link_that_declined_is_not_sent_again_by_itself(link, client, waiting, author):
    client.post(link, {"answer": "declined", "remark": "Not ours."})
    send_in(PracticePage.objects.get(pk=waiting.pk), author)
    assert not Invitation.objects.filter(page=waiting, answer="", issued_at__isnull=False)


def test_a_changed_word_asks_for_clearance_again(link, client, waiting, author):
    client.post(link, {"answer": "cleared"})
    assert standing_of(newest(waiting)).clearance
    save_draft(waiting, author, {"problem": "<p>Another word.</p>"})
    assert standing_of(newest(waiting)).missing


def test_sent_back_by_the_secretariat_and_changed_it_is_cleared_again(
    link, client, waiting, author, office
):
    client.post(link, {"answer": "cleared"})
    act(waiting, office, "reject", "Say how many.")
    save_draft(waiting, author, {"problem": "<p>Two hundred.</p>"})
    send_in(PracticePage.objects.get(pk=waiting.pk), author)
    assert step_of(waiting) == "ClearanceTask"
    again = sent()[-1]
    assert again.to == ["head@example.org"]
    client.post(address_in(again), {"answer": "cleared"})
    assert step_of(waiting) == "PublicationTask"
    act(waiting, office, "approve")
    assert PracticePage.objects.get(pk=waiting.pk).live


def test_sent_back_by_the_secretariat_and_not_changed_the_clearance_holds(
    link, client, waiting, author, office
):
    client.post(link, {"answer": "cleared"})
    act(waiting, office, "reject", "Wait for the new year.")
    send_in(PracticePage.objects.get(pk=waiting.pk), author)
    assert step_of(waiting) == "PublicationTask"


def go_back(page, user, version):
    """As its writer does it: look at what would change, then press."""
    client = client_of(user)
    url = reverse("contribute-go-back", args=[page.pk, version])
    shown = client.get(url).content.decode()
    seen = re.search(r'name="seen" value="([^"]+)"', shown)[1]
    assert client.post(url, {"seen": seen}).status_code == 302


def test_going_back_from_the_cleared_text_asks_for_clearance_again(
    link, client, waiting, author, office
):
    before = waiting.revisions.earliest("pk").pk
    client.post(link, {"answer": "cleared"})
    act(waiting, office, "reject", "Say how many.")
    go_back(waiting, author, before)
    assert standing_of(newest(waiting)).missing
    send_in(PracticePage.objects.get(pk=waiting.pk), author)
    assert step_of(waiting) == "ClearanceTask"
    assert address_in(sent()[-1]) != link


def test_going_back_to_exactly_the_cleared_text_its_clearance_holds_and_its_review_is_new(
    link, client, waiting, author, office
):
    cleared = waiting.latest_revision_id
    client.post(link, {"answer": "cleared"})
    act(waiting, office, "approve")
    page = PracticePage.objects.get(pk=waiting.pk)
    save_draft(page, author, {"problem": "<p>Another word.</p>"})
    assert standing_of(newest(page)).missing
    go_back(page, author, cleared)
    assert standing_of(newest(page)).clearance
    page = PracticePage.objects.get(pk=page.pk)
    assert page.live_revision_id == cleared
    send_in(page, author)
    assert step_of(page) == "PeerReviewTask"


def test_an_open_link_does_not_clear_the_text_that_was_gone_back_to(
    link, client, waiting, author, office
):
    before = waiting.revisions.earliest("pk").pk
    act(waiting, office, "reject", "Wait.")
    go_back(waiting, author, before)
    assert client.post(link, {"answer": "cleared"}).status_code == 404
    assert not Clearance.objects.exists()


def test_saving_without_a_change_keeps_the_clearance(link, client, waiting, author):
    client.post(link, {"answer": "cleared"})
    text = newest(waiting)
    save_draft(waiting, author, {"problem": text.problem, "title": text.title})
    assert standing_of(newest(waiting)).clearance


def test_a_personal_view_that_was_cleared_is_not_yet_the_institutions(
    link, client, waiting, author
):
    client.post(link, {"answer": "cleared"})
    assert standing_of(newest(waiting)).clearance
    save_draft(waiting, author, {"voice": "institution"})
    assert standing_of(newest(waiting)).clearance is None
