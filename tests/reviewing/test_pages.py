"""Who may open and send what, and that the pages say it."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from practices.contributing.saving import save_draft
from practices.models import PracticePage
from reviewing import inviting
from reviewing.digest import text_digest
from reviewing.models import Assignment, Clearance, Invitation, SectionComment
from tests import factories
from tests.mail import sent
from tests.members.people import member, person, representative, reviewer, secretariat
from tests.reviewing.conftest import act, asked_of, invitation, send_in, step_of
from tests.reviewing.test_clearance import address_in

pytestmark = pytest.mark.django_db

PEOPLE = (
    "visitor",
    "outsider",
    "member",
    "author",
    "colleague",
    "reviewer",
    "other reviewer",
    "secretariat",
)
EVERYBODY = set(PEOPLE)
SIGNED_IN = EVERYBODY - {"visitor"}
READERS = {"author", "colleague", "reviewer", "secretariat"}
WRITERS = {"author", "colleague", "secretariat"}
OFFICE = {"secretariat"}
# Route, who may GET, who may POST (None: the method is not taken at all), what is sent.
TABLE = [
    ("review-desk", SIGNED_IN, None, {}),
    ("review-overview", OFFICE, None, {}),
    ("review-reviewers", OFFICE, None, {}),
    ("review-practice", READERS, READERS, {"comment-problem": "Yes.", "once": "1"}),
    ("review-comments", None, READERS, {"comment-steps": "No.", "once": "2"}),
    ("review-conflict", None, READERS, {}),
    ("review-office", WRITERS, WRITERS, {}),
    ("review-assign", OFFICE, OFFICE, {}),
    ("review-close", None, OFFICE, {}),
    ("review-decide", None, OFFICE, {}),
    ("review-links", OFFICE, OFFICE, {}),
    ("review-link", None, OFFICE, {}),
]
ONCE = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"')
LET_IN = {200, 302, 422}


@pytest.fixture
def people(author, peer, office):
    return {
        "visitor": None,
        "outsider": person("outsider@example.org", name="Outsider"),
        "member": member("KEN"),
        "author": author,
        "colleague": representative("GEO", "colleague@example.org"),
        "reviewer": peer,
        "other reviewer": reviewer("KEN", languages=["fr"]),
        "secretariat": office,
    }


@pytest.fixture
def waiting(draft, author, peer):
    return send_in(draft, author)


@pytest.fixture
def sent_link(waiting, office):
    inviting.issue(invitation(waiting, purpose="advise"), waiting, office)
    return Invitation.objects.get()


def client_of(user, **kwargs):
    client = Client(**kwargs)
    if user:
        client.force_login(user)
    return client


def address(name, page, link):
    args = {"review-desk": [], "review-overview": [], "review-reviewers": []}.get(name, [page])
    return reverse(name, args=[page, link] if name == "review-link" else args)


def answered(response, who):
    if response.status_code == 302 and "/accounts/login" in response["Location"]:
        return "log in"
    return response.status_code


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize(("name", "get", "post", "data"), TABLE, ids=[row[0] for row in TABLE])
def test_every_address_answers_as_the_table_says(
    who, name, get, post, data, waiting, sent_link, people
):
    client = client_of(people[who])
    url = address(name, waiting.pk, sent_link.pk)
    for method, allowed in (("get", get), ("post", post)):
        answer = answered(getattr(client, method)(url, data if method == "post" else {}), who)
        if who == "visitor":
            assert answer == "log in", method
        elif allowed is None:
            assert answer == 405
        elif who in allowed:
            assert answer in LET_IN, method
        else:
            assert answer == 404, method


@pytest.mark.parametrize("name", [row[0] for row in TABLE if row[0] not in ("review-desk",)])
@pytest.mark.parametrize("who", ["visitor", "outsider", "member", "other reviewer"])
def test_what_is_not_there_is_answered_like_what_one_may_not_see(
    name, who, waiting, sent_link, people
):
    client = client_of(people[who])
    for method in ("get", "post"):
        answers = []
        for numbers in ((waiting.pk, sent_link.pk), (987_654, 987_654)):
            url = address(name, *numbers)
            answer = getattr(client, method)(url)
            text = ONCE.sub("", answer.content.decode().replace(url[3:], "here"))
            answers.append((answer.status_code, text))
        assert answers[0] == answers[1]


@pytest.mark.parametrize("name", [row[0] for row in TABLE if row[2] is not None])
def test_a_form_without_its_token_is_refused(name, waiting, sent_link, office):
    client = client_of(office, enforce_csrf_checks=True)
    assert client.post(address(name, waiting.pk, sent_link.pk)).status_code == 403


def test_the_form_behind_a_link_needs_its_token_too(waiting, office):
    inviting.issue(invitation(waiting, purpose="advise"), waiting, office)
    url = address_in(sent()[-1])
    client = Client(enforce_csrf_checks=True)
    assert client.post(url, {"remark": "Hm."}).status_code == 403
    token = client.get(url).context["csrf_token"]
    data = {"remark": "Hm.", "csrfmiddlewaretoken": str(token)}
    assert client.post(url, data).status_code == 200


def test_reading_writes_nothing(waiting, sent_link, people):
    def content():
        rows = (Assignment, Invitation, SectionComment, PracticePage)
        return [list(model.objects.order_by("pk").values()) for model in rows]

    before = content()
    for name, get, _post, _data in TABLE:
        for who in get or ():
            client_of(people[who]).get(address(name, waiting.pk, sent_link.pk))
    assert content() == before


@pytest.mark.parametrize("number", ["0", "-1", "99999999999999999999", "x", "%00", "1/../2"])
def test_odd_addresses_are_not_found(number, office):
    client = client_of(office)
    for tail in ("", "comments/", "reviewers/", "links/", "decide/", "by-link/x/"):
        assert client.get(f"/en/review/{number}/{tail}").status_code in (302, 404, 405)


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


@pytest.mark.parametrize("language", ["es", "fr", "ar"])
def test_pages_answer_in_every_language(language, waiting, office):
    for name, get, _post, _data in TABLE:
        if get and name != "review-link":
            url = address(name, waiting.pk, 0).replace("/en/", f"/{language}/", 1)
            assert client_of(office).get(url).status_code == 200


def test_two_secretaries_press_publish_at_once_and_it_happens_once(waiting, peer):
    act(waiting, peer, "approve")
    both = [secretariat(f"s{number}@example.org") for number in range(2)]
    url = reverse("review-decide", args=[waiting.pk])
    for each in both:
        data = {"decision": "approve", "seen": waiting.latest_revision_id}
        assert client_of(each).post(url, data).status_code == 302
    assert waiting.sign_offs.count() == 1
    assert asked_of(waiting) == set()


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
