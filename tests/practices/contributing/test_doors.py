"""Who is let in: every address, every kind of person, and nothing told to others."""

import pytest
from django.test import Client
from django.urls import reverse

from practices import access
from practices.models import PracticePage
from tests import factories
from tests.members.people import member, person, representative, secretariat
from tests.practices.contributing.writing import draft, filled, newest

pytestmark = pytest.mark.django_db
GETS = ("edit", "short", "preview", "versions", "compare", "send", "delete")
POSTS = ("edit", "short", "here", "send", "withdraw", "delete")
READING = ("preview", "versions", "compare")


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def address(name, page):
    return reverse(f"contribute-{name}", args=[getattr(page, "pk", page)])


@pytest.mark.parametrize("name", GETS)
def test_writers_open_their_draft_and_others_learn_nothing(writer, name):
    page = draft(writer)
    for user in (writer, representative("GEO"), secretariat()):
        status = signed_in(user).get(address(name, page)).status_code
        # Only its own writer may throw it away.
        assert status == (404 if name == "delete" and user != writer else 200)
    for user in (member("ITA"), representative("ITA"), person()):
        refused = signed_in(user).get(address(name, page))
        missing = signed_in(user).get(address(name, 999_999))
        assert refused.status_code == missing.status_code == 404
        assert page.title.encode() not in refused.content


@pytest.mark.parametrize("name", POSTS)
def test_others_change_nothing(writer, name):
    page = draft(writer)
    stored = PracticePage.objects.filter(pk=page.pk).values()
    before = stored.get()
    for user in (member("ITA"), representative("ITA"), person()):
        data = {"title": "Taken over", "do": "save"}
        assert signed_in(user).post(address(name, page), data).status_code == 404
    Client().post(address(name, page), {"title": "Taken over"})
    assert stored.get() == before


@pytest.mark.parametrize("name", GETS)
def test_whoever_is_signed_out_is_sent_to_the_log_in_without_a_word(client, writer, name):
    page = draft(writer)
    there, nowhere = (client.get(address(name, pk)) for pk in (page.pk, 999_999))
    assert there.status_code == nowhere.status_code == 302
    assert there.url.startswith("/accounts/login/")


def test_assigned_readers_read_and_do_not_write(writer, monkeypatch):
    monkeypatch.setattr(access, "_readers", [])
    reader = member("ITA")
    access.register_reader(lambda user, page: user == reader)
    page = draft(writer)
    for name in GETS:
        status = signed_in(reader).get(address(name, page)).status_code
        assert status == (200 if name in READING else 404)
    for name in POSTS:
        assert signed_in(reader).post(address(name, page), {"title": "x"}).status_code == 404


def test_somebody_without_a_role_is_told_how_to_become_a_member():
    answer = signed_in(person()).get("/en/contribute/new/")
    assert answer.status_code == 403
    assert reverse("members-apply") in answer.content.decode()
    assert not PracticePage.objects.exists()


@pytest.mark.parametrize("path", ["", "new/", "similar/?title=register"])
def test_members_open_what_is_for_all_members(writing, path):
    assert writing.get(f"/en/contribute/{path}").status_code == 200


@pytest.mark.parametrize("name", ["preview", "compare"])
@pytest.mark.parametrize("number", ["0", "-1", "x", "٣", "9" * 30, "1e3", "%00"])
def test_odd_numbers_of_versions_are_not_found(writing, writer, name, number):
    page = draft(writer)
    answer = writing.get(f"{address(name, page)}?version={number}&old={number}")
    assert answer.status_code == 404


def test_a_version_of_another_practice_is_not_shown(writing, writer):
    page, other = draft(writer), draft(member("ITA"), "Theirs", countries=["ITA"])
    foreign = reverse("contribute-go-back", args=[page.pk, other.latest_revision_id])
    assert writing.get(foreign).status_code == writing.post(foreign).status_code == 404
    for name, field in (("preview", "version"), ("compare", "old"), ("compare", "new")):
        asked = f"{address(name, page)}?{field}={other.latest_revision_id}"
        assert writing.get(asked).status_code == 404


@pytest.mark.parametrize("name", GETS)
def test_nothing_of_it_is_kept_by_browsers_or_found_by_search_engines(writing, writer, name):
    answer = writing.get(address(name, draft(writer)))
    assert "no-store" in answer["Cache-Control"]
    assert b'content="noindex"' in answer.content


def test_a_draft_is_not_found_and_not_opened_by_anybody_else(client, writer):
    page = draft(writer, "Zebrafinch register of invention")
    found = client.get("/api/v1/search/?q=Zebrafinch").json()
    assert "Zebrafinch" not in str(found.get("results"))
    assert client.get(f"/en/practiceindexpage/{page.slug}/").status_code == 404
    assert client.get(f"/p/{page.pk}/", follow=True).status_code == 404


def test_a_post_without_its_token_is_refused_and_shown_once_more(writer):
    page = draft(writer)
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(writer)
    for url in (address("edit", page), "/en/contribute/new/"):
        data = filled(careful.get(url), title="Typed with care")
        answer = careful.post(url, data)
        assert answer.status_code == 403
        assert b"Typed with care" in answer.content
        assert b"Nothing is saved yet" in answer.content
    assert newest(page).title == "An invented draft"
    assert PracticePage.objects.count() == 1
    for name in ("here", "send", "withdraw", "delete"):
        assert careful.post(address(name, page)).status_code == 403


def test_the_end_of_a_session_loses_nothing_typed(writer):
    page = draft(writer)
    client = signed_in(writer)
    data = filled(client.get(address("edit", page)), problem="Typed with care <b>")
    client.logout()
    answer = client.post(address("edit", page), data)
    assert answer.status_code == 403
    held = answer.content.decode()
    assert "Typed with care &lt;b&gt;" in held
    assert "/accounts/login/" in held
    answer = client.post(address("edit", page), data, HTTP_ACCEPT="application/json")
    assert answer.json() == {"signed_out": True}
    client.force_login(writer)
    assert client.post(address("edit", page), data).status_code == 302
    assert "Typed with care" in newest(page).problem


PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{7*7}}{% debug %}",
    "[x](javascript:alert(1))",
    "</textarea><script>alert(1)</script>",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_typed_runs_anywhere(writing, writer, payload):
    page = draft(writer)
    answer = writing.post(
        address("edit", page), filled(writing.get(address("edit", page)), do="add:steps")
    )
    key = filled(answer)["steps-row"][-1]
    fields = (
        "title",
        "summary",
        "organisation",
        "problem",
        "results",
        "condition_legal",
        "contact",
    )
    data = filled(answer, do="save", **dict.fromkeys(fields, payload))
    data |= {f"steps-{key}-title": [payload], f"steps-{key}-text": [payload]}
    assert writing.post(address("edit", page), data).status_code == 302
    for name in GETS:
        text = writing.get(address(name, page)).content.decode()
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert 'href="javascript:' not in text
        assert ">49<" not in text
    assert "<script>alert" not in writing.get("/en/contribute/").content.decode()


def test_what_is_asked_in_the_address_is_escaped(writing):
    factories.practice("A register of invention")
    text = writing.get("/en/contribute/similar/?title=<script>alert(1)</script>").content.decode()
    assert "<script>" not in text
