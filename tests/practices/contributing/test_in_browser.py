"""The form in a real browser: it saves itself, keeps what the site has not got, and is usable."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import accessibility, browser_context_args  # noqa: F401 - fixtures
from tests.seeded import manage

EMAIL, PASSWORD = "writer-in-browser@example.org", "a-long-invented-password"
PERSON = f"""
from allauth.account.models import EmailAddress
from members.models import Kind, Role
from users.models import User
from vocabulary.models import Country
user = User.objects.create_user("{EMAIL}", "{PASSWORD}", first_name="Writer")
EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
country = Country.objects.get(code="GEO", locale__language_code="en")
Role.objects.create(user=user, kind=Kind.REPRESENTATIVE, country=country)
"""


@pytest.fixture(scope="module")
def person(site_environment):
    manage("shell", "-c", PERSON, env=site_environment)


@pytest.fixture
def writing(page, site, person):
    """A page of somebody who is signed in; what runs in it without leave fails the test."""
    told = []
    page.on("dialog", lambda dialog: (told.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.goto(f"{site}/accounts/login/")
    page.fill("[name=login]", EMAIL)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/en/**")
    page.clock.install()
    yield page
    assert told == []


def state(page):
    return page.locator("[data-state]")


def begin(page, site, title):
    page.goto(f"{site}/en/contribute/new/")
    page.fill("[name=title]", title)
    page.clock.run_for(21_000)
    expect(state(page)).to_contain_text("Saved at")
    assert "/snapshot/" in page.url


def test_the_form_saves_itself_and_comes_back_as_it_was(writing, site):
    begin(writing, site, "Saved by itself (invented)")
    writing.fill("[name=problem]", "Nobody **knew**.")
    expect(state(writing)).to_contain_text("Not saved yet")
    writing.clock.run_for(21_000)
    expect(state(writing)).to_contain_text("Saved at")
    writing.goto(writing.url.replace("snapshot/", ""))
    assert writing.input_value("[name=problem]") == "Nobody **knew**."
    assert writing.locator("text=does not have").count() == 0


def test_what_the_site_has_not_got_is_kept_in_the_browser(writing, site):
    begin(writing, site, "Typed without a line (invented)")
    writing.goto(writing.url.replace("snapshot/", ""))
    writing.context.set_offline(True)
    writing.fill("[name=results]", "Typed in a tunnel.")
    writing.click("[data-rows=evidence] [data-add]")
    writing.keyboard.type("A link of invention")
    writing.clock.run_for(21_000)
    expect(state(writing)).to_contain_text("kept in this browser")
    writing.context.set_offline(False)
    writing.evaluate("window.stop(); document.querySelector('[data-contribute]').remove()")
    writing.reload()
    assert writing.input_value("[name=results]") == ""
    writing.click("text=Put them back")
    assert writing.input_value("[name=results]") == "Typed in a tunnel."
    assert writing.locator("[data-rows=evidence] [data-row] input").nth(1).input_value()
    writing.clock.run_for(21_000)
    expect(state(writing)).to_contain_text("Saved at")
    writing.reload()
    assert writing.input_value("[name=results]") == "Typed in a tunnel."
    assert writing.locator("text=Put them back").count() == 0


def test_the_end_of_a_session_is_told_and_what_was_typed_goes_in_after_signing_in(writing, site):
    begin(writing, site, "Signed out while typing (invented)")
    cookies = writing.context.cookies()
    writing.context.clear_cookies(name="sessionid")
    writing.fill("[name=problem]", "Typed after the end.")
    writing.clock.run_for(21_000)
    expect(state(writing)).to_contain_text("You are signed out")
    writing.context.add_cookies(cookies)
    writing.fill("[name=problem]", "Typed after the end, and on.")
    writing.clock.run_for(21_000)
    expect(state(writing)).to_contain_text("Saved at")


def test_rows_and_marks_work_from_the_keyboard(writing, site):
    begin(writing, site, "By keyboard (invented)")
    writing.focus("[data-rows=steps] [data-add]")
    writing.keyboard.press("Enter")
    writing.keyboard.type("Second")
    writing.focus("[data-rows=steps] [data-row]:last-child [data-move=up]")
    writing.keyboard.press("Enter")
    first = writing.locator("[data-rows=steps] [data-row]").first
    assert first.locator("input[type=text]").input_value() == "Second"
    field = first.locator("textarea")
    field.fill("word")
    field.press("ControlOrMeta+a")
    field.press("ControlOrMeta+b")
    assert field.input_value() == "**word**"
    writing.focus("[name=title]")
    writing.keyboard.press("Enter")  # saves; it must not be the first button of a row
    expect(writing.locator("[role=status] .notice").first).to_contain_text("Saved as a draft")
    assert writing.locator("[data-rows=steps] textarea").first.input_value() == "**word**"


def test_similar_practices_come_while_the_title_is_typed(writing, site):
    writing.goto(f"{site}/en/contribute/new/")
    writing.fill("[name=title]", "Unified migration data of Georgia")
    writing.clock.run_for(1_000)
    expect(writing.locator("[data-nearby] a").first).to_be_visible()


PAYLOADS = ["<img src=x onerror=alert(1)>", "</textarea><script>alert(1)</script>", "{{7*7}}"]


def test_nothing_typed_runs(writing, site):
    begin(writing, site, "<img src=x onerror=alert(1)>")
    edit = writing.url.replace("snapshot/", "")
    writing.goto(edit)
    for name in ("problem", "summary", "contact", "condition_legal"):
        writing.fill(f"[name={name}]", "\n".join(PAYLOADS) if name == "problem" else PAYLOADS[0])
    writing.click(".bar button[value=save]")
    for place in ("", "preview/", "versions/", "versions/compare/", "send/"):
        writing.goto(edit + place)
    writing.goto(f"{site}/en/contribute/")


@pytest.mark.parametrize(
    "place", ["new/", "", "edit", "versions/", "versions/compare/", "back/", "send/"]
)
def test_the_pages_are_accessible(writing, site, place, accessibility):  # noqa: F811
    if place in ("new/", ""):
        writing.goto(f"{site}/en/contribute/{place}")
    else:
        begin(writing, site, "Accessible (invented)")
        edit = writing.url.replace("snapshot/", "")
        writing.goto(edit + ("" if place in ("edit", "back/") else place))
        if place == "back/":
            writing.fill("[name=problem]", "Nobody could count them.")
            writing.click(".bar button[value=preview]")
            writing.click("main a:has-text('Versions'), a.button:has-text('Versions')")
            writing.click("a:has-text('Go back to it')")
    assert accessibility(writing) == [], json.dumps(accessibility(writing), indent=1)
