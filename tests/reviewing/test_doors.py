"""Every address: who may open it, who may send to it, and what odd ones answer."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from practices.models import PracticePage
from reviewing import inviting
from reviewing.models import Assignment, Invitation, SectionComment
from tests.mail import sent
from tests.reviewing.clearance.conftest import address_in
from tests.reviewing.conftest import client_of, invitation

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


@pytest.mark.parametrize("language", ["es", "fr", "ar"])
def test_pages_answer_in_every_language(language, waiting, office):
    for name, get, _post, _data in TABLE:
        if get and name != "review-link":
            url = address(name, waiting.pk, 0).replace("/en/", f"/{language}/", 1)
            assert client_of(office).get(url).status_code == 200
