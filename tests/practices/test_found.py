"""What happens to a practice shows at the next query, by words, with the worker stopped."""

import datetime

import pytest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from practices.models import PracticePage
from search.engine import find
from search.filters import Filters
from search.viewer import ANYONE
from tests import factories

pytestmark = pytest.mark.django_db

WORD = "Zanzibarometer"


def titles(query=WORD, kind="practice"):
    return [hit.card.title for hit in find(query, ANYONE).hits if hit.card.kind == kind]


def test_a_published_practice_is_found():
    page = factories.practice(f"The {WORD} of invention")
    assert titles() == [page.title]


def test_a_draft_is_not_found():
    factories.practice(f"The {WORD} of invention", draft=True)
    assert titles() == []


def test_the_words_of_a_newer_draft_are_not_found():
    page = factories.practice("A live invention")
    page.summary = f"{WORD} only in the draft"
    page.save_revision()
    assert titles() == []
    page.save_revision().publish()
    assert titles() == ["A live invention"]


def test_an_unpublished_practice_is_not_found_and_not_served(client):
    page = factories.practice(f"The {WORD} of invention")
    page.unpublish()
    assert titles() == []
    assert client.get(page.url).status_code == 404


def test_a_deleted_practice_is_not_found():
    page = factories.practice(f"The {WORD} of invention")
    page.delete()
    assert titles() == []


def test_an_expired_practice_is_gone_before_cron_runs(client):
    page = factories.practice(f"The {WORD} of invention")
    assert client.get(page.url).status_code == 200
    page.expire_at = timezone.now() - datetime.timedelta(minutes=1)
    page.save_revision().publish()
    # As after the moment has passed with cron stopped: still marked as live.
    PracticePage.objects.filter(pk=page.pk).update(live=True, expired=False)
    assert titles() == []
    assert client.get(page.url).status_code == 404
    assert client.get(f"/p/{page.pk}/", follow=True).status_code == 404


def test_a_moved_practice_is_found_at_its_new_address(client):
    elsewhere = factories.publish(
        type(factories.index(factories.PracticeIndexPage))(
            title="Elsewhere", slug="elsewhere", locale=factories.locale()
        ),
        factories.home(),
    )
    page = factories.practice(f"The {WORD} of invention")
    page.move(elsewhere, pos="last-child")
    (hit,) = find(WORD, ANYONE).hits
    assert "/elsewhere/" in hit.card.url
    assert client.get(hit.card.url).status_code == 200
    assert client.get(f"/p/{page.pk}/").url == hit.card.url


@pytest.mark.parametrize("above", [False, True])
def test_a_restricted_practice_is_not_found_nor_counted(above):
    page = factories.practice(f"The {WORD} of invention")
    restricted = Page.objects.get(pk=page.get_parent().pk if above else page.pk)
    restriction = PageViewRestriction.objects.create(
        page=restricted, restriction_type=PageViewRestriction.LOGIN
    )
    answer = find(WORD, ANYONE)
    assert (answer.total, answer.hits) == (0, [])
    restriction.delete()
    assert titles() == [page.title]


def test_a_building_block_is_found_on_its_own_and_names_its_practice():
    block = ("building_block", {"title": f"A {WORD} to borrow", "text": "<p>Take it.</p>"})
    page = factories.practice("The whole invention", building_blocks=[block])
    (hit,) = [hit for hit in find(WORD, ANYONE).hits if hit.card.kind == "building-block"]
    assert hit.card.title == f"A {WORD} to borrow"
    assert hit.card.parent_title == page.title
    assert hit.passage.url.startswith(page.url)
    assert "#block-" in hit.passage.url


def test_a_building_block_that_was_taken_out_is_not_found():
    block = ("building_block", {"title": f"A {WORD} to borrow", "text": "<p>Take it.</p>"})
    page = factories.practice("The whole invention", building_blocks=[block])
    page.building_blocks = []
    page.save_revision().publish()
    assert titles(kind="building-block") == []


def two_blocks():
    return [
        ("building_block", {"title": f"{name} {WORD} to borrow", "text": "<p>Take it.</p>"})
        for name in ("First", "Second")
    ]


def test_a_practice_and_its_blocks_are_one_answer():
    factories.practice(f"The whole {WORD}", building_blocks=two_blocks())
    answer = find(WORD, ANYONE)
    assert (answer.total, len(answer.hits)) == (1, 1)


def test_asked_for_alone_each_block_is_an_answer():
    factories.practice(f"The whole {WORD}", building_blocks=two_blocks())
    everything = find(WORD, ANYONE)
    counts = {count.code: count.count for count in everything.facets["kind"]}
    assert counts == {"practice": 1, "building-block": 2}
    alone = find(WORD, ANYONE, Filters(kind=("building-block",)))
    assert (alone.total, len(alone.hits)) == (2, 2)
