"""In whose name a practice speaks, and clearance by somebody without an account."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from core.links import LinkError
from core.models import Link
from core.publication import PublicationBlocked
from practices.contributing.saving import save_draft
from practices.models import PracticePage
from reviewing import inviting
from reviewing.models import Clearance, ClearanceRule, Invitation, SectionComment
from reviewing.signing import sign_off
from reviewing.voice import standing_of
from tests import factories
from tests.mail import sent
from tests.reviewing.conftest import act, client_of, invitation, send_in, step_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def demanding(db):
    """Georgia demands clearance; Chile says expressly that it does not."""
    ClearanceRule.objects.create(country="GEO", required=True)
    ClearanceRule.objects.create(country="CHL", required=False)


@pytest.fixture
def waiting(draft, author, peer, demanding):
    """The practice, recommended, waiting for clearance."""
    send_in(draft, author)
    act(draft, peer, "approve")
    assert step_of(draft) == "ClearanceTask"
    return draft


def address_in(mail):
    """The path of the link in a mail."""
    line = next(line for line in mail.body.splitlines() if "/by-link/" in line)
    return "/" + line.split("/", 3)[3]


@pytest.fixture
def link(waiting, office):
    inviting.issue(invitation(waiting), waiting, office)
    return address_in(sent()[-1])


def newest(page):
    return PracticePage.objects.get(pk=page.pk).get_latest_revision_as_object()


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


def used(link, client, invitation_):
    client.post(link, {"answer": "commented", "remark": "Hm."})
    return link


def expired(link, client, invitation_):
    Link.objects.update(expires=timezone.now() - timedelta(minutes=1))
    return link


def revoked(link, client, invitation_):
    inviting.revoke(invitation_, None)
    return link


def forged(link, client, invitation_):
    return link[:-5] + "AAAA/"


def of_another_practice(link, client, invitation_):
    other = factories.practice("Another (invented)", draft=True)
    return link.replace(f"/{invitation_.page_id}/", f"/{other.pk}/")


def of_an_older_text(link, client, invitation_):
    page = PracticePage.objects.get(pk=invitation_.page_id)
    save_draft(page, page.owner, {"problem": "<p>Changed meanwhile.</p>"})
    return link


@pytest.mark.parametrize(
    "spoil", [used, expired, revoked, forged, of_another_practice, of_an_older_text]
)
def test_a_link_that_is_no_good_is_refused_with_clear_words(spoil, link, client, waiting):
    spoilt = spoil(link, client, Invitation.objects.get())
    before = Invitation.objects.get().answer
    for answer in (client.get(spoilt), client.post(spoilt, {"answer": "cleared"})):
        assert answer.status_code == 404
        assert b"link" in answer.content
        assert b"Nobody could count them" not in answer.content
    assert Invitation.objects.get().answer == before
    assert not Clearance.objects.exists()


def test_the_refusal_of_a_known_link_is_in_the_log_and_so_is_every_step(link, client, waiting):
    client.post(link, {"answer": "declined", "remark": "No."})
    client.post(link, {"answer": "cleared"})
    client.post(forged(link, client, None), {"answer": "cleared"})
    entries = PageLogEntry.objects.filter(page=waiting.pk, action__startswith="reviewing.")
    told = [name.removeprefix("reviewing.") for name in entries.values_list("action", flat=True)]
    assert sorted(told) == ["assign", "declined", "invite", "recommend", "refuse"]
    assert "head@example.org" not in str(list(entries.values_list("data", flat=True)))


def test_an_incomplete_answer_loses_nothing_and_does_not_use_the_link(link, client, waiting):
    answer = client.post(link, {"comment-problem": "A long remark."})
    assert answer.status_code == 422
    assert b"A long remark." in answer.content
    answer = client.post(link, {"answer": "declined"})
    assert b"Write at least one comment" in answer.content
    assert client.post(link, {"answer": "cleared"}).status_code == 200


def test_a_new_link_takes_the_one_before_back(link, client, waiting, office):
    inviting.issue(invitation(waiting, address="deputy@example.org"), waiting, office)
    assert client.get(link).status_code == 404
    assert client.get(address_in(sent()[-1])).status_code == 200


def test_withdrawing_takes_the_link_back(link, client, waiting, author):
    PracticePage.objects.get(pk=waiting.pk).current_workflow_state.cancel(user=author)
    assert client.get(link).status_code == 404


def test_nobody_sends_a_link_for_what_they_wrote(waiting, author, office):
    author.is_superuser = True
    author.save()
    with pytest.raises(PermissionDenied):
        inviting.issue(invitation(waiting), waiting, author)
    assert not Invitation.objects.filter(issued_at__isnull=False).exists()


def test_no_account_clears_at_the_step(waiting, author, peer, office):
    for somebody in (author, peer, office):
        with pytest.raises(PermissionDenied):
            act(waiting, somebody, "approve")


def test_an_author_does_not_name_an_address_of_their_own(waiting, author, client):
    client.force_login(author)
    url = f"/en/review/{waiting.pk}/office/"
    data = {"office": "Head (invented)", "address": author.email.upper(), "language": "en"}
    answer = client.post(url, data)
    assert answer.status_code == 422
    assert b"address of an author" in answer.content
    assert client.post(url, data | {"address": "head@example.org"}).status_code == 302
    proposed = Invitation.objects.get()
    assert proposed.state == "proposed"
    assert not Link.objects.exists()


def test_the_secretariat_sends_and_takes_back(waiting, office, client):
    client.force_login(office)
    url = f"/en/review/{waiting.pk}/links/"
    data = {
        "purpose": "clear",
        "office": "Head (invented)",
        "address": "head@example.org",
        "language": "fr",
    }
    assert client.post(url, data).status_code == 302
    mail = sent()[-1]
    assert mail.to == ["head@example.org"]
    assert "/fr/review/" in mail.body
    number = Invitation.objects.get().pk
    assert client.post(f"{url}{number}/").status_code == 302
    assert client.get(address_in(mail)).status_code == 404


def test_an_adviser_comments_by_link_and_decides_nothing(draft, author, peer, office, client):
    send_in(draft, author)
    wanted = invitation(draft, purpose="advise", office="Advisory board", address="a@example.org")
    inviting.issue(wanted, draft, office)
    url = address_in(sent()[-1])
    said = {"answer": "cleared", "comment-steps": "Say who pays."}
    assert client.post(url, said).status_code == 200
    comment = SectionComment.objects.get()
    assert (comment.section, comment.signature) == ("steps", "Adviser (Advisory board)")
    assert step_of(draft) == "PeerReviewTask"
    assert not Clearance.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_link_used_twenty_times_at_once_counts_once(link, waiting):
    token = link.rstrip("/").rsplit("/", 1)[1]

    def use(number):
        try:
            inviting.answer(token, "cleared", "", {})
        except (LinkError, inviting.OutdatedError):
            return 0
        else:
            return 1
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(use, range(20))) == 1
    assert Clearance.objects.count() == 1
