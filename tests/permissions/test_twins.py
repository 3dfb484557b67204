"""What is not theirs changes nothing for people: not a byte, not an order, not a number.

The twin of the site is the site itself before the hidden things were made.
"""

import difflib

import pytest

from guidance.models import GuidanceIndexPage
from practices.models import PracticePage
from tests.permissions import crawl
from tests.permissions.noticing import longer_way
from tests.permissions.site_of_many import address
from tests.permissions.things import BY_NAME, PERSONAS, hidden_from

pytestmark = pytest.mark.django_db


def difference(before, after):
    lines = (text.decode(errors="replace").splitlines() for text in (before, after))
    return "\n".join(difflib.unified_diff(*lines, "before", "after", lineterm="", n=0))


def same_for(many, persona):
    """Ask everything again; fail at the first answer that is not the one from before."""
    for path, before in many.before[persona].items():
        after = crawl.answer(many.clients[persona], path)
        assert after == before, f"{path}\n{difference(before, after)[:2000]}"
        assert not crawl.leaked(after, path, hidden_from(persona)), path


@pytest.mark.parametrize("persona", ["A", "O"])
def test_what_is_hidden_changes_no_answer(many, persona):
    same_for(many, persona)


def test_what_is_hidden_changes_no_answer_of_a_process_that_starts(many, fresh_process):
    same_for(many, "A")


def test_what_was_made_for_accounts_changes_their_answers(many):
    """The twin of the twins: two crawls that must differ, or the crawl would see nothing."""
    asked = crawl.api(BY_NAME["login"].title)
    assert crawl.leaked(many.before["O"][asked], "", {BY_NAME["login"].canary("title")})
    changed = {path for path, text in many.before["A"].items() if text != many.before["O"][path]}
    for surface in ("/en/", "/en/practiceindexpage/", "/api/v1/search/?limit=50"):
        assert surface in changed
    sitemaps = [many.before[each]["/sitemap.xml"].partition(b"\n\n")[2] for each in "AO"]
    assert sitemaps[0] == sitemaps[1]


def test_no_path_says_more_of_a_closed_page_than_of_none(many):
    """Numbers of queries tell by the clock what bytes hide."""
    assert not longer_way(many)


@pytest.mark.parametrize("persona", [each for each in PERSONAS if each not in ("A", "O")])
def test_no_answer_holds_a_canary_of_somebody_else(many, persona):
    client, hidden = many.clients[persona], hidden_from(persona)
    paths = [*crawl.main_places(), *crawl.questions_for_all()]
    told = {path: found for path in paths
            if (found := crawl.leaked(crawl.answer(client, path), path, hidden))}  # fmt: skip
    assert told == {}


@pytest.mark.parametrize(("persona", "name"), [("M1", "group-1"), ("M2", "news"), ("O", "login")])
def test_a_page_shows_its_canaries_to_those_who_may_open_it(many, persona, name):
    """The allowed twin of all denials above: the canaries are there to be seen."""
    thing = BY_NAME[name]
    shown = crawl.answer(many.clients[persona], address(thing)).lower()
    fields = {field for field in ("title", "summary") if thing.canary(field).encode() in shown}
    assert fields == {"title", "summary"}
    many_fields = {canary for canary in thing.canaries if canary.encode() in shown}
    assert len(many_fields) >= (5 if name == "news" else 10)


EDITORS_ADDRESSES = (
    "/admin/pages/{}/view_draft/",
    "/admin/pages/{}/edit/",
    "/admin/pages/{}/edit/preview/",
    "/admin/pages/{}/history/",
    "/admin/pages/{}/copy/",
    "/admin/pages/{}/privacy/",
    "/admin/pages/{}/",
    "/admin/api/main/pages/{}/",
    "/admin/api/main/pages/?child_of={}",
)


@pytest.mark.parametrize("persona", ["A", "O", "M1", "E"])
@pytest.mark.parametrize("name", ["draft", "moderation", "group-2"])
def test_the_editors_addresses_show_hidden_pages_to_nobody_else(many, persona, name):
    """E edits another section; a page of that section is the allowed twin."""
    client = many.clients[persona]
    page = PracticePage.objects.get(slug=BY_NAME[name].slug)
    for path in (each.format(page.pk) for each in EDITORS_ADDRESSES):
        answer = crawl.answer(client, path)
        assert not crawl.leaked(answer, path, hidden_from(persona)), path
        assert persona == "E" or answer.startswith((b"302", b"403", b"404")), path
    own = f"/admin/pages/{GuidanceIndexPage.objects.get().pk}/edit/"
    assert (client.get(own).status_code == 200) is (persona == "E")


def test_a_draft_is_seen_by_whoever_edits_it(many):
    page = PracticePage.objects.get(slug=BY_NAME["draft"].slug)
    shown = many.clients["SU"].get(f"/admin/pages/{page.pk}/view_draft/")
    assert BY_NAME["draft"].title in shown.content.decode()
