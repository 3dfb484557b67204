"""The search box in a real browser: by keyboard, by touch, from right to left, and without it."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def box(site, page):
    """The field of the search page, watched for movement."""
    page.set_default_timeout(90_000)  # a new process loads the model first

    def go(path="/en/search/?q=registry", typed=""):
        page.goto(site + path)
        field = page.locator("[data-search]").first
        field.click()
        if typed:
            field.fill("")
            field.press_sequentially(typed, delay=20)
            expect(field).to_have_attribute("aria-expanded", "true")
        return field

    return go


def test_suggestions_are_chosen_by_keyboard(page, box, accessibility):
    field = box(typed="chile")
    options = page.get_by_role("listbox").get_by_role("option")
    expect(page.get_by_role("status").filter(has_text="suggestion")).to_have_count(1)
    assert field.get_attribute("aria-activedescendant") is None
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "combobox"
    assert accessibility(page) == []
    field.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") is None
    field.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    field.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("chile")
    field.press("ArrowDown")
    expect(options.first).to_be_visible()
    field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url(re.compile("country=CHL"))
    expect(page.locator("#country-CHL")).to_be_checked()


def test_a_title_leads_to_its_page(page, box):
    field = box(typed="one analyt")
    page.get_by_role("option", name=re.compile("One analytical system")).click()
    page.wait_for_url(re.compile("georgia-unified-migration-data"))
    assert field


def test_enter_without_a_choice_asks_what_was_typed(page, box):
    field = box(typed="census")
    field.press("Enter")
    page.wait_for_url(re.compile(r"/en/search/\?q=census$"))


def test_nothing_moves_when_suggestions_open(page, box):
    box()
    below = page.locator("#results")
    before = below.bounding_box()
    box(typed="children")
    expect(page.get_by_role("listbox")).to_be_visible()
    assert below.bounding_box() == before


def test_leaving_the_field_closes_them(page, box):
    field = box(typed="children")
    field.press("Tab")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(field).to_have_attribute("aria-expanded", "false")


def test_suggestions_in_arabic_begin_on_the_right(page, box, accessibility):
    box("/ar/", "الاطف")
    option, field = page.get_by_role("option").first, page.locator("#ask")
    label = option.locator(".suggestion__label").bounding_box()
    middle = field.bounding_box()["x"] + field.bounding_box()["width"] / 2
    assert label["x"] + label["width"] > middle
    assert accessibility(page) == []


def test_suggestions_are_chosen_by_touch_and_fit_a_phone(site, browser):
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
    context.set_default_timeout(90_000)
    page = context.new_page()
    page.goto(f"{site}/en/practices/")
    page.locator("#finder").tap()
    page.locator("#finder").press_sequentially("chile", delay=20)
    page.get_by_role("option", name=re.compile("Chile")).first.tap()
    page.wait_for_url(re.compile("country=CHL"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


def test_the_key_can_be_switched_off_and_stays_so(page, box, site):
    box()
    page.get_by_role("checkbox", name="The key / goes to this field").uncheck()
    page.goto(f"{site}/en/practices/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") != "q"
    box()
    page.get_by_role("checkbox", name="The key / goes to this field").check()
    page.goto(f"{site}/en/practices/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"


def test_the_address_has_no_empty_fields(page, site):
    page.goto(f"{site}/en/search/?theme=&q=registry&for=&page=1")
    page.wait_for_url(f"{site}/en/search/?q=registry")
    page.get_by_label(re.compile("^Practices")).check()
    page.wait_for_url(f"{site}/en/search/?q=registry&kind=practice")
    expect(page.get_by_role("link", name="Link to this search")).to_have_attribute(
        "href", "/en/search/?q=registry&kind=practice"
    )


def test_a_misspelt_word_and_the_order_work_without_javascript(site, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/en/search/")
    page.locator("#ask").fill("Urugay registry")
    page.get_by_role("button", name="Search").click()
    assert "Uruguay registry" in page.locator(".respelt").inner_text()
    page.get_by_role("link", name="Urugay registry").click()
    assert "verbatim=1" in page.url
    page.goto(f"{site}/en/search/?q=registry")
    page.get_by_role("link", name="Date").click()
    assert page.url == f"{site}/en/search/?q=registry&sort=date"
    assert page.locator("[role=combobox]").count() == 0
    context.close()


def test_what_stands_around_the_answers_follows_the_question(page, site):
    page.set_default_timeout(90_000)
    page.goto(site + "/en/search/?q=registry")
    page.evaluate("window.same = true")
    page.locator("#ask").fill("census")
    page.locator("#ask").press("Enter")
    page.wait_for_url(re.compile(r"q=census$"))
    expect(page).to_have_title(re.compile("^census – Search – "))
    assert page.evaluate("window.same") is True
    french = page.get_by_role("link", name="Français")
    expect(french).to_have_attribute("href", "/fr/search/?q=census")
    feed = page.locator("link[type='application/atom+xml']")
    expect(feed).to_have_attribute("href", "/en/search/feed/?q=census")
    sign_in = page.locator(".strip__account a[href*=login]")
    expect(sign_in).to_have_attribute("href", re.compile("next=/en/search/%3Fq%3Dcensus$"))


@pytest.mark.parametrize("typed", ["", "census", "الأطفال"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_magnifier_never_lies_on_what_is_typed(page, site, language, typed):
    page.set_default_timeout(90_000)
    page.goto(f"{site}/{language}/nothing-here/")  # the home page asks large instead
    field = page.locator("#finder")
    if typed:
        field.fill(typed)
    room, button = field.evaluate("""input => {
        const style = getComputedStyle(input), box = input.getBoundingClientRect();
        const button = input.form.querySelector("button").getBoundingClientRect();
        return [
          [box.left + parseFloat(style.paddingLeft), box.right - parseFloat(style.paddingRight)],
          [button.left, button.right],
        ];
    }""")
    assert room[1] <= button[0] + 1 or room[0] >= button[1] - 1
