"""The link by which somebody without an account clears: when it is refused, who sends it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone
from wagtail.models import PageLogEntry

from core.links import LinkError
from core.models import Link
from practices.contributing.saving import save_draft
from practices.models import PracticePage
from reviewing import inviting
from reviewing.models import Clearance, Invitation, SectionComment
from tests import factories
from tests.mail import sent
from tests.reviewing.clearance.conftest import address_in
from tests.reviewing.conftest import act, invitation, send_in, step_of

pytestmark = pytest.mark.django_db


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
