"""The life of a practice, played by three people and a supervisor in a real browser.

Everybody and everything in it is invented. The mails are read from the folder in which the site
leaves them; the worker runs as the site's own command.
"""

import json
import os
import re
from io import BytesIO

import docx
import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.practices.word.test_reading import below, cell
from tests.seeded import environment, manage
from tests.site_server import serving

TITLE = "One list of children at the border (invented)"
PROBLEM = "Three offices counted the same children three times, each in its own way."
# What must never be published: a name beside an age and a place.
PLANTED = "Maria Example, 14, from the village of Sampleton, was counted twice."
REMARK = "Say since when, and leave the child out of it."
PEOPLE = """
import json
from reviewing.models import ClearanceRule
from tests.members import people
office = people.secretariat()
told = {
    "author": people.representative("GEO").email,
    "reviewer": people.reviewer("CHL").email,
    "peer": people.representative("MDA").email,
    "office": office.email,
    "secret": people.second_factor(people.person()),
}
from allauth.mfa.models import Authenticator
Authenticator.objects.filter(user=office).delete()
told["secret"] = people.second_factor(office)
ClearanceRule.objects.update_or_create(country="GEO", defaults={"required": True})
print("told", json.dumps(told))
"""


@pytest.fixture(scope="module")
def world(templates, tmp_path_factory, django_db_blocker):
    """(address, people, environment, folder of mails) of a site of its own."""
    folder = tmp_path_factory.mktemp("life") / "data"
    with django_db_blocker.unblock():
        templates.copy("seeded", folder, f"test_life_{os.getpid()}")
        own = environment(folder, f"test_life_{os.getpid()}")
    mails = folder / "mails"
    own["MAIL_DIR"] = str(mails)
    said = manage("shell", "-c", PEOPLE, env=own)
    people = json.loads(re.search(r"told (\{.*\})", said).group(1))
    with serving(own, folder.parent / "server.log") as address:
        own["SITE_URL"] = address
        yield address, people, own, mails


def filled_in(form):
    """The form as somebody fills it in with Word."""
    document = docx.Document(BytesIO(form))
    cell(document, "Title").text = TITLE
    cell(document, "Countries").text = "Georgia"
    below(document, "Problem", PROBLEM, PLANTED)
    below(document, "What was done", "The offices agreed on one list.")
    output = BytesIO()
    document.save(output)
    return output.getvalue()


def send_link(office, number):
    page = office.go(f"/en/review/{number}/links/")
    page.get_by_role("button", name="Send", exact=True).click()


def clear(supervisor, mails):
    """Open the newest link that the supervisor was sent, and clear the text."""
    text = [text for to, _subject, text in mails if to == "supervisor@example.org"][-1]
    link = re.search(r"https?://[^/]+(/\S+/by-link/\S+)", text).group(1)
    page = supervisor.go(link)
    page.get_by_label("We clear this text for publication.").check()
    page.get_by_role("button", name="Send the answer").click()


def test_the_life_of_a_practice(world, browser, tmp_path):
    play(world, browser, tmp_path)


def play(world, browser, tmp_path):
    address, people, own, mails = world
    author, reviewer, office, peer, supervisor = (
        Desk(browser, address, own, mails) for _person in range(5)
    )

    # The representative drafts in Word and finishes in the form.
    author.sign_in(people["author"])
    page = author.go("/en/contribute/word/")
    with page.expect_download() as download:
        page.locator("main .download").get_by_role("link", name="English").click()
    word = tmp_path / "filled-in.docx"
    word.write_bytes(filled_in(download.value.path().read_bytes()))
    author.go("/en/contribute/word/upload/")
    page.get_by_label("Word file (.docx)").set_input_files(word)
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_text(PROBLEM)).to_be_visible()
    page.get_by_role("button", name="Save as a draft").click()
    page.wait_for_url(re.compile(r"/en/contribute/\d+/"))
    number = re.search(r"/contribute/(\d+)/", page.url).group(1)
    author.go(f"/en/contribute/{number}/")
    page.get_by_label("Legal framework").fill("A law that lets offices share lists (invented).")
    page.get_by_label("Whom to ask").fill("Statistical office, migration unit (invented)")
    page.get_by_role("button", name="Send in …").click()
    page.get_by_role("button", name="Send it in").click()
    expect(page.get_by_text("In review").first).to_be_visible()

    # A reviewer from another country is told, comments on a section and recommends it.
    assert any(to == people["reviewer"] for to, _subject, _text in author.work())
    reviewer.sign_in(people["reviewer"])
    page = reviewer.go("/en/review/")
    page.locator(f'a[href="/en/review/{number}/"]').click()
    problem = page.locator("#problem")
    problem.get_by_text("Comment on this section").click()
    problem.get_by_label("Your comment").fill(REMARK)
    page.get_by_label("I recommend it for publication.").check()
    page.get_by_role("button", name="Send my answer").click()
    expect(page.get_by_text("Waiting for your answer")).to_be_visible()

    # Georgia demands clearance: the supervisor gets a link by mail, and needs no account.
    page = author.go(f"/en/review/{number}/office/")
    page.get_by_label("Office").fill("Head of department (invented)")
    page.get_by_label("E-mail address").fill("supervisor@example.org")
    page.get_by_role("button", name="Tell the secretariat").click()
    office.sign_in(people["office"], people["secret"])
    send_link(office, number)
    clear(supervisor, office.work())

    # The gate stops the planted name, whoever presses the button; the author is asked to mend it.
    page = office.go(f"/en/review/{number}/")
    expect(page.get_by_text("It cannot be published yet")).to_be_visible()
    page.get_by_role("button", name="Sign off and publish").click()
    expect(page.get_by_text("was not published")).to_be_visible()
    page.get_by_label("Reason").fill("Please leave the child out.")
    page.get_by_role("button", name="Send back to the author").click()

    # The author revises in the same form; what changed is cleared anew, and then it is published.
    page = author.go(f"/en/contribute/{number}/")
    expect(page.get_by_text("Please leave the child out.")).to_be_visible()
    expect(page.get_by_text(REMARK, exact=True)).to_be_visible()
    page.get_by_role("textbox", name="Problem").fill(f"{PROBLEM} That was so until 2021.")
    page.get_by_role("button", name="Send in …").click()
    page.get_by_role("button", name="Send it in").click()
    expect(page.get_by_text("Sent in.")).to_be_visible()
    clear(supervisor, office.work())
    page = office.go(f"/en/review/{number}/")
    page.get_by_role("button", name="Sign off and publish").click()
    office.work()

    # It is found, by its meaning as well, with the passage that says it.
    page = peer.go("/en/search/?q=several+offices+counted+the+same+minors+at+the+frontier")
    found = page.locator("#results").get_by_role("link", name=TITLE)
    expect(found).to_be_visible()
    found.click()
    expect(page.get_by_text(PROBLEM)).to_be_visible()
    assert "Sampleton" not in page.content()

    # A peer posts feedback; a second country records an adaptation; the author confirms it.
    peer.sign_in(people["peer"])
    page = peer.go(f"/en/exchange/practice/{number}/feedback/")
    page.get_by_label("A question").check()
    page.locator("[name=text]").fill("Who pays for the list? (invented)")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Who pays for the list? (invented)")).to_be_visible()
    page = peer.go(f"/en/exchange/practice/{number}/adapted/")
    page.get_by_label("From (year)").fill("2023")
    page.get_by_label("What you changed").fill("One ministry instead of three (invented).")
    page.locator("fieldset", has_text="Legal framework").last.get_by_label("Partly holds").check()
    page.get_by_label("It worked in part").check()
    page.get_by_label("What came out of it").fill(
        "The list stands; schools are missing (invented)."
    )
    page.get_by_label("Voice").select_option(label="Cleared by the institution")
    page.get_by_label("Everybody").check()
    page.get_by_role("button", name="Save").click()
    adaptation = re.search(r"/adaptations/(\d+)/", page.url).group(1)
    page = author.go(f"/en/exchange/adaptations/{adaptation}/confirm/")
    page.get_by_label("Confirm: it is so").check()
    page.get_by_role("button", name="Send").click()

    # Everybody sees who adapted it; what members asked, members alone.
    page = supervisor.go(f"/p/{number}/")
    expect(page.locator(".trail-table")).to_contain_text("Moldova")
    assert "Who pays for the list?" not in page.content()
    assert "Who pays for the list?" in author.go(f"/p/{number}/").content()
