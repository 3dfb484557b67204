"""The database decides at once (F09), and nothing drifts from it however many changes (F10)."""

import datetime
import random
import urllib.parse
import urllib.request

import numpy as np
import pytest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from search import index
from search.caches import Caches
from search.models import IndexedDocument, Passage
from search.verification import problems
from tests import factories
from tests.search.crash.conftest import until
from tests.search.crash.shelf import prose
from tests.site_server import answers, free_address

OPERATIONS = 1000


@pytest.fixture
def other_process(processes):
    """A site that runs in a process of its own, without any worker; asks it by HTTP."""
    address = free_address()
    server = processes.start("serve", port=int(address.rpartition(":")[2]))
    until(lambda: answers(address))

    def ask(words):
        query = urllib.parse.urlencode({"q": words})
        told = []
        for path in (f"/en/search/?{query}", f"/api/v1/search?{query}"):
            with urllib.request.urlopen(f"http://{address}{path}") as answer:
                told.append(
                    answer.read().decode().replace(words, "", 3 if "api" not in path else 1)
                )
        return told

    yield ask
    processes.kill(server)


def unpublish(page):
    page.unpublish()


def delete(page):
    page.delete()


def restrict(page):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def restrict_parent(page):
    restrict(page.get_parent())


def expire(page):
    """Nothing runs when the time comes: no signal, no `publish_scheduled`."""
    past = timezone.now() - datetime.timedelta(seconds=1)
    Page.objects.filter(pk=page.pk).update(expire_at=past)


def move_below_restricted(page):
    closed = factories.plain_page("Closed")
    restrict(closed)
    page.move(closed, pos="last-child")


@pytest.mark.parametrize(
    "hide", [unpublish, delete, restrict, restrict_parent, expire, move_below_restricted]
)
def test_what_is_hidden_is_gone_at_once_from_every_process(other_process, hide):
    parent = factories.plain_page("A place for pages")
    page = factories.plain_page("Lighthouse keepers", parent=parent, summary="CNRYhidden told it.")
    factories.plain_page("Harbour masters", summary="CNRYshown told it.")
    assert all("CNRYhidden" in told for told in other_process("Lighthouse keepers"))
    hide(page)
    assert not any("CNRYhidden" in told for told in other_process("Lighthouse keepers"))
    assert all("CNRYshown" in told for told in other_process("Harbour masters"))


def test_what_is_published_again_is_found_at_once_by_its_words(other_process):
    page = factories.plain_page("Lighthouse keepers", summary="CNRYhidden told it.")
    page.unpublish()
    assert not any("CNRYhidden" in told for told in other_process("Lighthouse keepers"))
    page.save_revision().publish()
    assert all("CNRYhidden" in told for told in other_process("Lighthouse keepers"))


def change_something(shelf, dice, turn):
    """One operation; some are cut short between the source and the index, as by a kill."""
    number = dice.randrange(60)
    kind = dice.choices(["put", "move", "take", "cut", "burn"], [50, 20, 20, 5, 5])[0]
    book = shelf.books().get(str(number))
    if kind == "put" or book is None:
        shelf.put(
            number, f"Book {number} of {turn}", prose(turn), dice.choice(["public", "members"])
        )
    elif kind == "move":
        shelf.put(number, book[0], book[1], dice.choice(["public", "members", "nobody"]))
    elif kind == "take":
        shelf.take(number)
    elif kind == "cut":
        shelf.write(number, f"Book {number} cut short", prose(turn), "members")
    else:
        shelf.remove(number)


def test_nothing_drifts_in_a_thousand_changes_while_workers_are_killed(shelf, processes):
    dice = random.Random(6)
    worker = processes.start("worker", batch=False)
    kept = Caches()
    for turn in range(OPERATIONS):
        change_something(shelf, dice, turn)
        if turn in (OPERATIONS // 3, 2 * OPERATIONS // 3):
            assert processes.kill(worker)
            worker = processes.start("worker", batch=False)
        if turn % 50 == 0:
            kept.view()
    assert processes.kill(worker)
    processes.run("worker")
    assert list(problems()) == []
    books = shelf.books()
    rows = IndexedDocument.objects.filter(withdrawn=False)
    assert {row.key: (row.title, row.audiences) for row in rows} == {
        f"shelf:{number}": (book[0], [book[2]]) for number, book in books.items()
    }
    for view in (kept.view(), Caches().view()):
        slots = view.catalogue.alive.nonzero()[0]
        assert {view.catalogue.keys[slot] for slot in slots} == {f"shelf:{each}" for each in books}
        assert np.isfinite(cosines_to_own_rows(view)).all()
        assert cosines_to_own_rows(view).min() > 0.999


def cosines_to_own_rows(view):
    """How near what is held for each passage is to the vector in its row: 1, or NaN for none."""
    ids = view.catalogue.passages_of(view.catalogue.alive)
    rows = dict(Passage.objects.values_list("pk", "vector"))
    own = np.stack([np.frombuffer(bytes(rows[each]), "<f4") for each in ids.tolist()])
    return np.diagonal(view.vectors.scores(own, ids))


def test_pages_do_not_drift_while_workers_are_killed(own_database, processes):
    dice = random.Random(7)
    closed = factories.plain_page("Closed")
    restrict(closed)
    open_place = factories.plain_page("Open")
    pages = [factories.plain_page(f"Page {n}", parent=open_place).pk for n in range(12)]
    worker = processes.start("worker", batch=False)
    for turn in range(80):
        page = Page.objects.filter(pk=dice.choice(pages)).first()
        if page is None:
            continue
        page = page.specific
        match dice.randrange(6):
            case 0 | 1:
                page.summary = prose(turn)
                page.save_revision().publish()
            case 2:
                page.unpublish()
            case 3:
                place = dice.choice([closed, open_place])
                page.move(Page.objects.get(pk=place.pk), pos="last-child")
            case 4:
                Page.objects.filter(pk=page.pk).update(live=dice.choice([True, False]))
            case 5 if dice.random() < 0.3:
                page.delete()
        if turn in (30, 60):
            processes.kill(worker)
            worker = processes.start("worker", batch=False)
    processes.kill(worker)
    processes.run("worker")
    assert list(problems()) == []


def test_what_was_cut_short_is_told_and_mended_by_the_next_worker(shelf, processes):
    """A process was killed after it changed a source, before it told the index."""
    shelf.fill(5)
    processes.run("worker")
    shelf.write(1, "Changed", "This was changed.")
    shelf.remove(2)
    shelf.write(9, "New", "This is new.")
    told = " ".join(problems())
    assert all(each in told for each in ("1 indexed", "1 documents are not", "1 documents differ"))
    processes.run("worker")
    assert list(problems()) == []
    index.refresh("shelf", [1])  # and it was not only made silent
    assert IndexedDocument.objects.get(key="shelf:1").title == "Changed"
