"""What every test may ask for.

`db`      a database with a home page and an empty list of practices, and nothing else;
`empty`, `vocabulary`, `seeded`  one without any page, one with the vocabulary, or one with the
          whole demo knowledge base. Each test is a transaction on top of it.
`site`    the address of a real server (gunicorn) with the demo knowledge base, for browser tests
          and whatever needs true HTTP; what a test changes there stays for the session.
`page`    a page of a real Chromium (pytest-playwright); skipped where there is none.
"""

import os
import shutil

import pytest
from django.utils import translation

pytest_plugins = ["tests.kept", "tests.seeded", "tests.site_server"]

# Playwright's synchronous interface keeps an event loop in this thread, which Django takes for
# asynchronous code and then refuses to query from.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
# Test processes fill the cores already; threads of the mathematics libraries would only wait.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER_FIXTURES = {"page", "browser", "context", "new_context"}
NO_BROWSER = (
    "Browser tests were skipped: no Chromium or Chrome found. "
    "To run them, install one (Debian, Ubuntu: apt-get install chromium)."
)


def browser_path():
    """The browser to drive: one of the operating system, so that nothing is downloaded."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


@pytest.fixture(autouse=True)
def english():
    """Begin in English, whatever language the last request of the test before was answered in."""
    with translation.override("en"):
        yield


def pytest_configure(config):
    if os.environ.get("REQUIRE_BROWSER") == "1" and not browser_path():
        raise pytest.UsageError("REQUIRE_BROWSER=1, but no Chromium or Chrome was found.")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Mark browser tests, keep tests of one database together, and on PostgreSQL run only those."""
    for item in items:
        if BROWSER_FIXTURES & set(item.fixturenames):
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: ("seeded" in item.fixturenames, "vocabulary" in item.fixturenames))
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        config.hook.pytest_deselected(items=[item for item in items if not asks_database(item)])
        items[:] = filter(asks_database, items)


def asks_database(item):
    """Whether the outcome may depend on the database; the others have passed on SQLite."""
    if "any_database" in item.fixturenames:
        return False
    return item.get_closest_marker("django_db") or {"db", "site", "own_database"} & set(
        item.fixturenames
    )


@pytest.fixture
def any_database():
    """For what cannot differ between databases, or is dear: it runs on SQLite only."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    path = browser_path()
    if not path:
        pytest.skip(NO_BROWSER)
    return {
        **browser_type_launch_args,
        "executable_path": path,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


def pytest_terminal_summary(terminalreporter):
    skipped = terminalreporter.stats.get("skipped", [])
    if any(NO_BROWSER in str(report.longrepr) for report in skipped):
        terminalreporter.write_line(NO_BROWSER, yellow=True)


@pytest.fixture
def admin_user(db):
    """Whom `admin_client` is logged in as; with the second factor that administrators must have."""
    from tests.members.people import superuser

    return superuser("admin@example.org")
