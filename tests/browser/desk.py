"""One person's browser in a story that several people play, and the mails that the site sends."""

from email import message_from_bytes, policy

from playwright.sync_api import expect

from tests.members.people import PASSWORD
from tests.seeded import manage


class Desk:
    """A browser of one person's own, and what the person does in it."""

    def __init__(self, browser, address, own, mails):
        self.context = browser.new_context(bypass_csp=True, locale="en-GB")
        self.page = self.context.new_page()
        self.page.set_default_timeout(60_000)
        self.address, self.own, self.mails = address, own, mails

    def go(self, path):
        self.page.goto(self.address + path)
        return self.page

    def sign_in(self, email, secret=None):
        self.go("/accounts/login/")
        self.page.locator("#id_login").fill(email)
        self.page.locator("#id_password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign In").click()
        if secret:
            self.page.get_by_label("Code").fill(code_of(secret))
            self.page.get_by_role("button", name="Sign In").click()
        expect(self.page.get_by_role("link", name="My account", exact=True)).to_be_visible()

    def work(self):
        """Let the worker do what waits; return every mail so far as (to, subject, text)."""
        manage("db_worker", "--batch", env=self.own)
        return [(mail["To"], mail["Subject"], text_of(mail)) for mail in mails_in(self.mails)]


def mails_in(folder):
    """Every mail that the site has left in its folder, oldest first."""
    found = []
    for file in sorted(folder.glob("*")):
        for text in file.read_bytes().split(b"-" * 79):
            mail = message_from_bytes(text.strip(), policy=policy.default)
            if mail["To"]:
                found.append(mail)
    return found


def text_of(mail):
    return mail.get_body(("plain",)).get_content()


def code_of(secret):
    from allauth.mfa.totp.internal import auth as totp

    counter = next(totp.yield_hotp_counters_from_time())
    return totp.format_hotp_value(totp.hotp_value(secret, counter))
