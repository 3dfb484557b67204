"""What browser tests share."""

import pytest
from axe_playwright_python.sync_playwright import Axe

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    # axe is put into the page as a script, which our content security policy would refuse.
    return {**browser_context_args, "bypass_csp": True, "locale": "en-GB"}


@pytest.fixture(scope="session")
def accessibility():
    """Return a function from a page to what axe finds wrong on it: (rule, where) pairs."""
    axe = Axe()

    def check(page):
        page.wait_for_load_state()  # after a click the page may still be on its way
        found = axe.run(page, options=RULES).response["violations"]
        return [(each["id"], node["html"][:120]) for each in found for node in each["nodes"]]

    return check
