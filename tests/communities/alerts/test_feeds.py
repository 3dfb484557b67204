"""Private feeds: one's own news, as one may read it at each fetch, dead at once when taken back."""

import hashlib
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communities.alerts import feeds, following
from communities.models import FeedToken, Hiding, Thread
from config.logs import without_personal_data
from search import saved
from search.asking import Search
from tests import factories
from tests.communities import groups
from tests.kept import kept

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
CANARY = "CNRYpost3d4e"


@pytest.fixture(autouse=True)
def words_only(settings):
    settings.SEARCH_LAYERS = ["words", "vocabulary"]


@kept
def group():
    return groups.community()


@kept
def owner(group):
    return groups.member_of(group, "GEO")


@kept
def peer(group):
    return groups.member_of(group, "MEX")


@kept
def token(owner):
    return feeds.issue(owner, "once")


@kept
def thread(group, peer):
    return groups.thread(group, peer, f"Title {CANARY}", f"Text {CANARY}")


def address(token, form=""):
    return f"/en/communities/feeds/{token}/{form}"


def text_of(client, token, form=""):
    answer = client.get(address(token, form))
    return answer.content.decode() if answer.status_code == 200 else ""


def titles(client, token):
    feed = ElementTree.fromstring(client.get(address(token)).content)
    return [entry.find(f"{ATOM}title").text for entry in feed.findall(f"{ATOM}entry")]


@pytest.mark.parametrize(("form", "kind"), [("", "atom"), ("rss/", "rss")])
def test_it_holds_what_is_new_in_one_s_communities(client, token, thread, peer, form, kind):
    groups.reply(thread, peer, "An answer (invented)")
    answer = client.get(address(token, form))
    assert kind in answer["Content-Type"]
    text = answer.content.decode()
    ElementTree.fromstring(text)
    assert f"Title {CANARY}" in text
    assert "An answer (invented)" in text
    assert peer.get_full_name() not in text
    assert token not in text


def test_it_is_kept_and_told_by_nobody(client, token):
    answer = client.get(address(token))
    assert answer["Cache-Control"] == "max-age=0, private, no-store" or (
        "no-store" in answer["Cache-Control"] and "private" in answer["Cache-Control"]
    )
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Robots-Tag"] == "noindex"
    line = f"Not Found: {address(token)}"
    assert token not in without_personal_data(line)
    assert without_personal_data(line) == "Not Found: /en/communities/feeds/[key]/"


def test_one_s_own_posts_and_what_is_left_out_are_not_in_it(client, token, group, owner, peer):
    groups.thread(group, owner, "My own (invented)")
    other = groups.community()
    groups.join(peer, other)
    membership = groups.join(owner, other, muted=True)
    groups.thread(other, peer, "Left out (invented)")
    assert titles(client, token) == []
    membership.muted = False
    membership.save()
    assert titles(client, token) == ["Left out (invented)"]


def test_it_holds_searches_and_follows_too(client, token, owner):
    saved.save(owner, Search("census"), "en")
    factories.country("CHL")
    following.follow(owner, "country", "CHL")
    factories.practice("A census (invented)")
    factories.practice("From Chile (invented)", countries=["CHL"])
    factories.practice("Something else (invented)")
    assert sorted(titles(client, token)) == ["A census (invented)", "From Chile (invented)"]


# --- L09, L19, L20: rights at each fetch --------------------------------------------------
def hide(thread, owner):
    Hiding.objects.create(post=thread.posts.get(), reason="Because")


def move(thread, owner):
    Thread.objects.filter(pk=thread.pk).update(community=groups.community())


def remove(thread, owner):
    owner.memberships.update(left_at=timezone.now(), ending="removed")


ENDINGS = [hide, move, remove]


@pytest.mark.parametrize("ending", ENDINGS, ids=lambda ending: ending.__name__)
def test_what_one_may_not_read_any_more_is_gone_at_the_next_fetch(
    client, token, thread, owner, ending
):
    assert CANARY in text_of(client, token)
    ending(thread, owner)
    for form in ("", "rss/"):
        assert client.get(address(token, form)).status_code == 200
        assert CANARY not in text_of(client, token, form)


def end_the_role(token, owner):
    owner.roles.update(ended_at=timezone.now())


def deactivate(token, owner):
    owner.is_active = False
    owner.save()


def take_back(token, owner):
    assert feeds.revoke(owner, FeedToken.objects.get().pk)


def erase(token, owner):
    owner.delete()


@pytest.mark.parametrize(
    "ending", [end_the_role, deactivate, take_back, erase], ids=lambda ending: ending.__name__
)
def test_a_key_is_dead_at_once(client, token, thread, owner, ending):
    assert CANARY in text_of(client, token)
    ending(token, owner)
    for form in ("", "rss/"):
        answer = client.get(address(token, form))
        assert answer.status_code == 404
        assert CANARY not in answer.content.decode()


def test_without_a_key_there_is_nothing(client, token, thread, owner):
    wrong = [token[:-1], token + "x", token.swapcase(), "x", FeedToken.objects.get().digest]
    for each in wrong:
        assert client.get(address(each)).status_code == 404
    client.force_login(owner)
    for each in wrong:
        assert client.get(address(each)).status_code == 404
    assert client.post(address(token)).status_code == 405


def test_a_key_opens_a_feed_and_nothing_else(client, token, group):
    client.get(address(token))
    assert client.get(f"/en/communities/{group.slug}/").status_code == 404
    assert client.get("/en/communities/mail/").status_code == 302


def test_public_feeds_hold_nothing_of_it(client, token, thread, owner):
    client.force_login(owner)
    for path in ("/en/search/feed/", "/en/search/feed/?q=title", "/sitemap.xml"):
        assert CANARY not in client.get(path).content.decode()


# --- Making and taking back ---------------------------------------------------------------
def test_an_address_is_shown_once_and_kept_as_a_digest(client, owner, thread):
    client.force_login(owner)
    page = client.get("/en/communities/mail/")
    once = page.context["once"]
    answer = client.post("/en/communities/alerts/feeds/", {"once": once})
    shown = answer.context["new_feed"]
    token = shown.rstrip("/").rpartition("/")[2]
    assert shown in answer.content.decode()
    assert answer["Referrer-Policy"] == "no-referrer"
    assert CANARY in text_of(client, token)
    kept = FeedToken.objects.get(user=owner)
    assert kept.digest == hashlib.sha256(token.encode()).hexdigest()
    assert token not in client.get("/en/communities/mail/").content.decode()
    # Whoever changes the language of that page comes back to the list.
    assert client.get("/ar/communities/alerts/feeds/")["Location"] == "/ar/communities/mail/"
    # Sent twice, it is one address.
    assert client.post("/en/communities/alerts/feeds/", {"once": once}).context["new_feed"] == shown
    assert FeedToken.objects.count() == 1


def test_several_are_allowed_and_each_is_taken_back_alone(client, owner, peer, token, thread):
    second = feeds.issue(owner, "another")
    row = FeedToken.objects.get(digest=hashlib.sha256(second.encode()).hexdigest())
    client.force_login(peer)
    assert client.post(f"/en/communities/alerts/feeds/{row.pk}/").status_code == 404
    assert CANARY in text_of(client, second)
    client.force_login(owner)
    assert client.post(f"/en/communities/alerts/feeds/{row.pk}/").status_code == 302
    assert client.get(address(second)).status_code == 404
    assert CANARY in text_of(client, token)
    assert feeds.issue(owner, "another") is None  # what was taken back stays so


def test_there_is_a_limit(client, owner):
    client.force_login(owner)
    for number in range(feeds.MOST + 2):
        answer = client.post("/en/communities/alerts/feeds/", {"once": str(number)}, follow=True)
    assert "as many feed addresses as there may be" in answer.content.decode()
    assert FeedToken.objects.count() == feeds.MOST


def test_it_takes_as_few_queries_however_much_is_in_it(client, token, group, owner, peer):
    def more(number):
        for each in range(number):
            groups.reply(groups.thread(group, peer), peer)
            page = factories.practice(f"Practice {each} {number} (invented)", countries=["CHL"])
            following.follow(owner, "practice", str(page.translation_key))
            saved.save(owner, Search(f"practice {each} {number}"), "en")

    more(2)
    client.get(address(token))
    with CaptureQueriesContext(connection) as few:
        client.get(address(token))
    more(10)
    client.get(address(token))
    with CaptureQueriesContext(connection) as many:
        client.get(address(token))
    assert len(many) <= len(few) <= 25
