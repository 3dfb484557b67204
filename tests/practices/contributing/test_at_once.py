"""Many at once, on a real server: nothing twice, nothing lost."""

import re
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar

import pytest

from tests.seeded import manage

EMAIL, PASSWORD = "writer-at-once@example.org", "a-long-invented-password"
PERSON = f"""
from allauth.account.models import EmailAddress
from members.models import Kind, Role
from users.models import User
user = User.objects.create_user("{EMAIL}", "{PASSWORD}", first_name="Writer")
EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
Role.objects.create(user=user, kind=Kind.MEMBER)
"""
COUNT = """
from practices.models import PracticePage
print("count", PracticePage.objects.filter(title__startswith="Sent at once").count())
"""
PARALLEL = 8


class Browser:
    """As much of a browser as it takes to send forms at the same time."""

    def __init__(self, site):
        self.site, self.jar = site, CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path):
        return self.opener.open(self.site + path).read().decode()

    def post(self, path, **data):
        token = next(cookie.value for cookie in self.jar if cookie.name == "csrftoken")
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **data}).encode()
        asked = urllib.request.Request(self.site + path, body, {"Accept": "application/json"})
        try:
            with self.opener.open(asked) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code


@pytest.fixture
def browser_at(site, site_environment):
    manage("shell", "-c", PERSON, env=site_environment)
    made = Browser(site)
    made.get("/accounts/login/")
    made.post("/accounts/login/", login=EMAIL, password=PASSWORD)
    return made


def test_one_form_sent_many_times_at_once_is_one_practice(browser_at, site_environment):
    form = browser_at.get("/en/contribute/new/")
    begun = re.search(r'name="begun" value="([^"]+)"', form)[1]
    data = {"title": "Sent at once (invented)", "begun": begun, "language": "en", "do": "save"}
    with ThreadPoolExecutor(PARALLEL) as pool:
        told = list(pool.map(lambda _n: browser_at.post("/en/contribute/new/", **data), range(20)))
    assert set(told) == {200}
    assert "count 1" in manage("shell", "-c", COUNT, env=site_environment)
    desk = browser_at.get("/en/contribute/")
    pk = re.search(r"/en/contribute/(\d+)/", desk)[1]
    fields = ("cost", "duration", "contact", "languages", "problem", "results", "what_failed")
    with ThreadPoolExecutor(PARALLEL) as pool:
        told = list(pool.map(lambda name: saved(browser_at, pk, name), fields))
    assert set(told) <= {200, 409}
    shown = browser_at.get(f"/en/contribute/{pk}/")
    kept = [name for name, status in zip(fields, told, strict=True) if status == 200]
    assert {"problem", "results", "what_failed"} <= set(kept)
    assert [name for name in kept if f"Typed in {name}" not in shown] == []


def saved(browser, pk, name):
    """Save one field of the form, as seen before anybody else saved."""
    form = browser.get(f"/en/contribute/{pk}/")
    was = dict(re.findall(r'name="(was-[^"]+)" value="([^"]+)"', form))
    typed = dict(re.findall(r'<textarea name="(\w+)"[^>]*>\s*([^<]*)</textarea>', form))
    typed |= {"title": "Sent at once (invented)", "voice": "personal", **was}
    for other in ("cost", "duration", "contact", "languages"):
        found = re.search(rf'name="{other}" value="([^"]*)"', form)
        typed[other] = found[1] if found else ""
    return browser.post(f"/en/contribute/{pk}/", **typed | {name: f"Typed in {name}"})
