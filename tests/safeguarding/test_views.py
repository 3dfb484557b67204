"""Who sees what was found, who signs it off, and what bad input does."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from safeguarding.gate import check
from safeguarding.models import Answer, Request, SignOff
from tests.factories import practice
from tests.kept import kept
from tests.members.people import member, secretariat
from tests.safeguarding.pages import UNSAFE, draft, kinds, latest, picture, sign, text

pytestmark = pytest.mark.django_db
REASON = "The name is invented, the law demands the example."


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def url(name, page):
    return reverse(f"safeguarding-{name}", args=[page.pk])


@kept
def writer(db):
    return member("GEO")


@kept
def signer(db):
    return secretariat()


@kept
def found(writer):
    """A practice whose author wrote too much."""
    return practice(
        "Draft", draft=True, results=f"<p>{UNSAFE}</p>", owner=writer, countries=["GEO"]
    )


def signer_by_right():
    user = member("ARM")
    user.user_permissions.add(Permission.objects.get(codename="sign_off"))
    return get_user_model().objects.get(pk=user.pk)


def signing(page, **changed):
    marks = [each.fingerprint for each in check(latest(page)).open]
    return {"findings": marks, "shown": marks, "reason": REASON, **changed}


def test_strangers_are_told_nothing(client, found):
    names = ["page", "findings"]
    assert all(client.get(url(name, found)).status_code == 302 for name in names)
    other = client_of(member("ARM"))
    missing = reverse("safeguarding-page", args=[999_999])
    assert {other.get(url(name, found)).status_code for name in names} == {404}
    assert other.get(missing).status_code == 404
    for name in ("sign", "answer", "ask"):
        assert other.post(url(name, found), signing(found)).status_code == 404
    assert other.get(reverse("safeguarding-desk")).status_code == 404
    assert not SignOff.objects.exists()


def test_the_author_sees_the_sentence_the_place_and_what_to_do(writer, found):
    html = client_of(writer).get(url("page", found)).content.decode()
    assert "<mark>Amina Diallo</mark>" in html
    assert "Take out the name and what leads to it." in html
    assert "Ask for a sign-off" in html
    assert "Sign off all of it" not in html
    assert "noindex" in html


def test_the_author_does_not_sign_off(writer, found):
    assert client_of(writer).post(url("sign", found), signing(found)).status_code == 404
    assert not SignOff.objects.exists()


def test_who_wrote_a_version_does_not_sign_off_be_it_the_secretariat(signer, found):
    latest(found).save_revision(user=signer)
    client = client_of(signer)
    assert "You wrote on this text yourself" in client.get(url("page", found)).content.decode()
    assert client.post(url("sign", found), signing(found)).status_code == 404
    assert kinds(latest(found)) == ["person"]


@pytest.mark.parametrize("who", [secretariat, signer_by_right])
def test_a_sign_off_is_recorded_with_its_person_and_reason(who, found):
    user = who()
    answer = client_of(user).post(url("sign", found), signing(found))
    assert (answer.status_code, answer["Location"]) == (302, url("page", found))
    signed = SignOff.objects.get()
    assert (signed.by, signed.reason, signed.page_id) == (user, REASON, found.pk)
    assert not kinds(latest(found))
    desk = client_of(user).get(reverse("safeguarding-desk")).content.decode()
    assert REASON in desk


def test_the_right_is_worth_nothing_without_membership(found):
    user = get_user_model().objects.create_user("none@example.org", "secret")
    user.user_permissions.add(Permission.objects.get(codename="sign_off"))
    assert client_of(user).get(url("page", found)).status_code == 404


@pytest.mark.parametrize("reason", ["", "ok", "x" * 1001])
def test_a_sign_off_needs_a_reason_and_nothing_typed_is_lost(signer, found, reason):
    answer = client_of(signer).post(url("sign", found), signing(found, reason=reason))
    assert answer.status_code == 422
    assert "checked" in answer.content.decode()
    assert reason in answer.content.decode()
    assert not SignOff.objects.exists()


def test_nothing_ticked_is_nothing_signed(signer, found):
    answer = client_of(signer).post(url("sign", found), signing(found, findings=[]))
    assert answer.status_code == 422
    assert "Tick what you sign off" in answer.content.decode()


def test_all_of_it_is_all_that_was_shown_not_what_came_since(signer, found):
    sent = signing(found, findings=[], whole="1")
    changed = latest(found)
    changed.summary = "Her number is 0555 123 456."
    changed.save_revision()
    client_of(signer).post(url("sign", found), sent)
    assert kinds(latest(found)) == ["contact"]


def test_signing_twice_is_signing_once(signer, found):
    client, sent = client_of(signer), signing(found)
    assert client.post(url("sign", found), sent).status_code == 302
    assert client.post(url("sign", found), sent).status_code == 302
    assert SignOff.objects.count() == 1


@pytest.mark.parametrize("odd", [["zzz"], ["\x00"], ["'; --"], [""]])
def test_odd_fingerprints_are_no_error(signer, found, odd):
    client = client_of(signer)
    sent = {"findings": odd, "shown": odd, "reason": REASON, "whole": "1"}
    assert client.post(url("sign", found), sent).status_code in (302, 422)
    assert client.post(url("answer", found), {"fingerprint": odd}).status_code == 302
    assert not SignOff.objects.exists()


def test_nothing_is_signed_without_the_form(signer, found):
    client = Client(enforce_csrf_checks=True)
    client.force_login(signer)
    for name in ("sign", "answer", "ask"):
        assert client.post(url(name, found), signing(found)).status_code == 403
        assert client.get(url(name, found)).status_code == 405
    assert client.post(url("page", found)).status_code in (403, 405)
    assert not SignOff.objects.exists()


def test_looking_changes_nothing(signer, found):
    before = list(SignOff.objects.all()), list(Request.objects.all()), latest(found).latest_revision
    for address in (url("page", found), url("findings", found), reverse("safeguarding-desk")):
        assert client_of(signer).get(address).status_code == 200
    assert before == ([], [], latest(found).latest_revision)


def test_the_piece_for_forms_has_no_page_around_it(writer, found):
    html = client_of(writer).get(url("findings", found)).content.decode()
    assert "<html" not in html
    assert "<mark>Amina Diallo</mark>" in html


# Pictures and quotations.


@kept
def illustrated(db):
    return draft(("figure", {"image": picture().pk, "alt": "A desk"}))


def answering(page, **changed):
    (finding,) = check(latest(page)).open
    return {"fingerprint": finding.fingerprint, "answer": "no-child", **changed}


def test_the_author_answers_for_a_picture(signer, illustrated):
    answer = client_of(signer).post(url("answer", illustrated), answering(illustrated))
    assert answer.status_code == 302
    assert Answer.objects.get().by == signer
    illustrated.get_latest_revision().publish()


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"answer": ""}, "This field is required."),
        ({"answer": "published"}, "Select a valid choice."),
        ({"answer": "consent"}, "Say where the consent is kept."),
        ({"answer": "consent", "reference": "File 7"}, "Say of when the consent is."),
        ({"answer": "consent", "reference": "File 7", "date": "2999-01-01"}, "has not come yet"),
        ({"answer": "consent", "reference": "File 7", "date": "soon"}, "Enter a valid date."),
    ],
)
def test_an_answer_must_be_complete(signer, illustrated, sent, told):
    answer = client_of(signer).post(url("answer", illustrated), answering(illustrated, **sent))
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Answer.objects.exists()


def test_consent_is_recorded_with_reference_and_date(signer, illustrated):
    sent = {"answer": "consent", "reference": "File 7", "date": str(timezone.localdate())}
    client_of(signer).post(url("answer", illustrated), answering(illustrated, **sent))
    recorded = Answer.objects.get()
    assert (recorded.reference, recorded.date) == ("File 7", timezone.localdate())


def test_a_name_is_not_cleared_by_an_answer(writer, found):
    (finding,) = check(latest(found)).open
    sent = {"fingerprint": finding.fingerprint, "answer": "no-child"}
    client_of(writer).post(url("answer", found), sent)
    assert not Answer.objects.exists()


# Asking.


def test_the_secretariat_is_asked_and_the_author_hears_of_it(
    writer, signer, found, django_capture_on_commit_callbacks
):
    sent = {"note": "It is the name of a law."}
    with django_capture_on_commit_callbacks() as mails:
        client_of(writer).post(url("ask", found), sent)
        client_of(writer).post(url("ask", found), sent)
    assert (Request.objects.count(), len(mails)) == (1, 1)
    desk = client_of(signer).get(reverse("safeguarding-desk")).content.decode()
    assert "It is the name of a law." in desk
    with django_capture_on_commit_callbacks() as mails:
        client_of(signer).post(url("sign", found), signing(found))
    assert len(mails) == 1
    assert not Request.objects.filter(closed=None).exists()


def cost(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as made:
        assert client.get(address).status_code == 200
    return len(made)


def test_pages_cost_the_same_whatever_is_on_them(signer, writer):
    """Some thirty, of which a third are the session, the roles and the second factor."""
    little = draft(("figure", {"image": picture().pk, "alt": "x"}), text(UNSAFE), slug="little")
    much = draft(
        *(("figure", {"image": picture(f"{n}").pk, "alt": "x"}) for n in range(5)),
        *(text(f"Case {n}: {UNSAFE}") for n in range(30)),
        slug="much",
    )
    client = client_of(signer)
    few = cost(client, url("page", little))
    assert few <= 30
    assert cost(client, url("page", much)) == few
    desk = reverse("safeguarding-desk")
    sign(little, writer)
    empty = cost(client, desk)
    assert empty <= 25
    sign(much, writer)
    for number in range(8):
        other = draft(text(UNSAFE), slug=f"other-{number}")
        Request.objects.create(page_id=other.pk, by=writer)
    assert cost(client, desk) <= 25
