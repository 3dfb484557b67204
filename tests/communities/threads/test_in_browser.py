"""Discussions in a real browser: by keyboard, without scripts, with a lost line, for everybody."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import accessibility, browser_context_args  # noqa: F401 - fixtures
from tests.members.people import PASSWORD
from tests.seeded import manage

PEOPLE = """
import json
from communities import posting
from practices.models import PracticePage
from tests.communities import groups
from tests.members import people
group = groups.community("Discussing (invented)", visibility="public", slug="discussing")
asker = groups.member_of(group, "GEO", email="asker-in-browser@example.org")
peer = groups.member_of(group, "MEX", email="peer-in-browser@example.org")
peer.first_name, peer.last_name = "Ana María", "O'Invented"
peer.save()
page = PracticePage.objects.live().first()
text = f"How many (invented)? See /p/{page.pk}/ for more."
thread = groups.thread(group, asker, "How many are there? (invented)", text)
groups.reply(thread, peer, "Nobody knows (invented).", quoted=thread.posts.get())
told = {"thread": thread.get_absolute_url(), "title": page.title, "group": group.slug}
print("told", json.dumps(told))
"""


@pytest.fixture(scope="module")
def world(site_environment):
    said = manage("shell", "-c", PEOPLE, env=site_environment)
    return json.loads(re.search(r"told (\{.*\})", said)[1])


def sign_in(page, site, email):
    page.goto(f"{site}/accounts/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/en/**")


@pytest.fixture
def asking(page, site, world):
    """A page of the asker; what runs in it without leave fails the test."""
    told = []
    page.on("dialog", lambda dialog: (told.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: told.append(str(error)))
    sign_in(page, site, "asker-in-browser@example.org")
    yield page
    assert told == []


def test_people_are_called_from_the_keyboard(asking, site, world):
    asking.goto(site + world["thread"])
    field = asking.get_by_label("Your answer", exact=True)
    field.press_sequentially("Dear @mar")
    offered = asking.get_by_role("listbox", name="People to call")
    expect(offered.get_by_role("option")).to_have_text(re.compile("Ana María O'Invented"))
    field.press("Enter")
    assert field.input_value() == "Dear @Ana María O'Invented "
    box = asking.locator("[name=mention]")
    assert box.is_checked()
    expect(asking.locator("[data-people-count]")).to_have_text("(1)")
    # The name goes, and the call with it.
    field.fill("Dear all")
    assert not box.is_checked()
    field.press_sequentially(" @zzz")
    assert offered.count() == 0
    field.fill("")
    field.press_sequentially("@")
    field.press("Escape")
    assert offered.count() == 0


def test_the_preview_comes_into_the_page(asking, site, world):
    asking.goto(site + world["thread"])
    asking.get_by_label("Your answer", exact=True).fill("**Bold** <img src=x onerror=alert(1)>")
    asking.get_by_role("button", name="Preview").click()
    shown = asking.get_by_label("Preview", exact=True)
    expect(shown.locator("strong")).to_have_text("Bold")
    expect(shown).to_contain_text("<img src=x")
    asking.get_by_label("Your answer", exact=True).fill("")
    asking.get_by_role("button", name="Preview").click()
    expect(shown).to_contain_text("Write something first.")
    assert len(asking.context.pages) == 1


def kept(page):
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('post:'))")


def test_what_was_not_sent_is_offered_and_what_was_sent_is_forgotten(asking, site, world):
    asking.goto(site + world["thread"])
    field = asking.get_by_label("Your answer", exact=True)
    field.fill("Typed in a tunnel (invented).")
    asking.context.set_offline(True)
    asking.get_by_role("button", name="Send").click()
    asking.context.set_offline(False)
    asking.goto(site + world["thread"])
    assert field.input_value() == ""
    asking.get_by_role("button", name="Put them back").click()
    assert field.input_value() == "Typed in a tunnel (invented)."
    asking.get_by_role("button", name="Send").click()
    expect(asking.get_by_text("It stands here now.")).to_be_visible()
    assert kept(asking) == []
    assert "sent=" not in asking.url
    assert asking.get_by_role("button", name="Put them back").count() == 0
    # Back at the form, the same text is not posted once more.
    before = asking.locator(".post").count()
    asking.go_back()
    asking.get_by_label("Your answer", exact=True).fill("Typed in a tunnel (invented).")
    asking.goto(site + world["thread"])
    assert asking.locator(".post").count() == before


def test_a_question_is_asked_quoted_edited_and_taken_back_without_scripts(browser, site, world):
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    sign_in(page, site, "peer-in-browser@example.org")
    page.goto(f"{site}/en/communities/{world['group']}/")
    page.get_by_role("link", name="Ask or tell something").click()
    page.get_by_label("Title").fill("Without scripts? (invented)")
    page.get_by_label("Your text").fill("Yes (invented).")
    page.get_by_text("Call people by name").click()
    page.locator("[name=mention]").first.check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Without scripts? (invented)")
    page.locator("#post-1").get_by_role("link", name="Quote").click()
    page.get_by_label("Your answer", exact=True).fill("And quoted (invented).")
    with context.expect_page() as opened:
        page.get_by_role("button", name="Preview").click()
    expect(opened.value.get_by_text("And quoted (invented).")).to_be_visible()
    opened.value.close()
    assert page.get_by_label("Your answer", exact=True).input_value() == "And quoted (invented)."
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#post-2 blockquote")).to_contain_text("Yes (invented).")
    page.locator("#post-2").locator("a[href$='/edit/']").click()
    page.get_by_label("Your text").fill("And edited (invented).")
    page.get_by_role("button", name="Save").click()
    page.locator("#post-2").get_by_role("link", name="Edited on").click()
    expect(page.get_by_text("And quoted (invented).")).to_be_visible()
    page.get_by_role("link", name="Back to the discussion").click()
    page.get_by_role("button", name="This is the answer").click()
    expect(page.get_by_role("heading", name="The answer")).to_be_visible()
    page.locator("#post-2").get_by_role("link", name="Take back").click()
    page.get_by_role("button", name="Take back").click()
    expect(page.locator("#post-2")).to_contain_text("Taken back by its author.")
    assert page.get_by_role("heading", name="The answer").count() == 0
    context.close()


def test_a_cited_practice_shows_as_a_card(asking, site, world):
    asking.goto(site + world["thread"])
    card = asking.locator(".cited__card a")
    expect(card).to_have_text(world["title"])
    card.click()
    expect(asking.get_by_role("heading", level=1)).to_have_text(world["title"])


PLACES = ("", "?quote=2", "posts/1/edit/", "posts/1/take-back/", "posts/1/history/", "new")


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("place", PLACES)
def test_the_pages_are_accessible(asking, site, world, place, language, accessibility):  # noqa: F811
    base = world["thread"].replace("/en/", f"/{language}/")
    address = f"{base}{place}"
    if place == "new":
        address = f"/{language}/communities/{world['group']}/new/"
    if place == "posts/1/history/":
        asking.goto(f"{site}{base}posts/1/edit/")
        asking.locator("[name=text]").fill(f"Edited in {language} (invented).")
        asking.locator("[data-send]").click()
        asking.wait_for_url("**/threads/*/*")
    asking.goto(site + address)
    for closed in asking.locator("main summary").all():
        closed.click()
    assert accessibility(asking) == []


def test_on_a_phone_nothing_is_wider_than_the_screen(asking, site, world):
    asking.set_viewport_size({"width": 360, "height": 780})
    for place in PLACES[:4]:
        asking.goto(f"{site}{world['thread']}{place}")
        assert asking.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_visitor_reads_and_is_told_how_to_write(page, site, world, accessibility):  # noqa: F811
    page.goto(site + world["thread"])
    expect(page.get_by_text("Members of this community can answer.")).to_be_visible()
    assert page.get_by_text("O'Invented").count() == 0
    assert accessibility(page) == []
