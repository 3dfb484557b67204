"""Reviewers answer and comment; authors answer back."""

import pytest
from django.urls import reverse

from practices.contributing.saving import save_draft
from reviewing.models import Assignment, Invitation, SectionComment
from tests import factories
from tests.mail import sent
from tests.members.people import person, reviewer
from tests.reviewing.conftest import act, client_of, step_of

pytestmark = pytest.mark.django_db


def test_a_reviewer_comments_and_recommends_in_one_form(waiting, peer):
    client = client_of(peer)
    url = reverse("review-practice", args=[waiting.pk])
    assert b"Nobody could count them" in client.get(url).content
    data = {
        "comment-problem": "How many?",
        "comment-steps": "Who pays?",
        "once": "form-1",
        "verdict": "approve",
        "remark": "",
        "seen": waiting.latest_revision_id,
        "send": "1",
    }
    assert client.post(url, data).status_code == 302
    assert {c.section: c.text for c in SectionComment.objects.all()} == {
        "problem": "How many?",
        "steps": "Who pays?",
    }
    assert step_of(waiting) == "PublicationTask"


def test_a_form_sent_twice_is_one_comment_and_one_answer(waiting, peer):
    client = client_of(peer)
    url = reverse("review-practice", args=[waiting.pk])
    data = {
        "comment-problem": "How many?",
        "once": "form-1",
        "verdict": "reject",
        "seen": waiting.latest_revision_id,
        "send": "1",
    }
    for _again in range(3):
        client.post(url, data)
    assert SectionComment.objects.count() == 1
    assert Assignment.objects.get().state == "changes"
    assert len([mail for mail in sent() if "revise" in mail.subject]) == 1


def test_an_answer_on_another_text_than_the_newest_is_not_taken_and_nothing_is_lost(
    waiting, peer, author
):
    seen = waiting.latest_revision_id
    save_draft(waiting, author, {"problem": "<p>Newer.</p>"})
    url = reverse("review-practice", args=[waiting.pk])
    data = {"comment-problem": "My words", "verdict": "approve", "seen": seen, "send": "1"}
    answer = client_of(peer).post(url, data)
    assert answer.status_code == 422
    assert b"My words" in answer.content
    assert step_of(waiting) == "PeerReviewTask"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({}, b"Choose one of the two answers"),
        ({"verdict": "approve", "remark": "x" * 4001}, b"at most 4000"),
        ({"verdict": "approve", "comment-problem": "a\x00b"}, b"Null characters"),
        ({"verdict": "publish"}, b"not one of the available choices"),
    ],
)
def test_a_wrong_answer_gets_a_sentence_and_loses_nothing(data, told, waiting, peer):
    url = reverse("review-practice", args=[waiting.pk])
    answer = client_of(peer).post(url, {"send": "1", "comment-steps": "Kept words", **data})
    assert answer.status_code == 422
    assert told in answer.content
    assert b"Kept words" in answer.content
    assert step_of(waiting) == "PeerReviewTask"


def test_whoever_asks_for_changes_says_which(waiting, peer):
    url = reverse("review-practice", args=[waiting.pk])
    data = {"send": "1", "verdict": "reject", "seen": waiting.latest_revision_id}
    answer = client_of(peer).post(url, data)
    assert answer.status_code == 422
    assert b"Say what should be changed" in answer.content
    client_of(peer).post(url, data | {"comment-steps": "Who pays?"})
    assert Assignment.objects.get().state == "changes"


def test_the_author_answers_and_settles_a_comment_from_the_form_and_the_reviewer_sees_it(
    waiting, peer, author
):
    form = reverse("review-practice", args=[waiting.pk])
    client_of(peer).post(form, {"comment-problem": "How many?", "once": "a"})
    comment = SectionComment.objects.get()
    act(waiting, peer, "reject", "See there.")
    url = reverse("review-comments", args=[waiting.pk])
    data = {f"answer-{comment.pk}": "Two hundred.", "once": "b", "back": "form"}
    answer = client_of(author).post(url, data)
    assert answer["Location"] == reverse("contribute-edit", args=[waiting.pk])
    client_of(author).post(url, {"done": comment.pk})
    comment.refresh_from_db()
    assert comment.done_at
    shown = client_of(peer).get(form).content.decode()
    assert "Two hundred." in shown
    assert "Author" in shown
    client_of(author).post(url, {"reopen": comment.pk})
    comment.refresh_from_db()
    assert comment.done_at is None


def test_a_comment_is_settled_on_its_own_practice_alone(waiting, peer, author):
    other = factories.practice("Another (invented)", draft=True, owner=person(name="Somebody"))
    foreign = SectionComment.objects.create(
        page=other, section="problem", text="Theirs", voice="reviewer", once="z"
    )
    url = reverse("review-comments", args=[waiting.pk])
    assert client_of(author).post(url, {"done": foreign.pk}).status_code == 404
    client_of(author).post(url, {f"answer-{foreign.pk}": "Mine", "once": "q"})
    assert SectionComment.objects.count() == 1
    assert client_of(author).post(url, {"done": "x"}).status_code == 404


def test_nobody_settles_the_comment_of_another_but_the_authors(waiting, peer, author, office):
    second = reviewer("KEN")
    from reviewing import assigning

    assigning.change(waiting, [peer.pk, second.pk], office)
    form = reverse("review-practice", args=[waiting.pk])
    client_of(peer).post(form, {"comment-problem": "How many?", "once": "a"})
    comment = SectionComment.objects.get()
    url = reverse("review-comments", args=[waiting.pk])
    assert client_of(second).post(url, {"done": comment.pk}).status_code == 404
    client_of(peer).post(url, {"done": comment.pk})
    comment.refresh_from_db()
    assert comment.done_at


def test_the_author_never_learns_who_reviews(waiting, peer, author, office):
    form = reverse("review-practice", args=[waiting.pk])
    client_of(peer).post(form, {"comment-problem": "How many?", "once": "a"})
    for name in ("review-practice", "review-desk"):
        url = reverse(name, args=[waiting.pk] if name == "review-practice" else [])
        shown = client_of(author).get(url).content.decode()
        assert str(peer) not in shown
        assert peer.email not in shown
    assert "Reviewer 1" in client_of(author).get(form).content.decode()
    assert str(peer) in client_of(office).get(form).content.decode()


def test_fields_of_others_are_not_taken(waiting, peer, author):
    url = reverse("review-practice", args=[waiting.pk])
    data = {
        "comment-problem": "How many?",
        "once": "a",
        "voice": "secretariat",
        "writer": author.pk,
        "page": 1,
        "state": "recommended",
        "comment-no-such-section": "x",
    }
    client_of(peer).post(url, data)
    comment = SectionComment.objects.get()
    assert (comment.voice, comment.writer, comment.page_id) == ("reviewer", peer, waiting.pk)
    assert Assignment.objects.get().state == "asked"


def test_links_take_no_more_than_their_form(waiting, office):
    data = {
        "purpose": "advise",
        "office": "Board",
        "address": "b@example.org",
        "language": "en",
        "answer": "cleared",
        "issued_by": 1,
        "page": 1,
        "expires_at": "2099-01-01",
    }
    client_of(office).post(reverse("review-links", args=[waiting.pk]), data)
    made = Invitation.objects.get()
    assert (made.answer, made.issued_by, made.page_id) == ("", office, waiting.pk)
    assert made.expires_at.year < 2099


def test_a_script_in_a_comment_is_text(waiting, peer, author):
    form = reverse("review-practice", args=[waiting.pk])
    client_of(peer).post(form, {"comment-problem": "<script>alert(1)</script>", "once": "a"})
    assert b"<script>alert(1)" not in client_of(author).get(form).content


def test_the_authors_form_shows_the_comments_beside_their_section(waiting, peer, author):
    form = reverse("review-practice", args=[waiting.pk])
    client_of(peer).post(form, {"comment-steps": "Who pays?", "once": "a"})
    act(waiting, peer, "reject", "See there.")
    shown = client_of(author).get(reverse("contribute-edit", args=[waiting.pk])).content.decode()
    steps = shown[shown.index('id="form-steps"') : shown.index('id="form-results"')]
    assert "Who pays?" in steps
    assert "Mark as done" in steps
    assert shown.count("Who pays?") >= 1
    assert "Who pays?" not in shown[: shown.index('id="form-steps"')]
    assert 'id="review-comments"' in shown[shown.index("</form>") :]
