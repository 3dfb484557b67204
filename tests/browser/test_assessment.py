"""An answer saves itself, by keyboard alone; two rounds are read side by side without a script."""

import os

import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.seeded import environment, manage
from tests.site_server import serving

ROUNDS = """
from countries.models import Answer, Assessment, QuestionnaireVersion
from tests.countries import asked
from tests.members import people
people.representative("GEO", "team@example.org")
version = QuestionnaireVersion.objects.get(loaded_as__startswith="rapid-assessment")
before = asked.assessment(version.questions.first(), days=-1)
asked.assessment(version.questions.first())
asked.answer(before, version.questions.get(code="datasets-known"), 7)
"""
HERE = "/en/country/GEO/assessments/"
SAVED = "Saved"


@pytest.fixture
def desk(templates, tmp_path, django_db_blocker, browser):
    name = f"test_assessment_{os.getpid()}"
    with django_db_blocker.unblock():
        templates.copy("seeded", tmp_path / "data", name)
        own = environment(tmp_path / "data", name)
    manage("shell", "-c", ROUNDS, env=own)
    with serving(own, tmp_path / "server.log") as address:
        yield Desk(browser, address, own, tmp_path / "mails")


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_answers_save_themselves_by_keyboard_and_rounds_are_read_without_a_script(
    desk, browser, accessibility
):
    desk.sign_in("team@example.org")
    page = desk.go(HERE)
    page.locator("main .entry__title a").first.click()
    page.locator(".module__title a").first.click()
    state = page.locator("[data-state]")
    number = page.locator("[name='datasets-known-value']")
    number.focus()
    page.keyboard.type("12")
    expect(state).to_contain_text(SAVED)
    choice = page.locator("[name='census-asks-migration-value']")
    choice.first.focus()
    press(page, "Space", "ArrowDown")
    expect(state).not_to_contain_text(SAVED)
    expect(state).to_contain_text(SAVED)
    expect(page.locator("[data-progress]").first).to_contain_text("2 of 7")
    assert accessibility(page) == []
    page.reload()
    expect(number).to_have_value("12")
    expect(choice.nth(1)).to_be_checked()
    number.focus()
    press(page, "Control+a")
    page.keyboard.type("13")
    press(page, "Enter")  # what the form does by itself: save all, at once
    expect(page.locator(".messages")).to_contain_text("Saved.")
    expect(number).to_have_value("13")
    page.goto(page.url.partition("modules/")[0] + "compared/")
    assert accessibility(page) == []
    plain = browser.new_context(
        java_script_enabled=False, storage_state=desk.context.storage_state()
    )
    read = plain.new_page()
    read.goto(page.url)
    row = read.get_by_role("row").filter(has_text="How many separate datasets")
    expect(row.get_by_role("cell")).to_have_text(["Round 1 7", "Round 2 13", "Changed"])
    plain.close()
