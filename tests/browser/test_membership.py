"""Somebody signs up, applies, is accepted and found: in a real browser, with real mails.

Everybody is invented. Names are hostile on purpose: none may run as a script anywhere.
"""

import os
import re
from email import message_from_bytes, policy

import pytest
from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import expect

from tests.members.people import PASSWORD
from tests.seeded import environment, manage
from tests.site_server import serving

HOSTILE = '"><img src=x onerror=alert(1)></bdi><script>alert(2)</script>'
OFFICE = """
from allauth.mfa.models import Authenticator
from tests.members import people
office = people.secretariat("office@example.org")
Authenticator.objects.all().delete()
people.member("MAR", "peer@example.org")
"""


@pytest.fixture(scope="module")
def world(templates, tmp_path_factory, django_db_blocker):
    """(address, environment, folder of mails) of a site of its own."""
    folder = tmp_path_factory.mktemp("membership") / "data"
    with django_db_blocker.unblock():
        templates.copy("seeded", folder, f"test_membership_{os.getpid()}")
        own = environment(folder, f"test_membership_{os.getpid()}")
    own["MAIL_DIR"] = str(folder / "mails")
    manage("shell", "-c", OFFICE, env=own)
    with serving(own, folder.parent / "server.log") as address:
        yield address, own, folder / "mails"


@pytest.fixture
def desk(world, browser):
    """Make a page of a browser of one's own; a dialog on it fails the test."""
    dialogs, contexts = [], []

    def page():
        context = browser.new_context(bypass_csp=True, locale="en-GB")
        made = context.new_page()
        made.set_default_timeout(60_000)
        made.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        contexts.append(context)
        return made

    yield page
    for context in contexts:
        context.close()
    assert dialogs == []


def mails(own, folder):
    """Let the worker do what waits; return every mail so far as (to, text)."""
    manage("db_worker", "--batch", env=own)
    found = []
    for file in sorted(folder.glob("*")):
        for text in file.read_bytes().split(b"-" * 79):
            mail = message_from_bytes(text.strip(), policy=policy.default)
            if mail["To"]:
                found.append((mail["To"], mail.get_content()))
    return found


def sign_in(page, address, email):
    page.goto(f"{address}/accounts/login/?next=/en/")
    page.locator("#id_login").fill(email)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign In").click()
    page.wait_for_load_state()


def set_up_the_second_step(page, address):
    """Do what the site asks of a privileged account before anything else."""
    page.goto(f"{address}/en/members/board/")
    if "/reauthenticate/" in page.url:
        page.locator("main input[type=password]").fill(PASSWORD)
        page.locator("main button[type=submit]").click()
    expect(page.get_by_text("Your role needs a second step")).to_be_visible()
    counter = next(totp.yield_hotp_counters_from_time())
    secret = page.locator("#authenticator_secret").input_value()
    page.locator("#id_code").fill(totp.format_hotp_value(totp.hotp_value(secret, counter)))
    page.get_by_role("button", name="Activate").click()
    page.wait_for_load_state()


def test_from_the_first_visit_to_the_directory(world, desk, accessibility):
    address, own, folder = world
    newcomer = desk()
    newcomer.goto(f"{address}/en/members/apply/")
    assert accessibility(newcomer) == []
    newcomer.get_by_role("link", name="Create an account").click()
    newcomer.locator("#id_email").fill("newcomer@example.org")
    for box in ("#id_password1", "#id_password2"):
        newcomer.locator(box).fill(PASSWORD)
    newcomer.locator("main").get_by_role("button", name="Sign Up").click()
    newcomer.wait_for_load_state()
    text = next(text for to, text in mails(own, folder) if to == "newcomer@example.org")
    newcomer.goto(
        address + re.search(r"https?://[^/]+(/accounts/confirm-email/\S+)", text).group(1)
    )
    newcomer.locator("main button[type=submit]").click()
    newcomer.wait_for_load_state()
    sign_in(newcomer, address, "newcomer@example.org")

    newcomer.goto(f"{address}/en/members/apply/")
    assert accessibility(newcomer) == []
    newcomer.get_by_label("First name").fill(HOSTILE[:150])
    newcomer.get_by_label("Last name").fill("Newcomer (invented)")
    newcomer.get_by_label("Your institution").fill(f"Office {HOSTILE}")
    newcomer.get_by_label("Kind of institution").select_option("ministry")
    newcomer.get_by_label("Country you work in").select_option("GEO")
    newcomer.get_by_label("Country representative").check()
    newcomer.get_by_label("English").check()
    newcomer.get_by_label("What you work on").fill(HOSTILE)
    newcomer.get_by_role("button", name="Send the application").click()
    expect(newcomer.get_by_text("Waiting for a decision")).to_be_visible()

    office = desk()
    sign_in(office, address, "office@example.org")
    set_up_the_second_step(office, address)
    office.goto(f"{address}/en/members/board/")
    assert accessibility(office) == []
    office.get_by_role("link", name="Newcomer (invented)").click()
    assert accessibility(office) == []
    office.get_by_role("button", name="Accept the application").click()
    expect(office.get_by_text("The application is accepted.")).to_be_visible()
    assert any("/members/me/" in text for to, text in mails(own, folder) if "newcomer" in to)

    newcomer.goto(f"{address}/en/members/me/")
    assert accessibility(newcomer) == []
    expect(newcomer.get_by_text("Georgia").first).to_be_visible()
    newcomer.get_by_label("List me in the directory of members").check()
    newcomer.get_by_role("button", name="Save").click()
    expect(newcomer.get_by_text("Your profile is saved.")).to_be_visible()

    peer = desk()
    sign_in(peer, address, "peer@example.org")
    for language in ("en", "ar"):
        peer.goto(f"{address}/{language}/members/directory/?country=GEO")
        assert accessibility(peer) == []
        expect(peer.get_by_text("Newcomer (invented)").first).to_be_visible()
        assert "newcomer@example.org" not in peer.content()
    for page in ("people/", "board/"):
        office.goto(f"{address}/en/members/{page}")
