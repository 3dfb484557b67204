"""A newcomer's first visit, in a real browser against a real server."""

import re

import pytest
from playwright.sync_api import expect

QUESTION = "How do countries bring together data held by several ministries?"
PAGES = {
    "home": "/en/",
    "home in Arabic": "/ar/",
    "practices": "/en/practices/",
    "practice": "/en/practices/georgia-unified-migration-data/",
    "practice in Spanish": "/es/practicas/",
    "guidance": "/en/guidance/",
    "one guidance": "/en/guidance/ideas-data-ecosystem-assessment/",
    "indicators": "/en/guidance/indicators/",
    "workshops": "/en/workshops/",
    "workshop": "/en/workshops/panama-2025-regional-workshop-latin-america/",
    "countries": "/en/countries/",
    "country": "/en/countries/chile/",
    "country in Arabic": "/ar/countries/chile/",
    "news": "/en/news/",
    "plain page": "/en/about/",
    "answers": "/en/search/?q=data+held+by+several+ministries",
    "nothing fits": "/en/search/?q=best+pizza+recipe",
    "not found": "/en/no-such-page/",
    "sign in": "/accounts/login/",
}


@pytest.fixture
def watched(browser):
    """A page that records what a reader never sees: errors and requests to other hosts."""
    context = browser.new_context(locale="en-GB")
    # The first question of a new process waits for the model, longer where much else is going on.
    context.set_default_timeout(90_000)
    page = context.new_page()
    page.problems, page.hosts = [], set()
    page.on("console", lambda said: said.type == "error" and page.problems.append(said.text))
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on("request", lambda sent: page.hosts.add("/".join(sent.url.split("/")[:3])))
    yield page
    context.close()


def test_a_question_leads_to_the_experiences_that_fit(site, watched):
    watched.goto(f"{site}/en/")
    watched.get_by_label("What are you trying to solve?").fill(QUESTION)
    watched.get_by_role("button", name="Search").last.click()
    answers = watched.locator("main")
    for country in ("Georgia", "Maroc", "Chile"):  # each in the language of its practice
        title = re.compile(rf"\({country}\)")
        expect(answers.get_by_role("link", name=title).first).to_be_visible()
    expect(answers.locator("mark").first).to_be_visible()
    watched.get_by_role("link", name=re.compile("One analytical system")).first.click()
    expect(watched.locator("h1")).to_contain_text("One analytical system")
    expect(watched.get_by_text("not reported").first).to_be_visible()


def test_an_example_question_is_one_click_away(site, watched):
    watched.goto(f"{site}/en/")
    watched.get_by_role("link", name=QUESTION).click()
    expect(watched.locator("main input[name=q]")).to_have_value(QUESTION)
    expect(watched.locator("mark").first).to_be_visible()


def test_a_hit_in_a_file_opens_it_at_its_page(site, watched):
    watched.goto(f"{site}/en/search/?q=how+do+I+write+so+that+my+practice+is+found&kind=file")
    link = watched.locator("main a[href*='#page=']").first
    expect(link).to_be_visible()
    address = link.get_attribute("href").partition("#")[0]
    answer = watched.request.get(address if address.startswith("http") else site + address)
    assert answer.ok
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_filters_work_without_javascript(site, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/en/practices/")
    total = page.locator("#list-title").inner_text()
    page.get_by_label(re.compile("^Spanish")).check()
    page.get_by_role("button", name="Apply filters").click()
    assert page.locator("#list-title").inner_text() != total
    assert "language=es" in page.url
    context.close()


def test_slash_goes_to_the_search_field(site, watched):
    watched.goto(f"{site}/en/practices/")
    watched.keyboard.press("/")
    assert watched.evaluate("document.activeElement.name") == "q"


def test_the_first_tab_skips_to_the_content(site, watched):
    watched.goto(f"{site}/en/practices/")
    watched.keyboard.press("Tab")
    watched.keyboard.press("Enter")
    assert watched.evaluate("location.hash") == "#content"


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_a_page_has_no_barrier_that_axe_can_find(site, page, path, accessibility):
    page.goto(site + path)
    assert accessibility(page) == []


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_a_page_is_quiet_and_asks_no_other_host(site, watched, path):
    watched.goto(site + path)
    expected = 1 if path.endswith("no-such-page/") else 0  # the browser reports the 404 itself
    assert len(watched.problems) == expected, watched.problems
    assert watched.hosts == {site}


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_a_page_fits_a_phone(site, browser, path):
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(site + path)
    width = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert width <= 360


def test_arabic_runs_from_right_to_left(site, watched):
    watched.goto(f"{site}/ar/")
    assert watched.locator("html").get_attribute("dir") == "rtl"
    mark, nav = watched.locator(".wordmark"), watched.locator(".masthead input[name=q], main")
    assert mark.bounding_box()["x"] > nav.first.bounding_box()["x"]


def test_a_page_is_light_enough_for_a_weak_line(site, watched):
    """At most 100 kB for a content page, of which 60 kB of style and script, as sent."""
    sizes = {"all": 0, "code": 0}

    def count(response):
        length = response.request.sizes()["responseBodySize"]
        sizes["all"] += length
        if response.request.resource_type in ("stylesheet", "script"):
            sizes["code"] += length

    watched.on("requestfinished", lambda request: count(request.response()))
    watched.goto(f"{site}/en/practices/georgia-unified-migration-data/", wait_until="networkidle")
    assert 0 < sizes["code"] <= 60_000
    assert sizes["all"] <= 100_000
