"""Who is asked to review, who never is, and what becomes of the answers."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils import timezone

from members.models import Kind
from practices.access import may_see_draft
from practices.contributing.saving import save_draft
from practices.models import PracticePage
from reviewing import assigning
from reviewing.matching import LANGUAGE, TOPIC, candidates, eligible
from reviewing.models import Assignment, SectionComment
from tests import factories
from tests.mail import sent
from tests.members.people import (
    give,
    institution,
    member,
    person,
    representative,
    reviewer,
    secretariat,
)
from tests.reviewing.conftest import act, asked_of, send_in, step_of

pytestmark = pytest.mark.django_db
State = Assignment.State


def test_a_peer_of_another_office_is_asked_and_nobody_else_is_told(draft, author, peer, office):
    send_in(draft, author)
    assert asked_of(draft) == {peer}
    assert [mail.to for mail in sent()] == [[peer.email]]


def test_authors_colleagues_and_their_countrys_representatives_are_never_asked(draft, author):
    give(author, Kind.REVIEWER, "GEO")
    colleague = person(None, name="Colleague")
    give(colleague, Kind.REVIEWER, institution=author.roles.first().institution)
    speaker = representative("GEO", "speaker@example.org")
    give(speaker, Kind.REVIEWER, "ARM")
    other = reviewer("ARM")
    assert set(eligible(draft)) == {other}


def test_a_role_that_has_ended_is_asked_nothing(draft, author, peer):
    peer.roles.update(ends=timezone.localdate() - timedelta(days=1), starts="2020-01-01")
    send_in(draft, author)
    assert asked_of(draft) == set()


def test_people_of_the_lead_institution_are_not_asked(draft, author, peer):
    office = institution("Statistical office of CHL (invented)", "CHL")
    save_draft(draft, author, {"lead_institution": office})
    draft.refresh_from_db()
    assert peer not in set(eligible(draft))


def test_language_weighs_most_then_topics_then_region(vocabulary, author):
    page = factories.practice(
        "Weighed (invented)", draft=True, owner=author, countries=["GEO"], themes=["registers"]
    )
    plain = reviewer("CHL")
    near = reviewer("ARM")
    knowing = reviewer("CHL", topics=["registers"], email="knowing@example.org")
    foreign = reviewer("ARM", topics=["registers"], languages=["fr"], email="fr@example.org")
    found = candidates(page)
    assert [each.user for each in found] == [knowing, near, plain, foreign]
    assert found[0].weight == LANGUAGE + TOPIC
    assert not found[-1].reads_language


def test_whoever_does_not_read_the_language_is_not_asked_by_itself(draft, author):
    reviewer("CHL", languages=["es"])
    send_in(draft, author)
    assert asked_of(draft) == set()


def test_without_a_reviewer_the_secretariat_is_told(draft, author, office):
    send_in(draft, author)
    mails = sent()
    assert [mail.to for mail in mails] == [[office.email]]
    assert f"/en/review/{draft.pk}/reviewers/" in mails[0].body


@pytest.mark.parametrize("number", [1, 2, 3])
def test_as_many_are_asked_as_the_step_wants(number, draft, author, wanted):
    wanted(number)
    for country in ("CHL", "KEN", "JPN", "NOR"):
        reviewer(country)
    send_in(draft, author)
    assert len(asked_of(draft)) == number


def test_the_step_ends_with_the_last_recommendation(draft, author, wanted):
    wanted(2)
    first, second = reviewer("CHL"), reviewer("KEN")
    send_in(draft, author)
    act(draft, first, "approve")
    assert step_of(draft) == "PeerReviewTask"
    act(draft, second, "approve")
    assert step_of(draft) == "PublicationTask"


def test_an_answer_is_given_once(draft, author, wanted):
    wanted(2)
    first = reviewer("CHL")
    reviewer("KEN")
    send_in(draft, author)
    act(draft, first, "approve")
    with pytest.raises(PermissionDenied):
        act(draft, first, "approve")
    assert Assignment.objects.filter(page=draft, state=State.RECOMMENDED).count() == 1


def test_only_those_who_were_asked_answer(draft, author, peer):
    other = reviewer("KEN")
    send_in(draft, author)
    answering = asked_of(draft).pop()
    for somebody in {other, peer, author, member("KEN")} - {answering}:
        with pytest.raises(PermissionDenied):
            act(draft, somebody, "approve")
    act(draft, answering, "approve")


def test_sent_back_the_author_is_led_to_the_form_and_the_same_reviewer_reads_again(
    draft, author, peer
):
    send_in(draft, author)
    act(draft, peer, "reject", "Say how many.")
    mail = sent()[-1]
    assert mail.to == [author.email]
    assert "Say how many." in mail.body
    assert f"/en/contribute/{draft.pk}/" in mail.body
    assert "/admin/" not in mail.body
    assert peer.email not in mail.body
    assert str(peer) not in mail.body
    save_draft(draft, author, {"problem": "<p>Two hundred.</p>"})
    draft.refresh_from_db()
    send_in(draft, author)
    assert asked_of(draft) == {peer}
    assert Assignment.objects.get(page=draft).number == 1


def test_the_text_is_closed_while_it_is_read_and_open_when_it_is_sent_back(draft, author, peer):
    from practices.access import may_edit

    send_in(draft, author)
    assert not may_edit(author, draft)
    act(draft, peer, "reject", "More.")
    assert may_edit(author, PracticePage.objects.get(pk=draft.pk))


def test_a_conflict_of_interest_brings_another_reviewer(draft, author, peer):
    send_in(draft, author)
    other = reviewer("KEN")
    assigning.declare_conflict(draft, peer)
    assert asked_of(draft) == {other}
    assert peer not in set(eligible(draft))
    assert not may_see_draft(peer, draft)
    assert may_see_draft(other, draft)


def test_the_secretariat_asks_others_but_nobody_who_may_not(draft, author, peer, office):
    send_in(draft, author)
    other = reviewer("KEN", languages=["fr"])
    colleague = representative("GEO", "speaker@example.org")
    give(colleague, Kind.REVIEWER, "GEO")
    assigning.change(draft, [other.pk, colleague.pk, author.pk], office)
    assert asked_of(draft) == {other}
    released = sent()[-2:]
    assert {mail.to[0] for mail in released} == {peer.email, other.email}


def test_reviewers_of_ones_own_practice_are_chosen_by_others(draft, author, peer, office):
    author.is_superuser = True
    author.save()
    send_in(draft, author)
    with pytest.raises(PermissionDenied):
        assigning.change(draft, [], author)
    assigning.change(draft, [], office)
    assert asked_of(draft) == set()


def test_the_secretariat_goes_on_without_an_answer_and_says_why(draft, author, peer, office):
    send_in(draft, author)
    with pytest.raises(PermissionDenied):
        assigning.close(draft, author, "I am in a hurry.")
    assigning.close(draft, office, "No answer in two months.")
    assert step_of(draft) == "PublicationTask"
    assert Assignment.objects.get(page=draft).state == State.RELEASED


def test_a_reviewer_reads_the_draft_only_while_it_is_reviewed(draft, author, peer):
    assert not may_see_draft(peer, draft)
    send_in(draft, author)
    assert may_see_draft(peer, draft)
    PracticePage.objects.get(pk=draft.pk).current_workflow_state.cancel(user=author)
    assert not may_see_draft(peer, draft)
    assert Assignment.objects.get(page=draft).state == State.RELEASED


def test_an_ex_reviewer_is_out_at_the_next_request(draft, author, peer, client):
    client.force_login(peer)
    send_in(draft, author)
    assert client.get(f"/en/review/{draft.pk}/").status_code == 200
    peer.roles.update(ended_at=timezone.now())
    assert client.get(f"/en/review/{draft.pk}/").status_code == 404
    data = {"comment-problem": "Too late.", "verdict": "approve", "send": "1", "once": "x"}
    assert client.post(f"/en/review/{draft.pk}/", data).status_code == 404
    assert not SectionComment.objects.exists()


def test_overdue_reviewers_are_reminded_once_a_week(draft, author, peer):
    send_in(draft, author)
    sent().clear()
    call_command("remind_reviewers")
    assert sent() == []
    Assignment.objects.update(due=timezone.localdate() - timedelta(days=1))
    for _again in range(3):
        call_command("remind_reviewers")
    assert [mail.to for mail in sent()] == [[peer.email]]
    Assignment.objects.update(reminded_at=timezone.now() - timedelta(days=8))
    call_command("remind_reviewers")
    assert len(sent()) == 2


def test_who_has_answered_is_not_reminded(draft, author, peer):
    send_in(draft, author)
    act(draft, peer, "reject", "More.")
    Assignment.objects.update(due=timezone.localdate() - timedelta(days=1))
    before = len(sent())
    call_command("remind_reviewers")
    assert len(sent()) == before


def test_every_step_is_in_the_audit_log(draft, author, peer, office):
    from wagtail.models import PageLogEntry

    send_in(draft, author)
    act(draft, peer, "reject", "More.")
    send_in(PracticePage.objects.get(pk=draft.pk), author)
    act(draft, peer, "approve")
    act(draft, office, "approve")
    told = list(
        PageLogEntry.objects.filter(page=draft.pk, action__startswith="reviewing.")
        .order_by("timestamp", "pk")
        .values_list("action", "user")
    )
    assert told == [
        ("reviewing.assign", None),
        ("reviewing.changes", peer.pk),
        ("reviewing.assign", None),
        ("reviewing.recommend", peer.pk),
        ("reviewing.sign_off", office.pk),
    ]


def test_mail_speaks_its_readers_language(draft, author):
    peer = reviewer("CHL", language="fr", email="relectrice@example.org")
    send_in(draft, author)
    mail = sent()[-1]
    assert mail.to == [peer.email]
    assert f"/fr/review/{draft.pk}/" in mail.body


def test_a_title_with_line_breaks_makes_no_other_header(author, peer):
    page = factories.practice("A title", draft=True, owner=author, countries=["GEO"])
    title = "A title\r\nBcc: everybody@example.org"
    PracticePage.objects.filter(pk=page.pk).update(title=title, draft_title=title)
    send_in(PracticePage.objects.get(pk=page.pk), author)
    mail = sent()[-1]
    assert mail.recipients() == [peer.email]
    assert "\n" not in mail.subject
    assert "Bcc" not in mail.message()


def test_wagtails_own_mails_stay_away_from_practices_but_not_from_other_pages(draft, author, peer):
    from django.core import mail
    from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

    from tests.members.people import superuser

    superuser()
    send_in(draft, author)
    act(draft, peer, "reject", "More.")
    assert all("/admin/" not in each.body for each in sent())
    plain = factories.news("Other news (invented)")
    other = Workflow.objects.create(name="Other (invented)")
    WorkflowTask.objects.create(
        workflow=other, task=GroupApprovalTask.objects.create(name="Desk"), sort_order=0
    )
    before = len(mail.outbox)
    other.start(plain, author)
    assert len(mail.outbox) > before


def test_people_of_the_secretariat_who_wrote_it_are_not_told_to_publish_it(author, peer):
    office = secretariat("one@example.org")
    other = secretariat("two@example.org")
    page = factories.practice("Theirs (invented)", draft=True, owner=office, countries=["GEO"])
    send_in(page, office)
    act(page, peer, "approve")
    assert [mail.to for mail in sent() if "Ready" in mail.subject] == [[other.email]]
