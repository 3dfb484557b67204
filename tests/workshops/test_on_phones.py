"""A workshop of six countries on phones, against a real server: nothing lost, nothing twice."""

import http.client
import re
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import expect

from tests.adoption.test_at_once import at_once
from tests.browser.conftest import accessibility, browser_context_args  # noqa: F401 - fixtures
from tests.workshops.conftest import COUNTRIES, PHONES

CARDS = 2


class Phone:
    """A phone that speaks HTTP and keeps its session."""

    def __init__(self, site, room, session):
        token = "a" * 32
        self.host = urlsplit(site).netloc
        self.headers = {
            "Cookie": f"{room['cookie']}={session}; csrftoken={token}",
            "X-CSRFToken": token,
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
        }

    def ask(self, method, path, data=None):
        """Return (status, body) of one request."""
        line = http.client.HTTPConnection(self.host, timeout=60)
        try:
            line.request(method, path, urlencode(data or {}), self.headers)
            answer = line.getresponse()
            return answer.status, answer.read().decode()
        finally:
            line.close()


def test_thirty_phones_write_at_once_and_each_card_is_there_once(site, room):
    path = f"/en/workshop/{room['workshop']}/cafe/{room['crowded']}/"
    phones = [Phone(site, room, session) for session in room["phones"]]

    def write(phone, who):
        told = []
        for each in range(CARDS):
            card = {"text": f"Card {who}-{each}.", "key": f"phone-{who}-{each}"}
            # The answer was lost on the way: the same is sent again.
            told += [phone.ask("POST", path, card)[0] for _again in range(2)]
            told.append(phone.ask("GET", f"{path}cards/")[0])
        return told

    answers = at_once(*[lambda p=p, n=n: write(p, n) for n, p in enumerate(phones)])
    assert [each for each in answers if isinstance(each, Exception)] == []
    assert {status for told in answers for status in told} == {200}
    _status, text = phones[0].ask("GET", f"{path}cards/")
    cards = re.findall(r"Card (\d+-\d+)\.", text)
    assert len(cards) == PHONES * CARDS
    assert set(cards) == {f"{who}-{each}" for who in range(PHONES) for each in range(CARDS)}


@pytest.fixture
def people(browser, site, room):
    """A page for each country on a phone, and the facilitator's at the wall."""
    found, contexts = {}, []
    for who in ("lead", *COUNTRIES):
        wall = who == "lead"
        context = browser.new_context(
            bypass_csp=True,
            locale="en-GB",
            viewport={"width": 1280, "height": 800} if wall else {"width": 390, "height": 844},
            has_touch=not wall,
        )
        context.add_cookies([{"name": room["cookie"], "value": room[who], "url": site}])
        found[who] = context.new_page()
        contexts.append(context)
    yield found
    for context in contexts:
        context.close()


def write(page, text):
    page.get_by_label("Your recommendation").fill(text)
    page.get_by_role("button", name="Send the card").click()


def test_six_countries_hold_a_cafe_and_a_cut_connection_loses_nothing(
    people,
    site,
    room,
    accessibility,  # noqa: F811 - the fixture
):
    cafe = f"{site}/en/workshop/{room['workshop']}/cafe/"
    wall, owner = people["lead"], people["GEO"]
    # Georgia presents; its challenge is on a table.
    owner.goto(f"{cafe}new/")
    owner.get_by_label("Your challenge in one sentence").fill("Registers do not meet (invented)")
    owner.get_by_role("button", name="Put it on the table").click()
    owner.wait_for_url(cafe)
    owner.get_by_role("link", name="Registers do not meet (invented)").click()
    challenge = owner.url
    # A round is started at the wall, and every phone is at the table.
    wall.goto(f"{cafe}screen/")
    wall.get_by_label("About", exact=True).select_option(
        label="Georgia: Registers do not meet (invented)"
    )
    wall.get_by_role("button", name="Start a round").click()
    expect(wall.locator("[data-clock]")).to_have_text(re.compile(r"1[45]:\d\d"))
    peers = {code: people[code] for code in COUNTRIES[1:]}
    for page in peers.values():
        page.goto(challenge)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert accessibility(peers["COL"]) == accessibility(wall) == []
    # The connection of one is cut in the middle: both cards wait in the browser, and more comes.
    cut = peers["COL"]
    write(cut, "Before the cut (invented).")
    expect(cut.get_by_text("Sent.")).to_be_visible()
    cut.context.set_offline(True)
    write(cut, "In the tunnel (invented).")
    write(cut, "Still in the tunnel (invented).")
    cut.get_by_label("Your recommendation").fill("Half a thou")
    expect(cut.get_by_text("Kept in this browser.")).to_be_visible()
    # Of another the answer is lost on the way: the site has the card, the phone does not know.
    lost, sent = peers["KEN"], []

    def lose_the_answer(route):
        if route.request.method != "POST" or sent:
            return route.fallback()
        sent.append(route.fetch().status)
        return route.abort()

    lost.route(challenge, lose_the_answer)
    write(lost, "Stored, but who knows (invented).")
    for code in COUNTRIES[3:]:
        write(peers[code], f"From {code} (invented).")
        expect(peers[code].get_by_text("Sent.")).to_be_visible()
    cut.context.set_offline(False)
    expect(cut.get_by_text("Sent.")).to_be_visible()
    expect(lost.get_by_text("Sent.")).to_be_visible()
    assert sent == [200]
    # The half of a thought is in its box when the page is opened anew.
    cut.reload()
    assert cut.get_by_label("Your recommendation").input_value() == "Half a thou"
    # The wall and the owner's phone have each card once, without loading anything again.
    texts = [
        *("Before the cut (invented).", "In the tunnel (invented)."),
        *("Still in the tunnel (invented).", "Stored, but who knows (invented)."),
        *(f"From {code} (invented)." for code in COUNTRIES[3:]),
    ]
    for page in (wall, owner):
        expect(page.locator(".card-said")).to_have_count(len(texts), timeout=15_000)
        for text in texts:
            expect(page.get_by_text(text, exact=True)).to_have_count(1)
    expect(wall.locator(".screen__countries .has-cards")).to_have_count(5)
    # Whoever came to a card by keyboard is still there when another card comes in.
    focused = owner.locator(".card-said", has_text="Still in").get_by_role("link")
    focused.focus()
    write(peers["KEN"], "One more (invented).")
    expect(owner.get_by_text("One more (invented).", exact=True)).to_be_visible(timeout=15_000)
    expect(focused).to_be_focused()
    # Georgia decides, and Colombia reads why.
    owner.locator(".card-said", has_text="Still in").get_by_role("link").click()
    owner.get_by_label("will try").check()
    owner.get_by_label("Why?").fill("The law allows it (invented).")
    owner.get_by_role("button", name="Save").click()
    expect(owner.locator(".card-said", has_text="Still in").get_by_text("will try")).to_be_visible()
    expect(cut.get_by_text("The law allows it (invented).")).to_be_visible(timeout=15_000)


def kept_in(page):
    """What scripts keep in this browser of anybody's words."""
    return page.evaluate("Object.values(localStorage).join()")


def test_on_a_shared_computer_nobody_sends_or_finds_the_words_of_another(people, site, room):
    challenge = f"{site}/en/workshop/{room['workshop']}/cafe/{room['crowded']}/"
    page = people["COL"]

    def sign_in(who):
        page.context.add_cookies([{"name": room["cookie"], "value": room[who], "url": site}])

    sign_in("leaver")
    page.goto(challenge)
    sign_in("KEN")  # in another window of the same browser
    write(page, "Of Colombia alone (invented).")
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    assert "Of Colombia alone (invented)." in kept_in(page)
    page.goto(challenge)
    expect(page.get_by_text("Of Colombia alone (invented).")).to_have_count(0)
    page.goto(f"{site}/accounts/logout/")
    expect(page.get_by_text("texts of yours that are not sent yet")).to_be_hidden()
    # Whoever wrote it signs in again, and it is sent; what is half written goes with them.
    sign_in("leaver")
    page.goto(challenge)
    expect(page.get_by_text("Of Colombia alone (invented).", exact=True)).to_be_visible()
    page.get_by_label("Your recommendation").fill("Half a thought (invented)")
    page.goto(f"{site}/accounts/logout/")
    assert "Half a thought (invented)" in kept_in(page)
    expect(page.get_by_text("texts of yours that are not sent yet")).to_be_visible()
    page.get_by_role("button", name="Sign Out").click()
    page.wait_for_url(f"{site}/en/")
    assert "Half a thought (invented)" not in kept_in(page)
