"""One site for all tests here, built once in a database of its own; each test is rolled back."""

from dataclasses import dataclass, field

import pytest
from django.conf import settings
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

from library.models import LibraryFile
from search import caches
from search.encoding import encode_all
from search.models import Clock
from tests.permissions import crawl, many_groups, site_of_many
from tests.seeded import connected_to, on_postgresql


@dataclass
class Many:
    """The site: its people, their sessions, and what two of them saw before the rest was made."""

    people: dict
    groups: dict
    clients: dict
    addresses: list
    before: dict = field(default_factory=dict)


@pytest.fixture(scope="session")
def many(request, django_db_setup, django_db_blocker, templates):
    """Build the site in its own copy of the empty database."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "only")
    folder, database = settings.DATA_DIR / "databases" / "many", f"test_many_{worker}"
    with django_db_blocker.unblock():
        templates.copy("empty", folder, database)
        name = database if on_postgresql() else folder / "db.sqlite3"
        with connected_to(name):
            built = build()
    built.database = name
    return built


def build():
    site_of_many.build_public()
    people, groups = site_of_many.build_people()
    clients = site_of_many.sessions(people)
    public_pages = set(Page.objects.values_list("pk", flat=True))
    public_files = set(LibraryFile.objects.values_list("pk", flat=True))
    addresses = crawl.everything(public_pages, public_files)
    many = Many(people, groups, clients, addresses)
    encode_all()
    many.before["A"] = {each: crawl.answer(clients["A"], each) for each in addresses}
    site_of_many.build_for_accounts()
    encode_all()
    many.before["O"] = {each: crawl.answer(clients["O"], each) for each in addresses}
    site_of_many.build_the_rest(groups, people["E"])
    left = many_groups.build_hidden(people)
    encode_all()
    # A live session of somebody who is no longer a member.
    clients["X"].get("/en/communities/")
    people["X"].groups.clear()
    many_groups.leave(left)
    # No worker runs here; what waits for one must not grow old, which the health of the site tells.
    DBTaskResult.objects.all().delete()
    return many


@pytest.fixture
def right_database(many, django_db_blocker):
    """Connect to the site of these tests before the test's transaction is opened."""
    with django_db_blocker.unblock(), connected_to(many.database):
        yield


@pytest.fixture
def changing(db):
    """For tests that change the index: what is rolled back afterwards must not stay in caches."""
    Clock.restart()


@pytest.fixture
def fresh_process(db, monkeypatch):
    """As if this process had just started: its caches are filled from the rows."""
    monkeypatch.setattr(caches, "_current", caches.Caches())
