"""What a community closes is gone at the next request, on every surface; no worker runs."""

import pytest
from django.urls import reverse

from communities.groups import setting_up
from communities.models import Attachment, Community, Membership
from communities.moderation import acting
from members.exporting import as_json, export
from members.models import Role
from tests.communities import groups
from tests.communities.attachments import made
from tests.communities.attachments.conftest import attached
from tests.permissions import crawl
from tests.permissions.many_groups import PUBLIC, slug_of
from tests.permissions.things import BY_NAME

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("changing")]
TITLE = "Which harbours note the ages of those who land?"
WORD = "zzlanding"


class Said:
    """A thread with an answer and a file, in the community that everybody reads."""

    def __init__(self):
        self.group = Community.objects.get(slug=PUBLIC)
        self.host = self.group.memberships.get(is_facilitator=True).user
        self.thread = groups.thread(self.group, self.host, TITLE, f"The {WORD} books (invented).")
        files = attached(self.host, ("harbours.png", made.png()))
        self.answer = groups.reply(self.thread, self.host, f"Ours {WORD}.", attachments=files)
        self.file = self.answer.attachments.get()
        self.url = self.thread.get_absolute_url()

    def seen(self, client):
        """The surfaces on which somebody can see it."""
        listed = {
            "search": crawl.page(WORD),
            "API": crawl.api(WORD),
            "feed": "/en/search/feed/",
            "feed of a search": f"/en/search/feed/?q={WORD}",
            "suggestions": "/en/search/suggestions/?q=harbours note",
            "list": reverse("community", args=[self.group.slug]),
        }
        found = {
            name for name, path in listed.items() if self.url.encode() in crawl.answer(client, path)
        }
        opened = {"page": self.url, "file": self.file.get_absolute_url()}
        opened["known"] = f"{self.url}known/"
        return found | {n for n, path in opened.items() if client.get(path).status_code == 200}


@pytest.fixture
def said(many):
    return Said()


EVERYWHERE = {
    *("search", "API", "feed", "feed of a search", "suggestions", "list"),
    *("page", "file", "known"),
}
FOR_SOME = EVERYWHERE - {"feed", "feed of a search"}


def closed(said):
    told = setting_up.values_of(said.group) | {"visibility": "private"}
    assert setting_up.change(said.group, told, said.host, setting_up.mark_of(said.group))


def closed_unheard(said):
    Community.objects.filter(pk=said.group.pk).update(visibility="private")


def hidden(said):
    acting.hide(said.thread.posts.get(number=1), said.host, "Invented")


def moved(said):
    acting.move(said.thread, Community.objects.get(slug=slug_of("1")), said.host)


def deleted(said):
    said.thread.delete()


@pytest.mark.parametrize(
    "change",
    [closed, closed_unheard, hidden, moved, deleted],
    ids=lambda each: each.__name__,
)
def test_what_everybody_read_is_gone_for_everybody_else(many, said, change):
    for persona in ("A", "O", "M2"):
        assert said.seen(many.clients[persona]) == EVERYWHERE, persona
    change(said)
    for persona in ("A", "O", "M2"):
        assert said.seen(many.clients[persona]) == set(), persona


def test_what_moves_is_seen_by_its_new_readers(many, said):
    moved(said)
    said.thread.refresh_from_db()
    said.group, said.url = said.thread.community, said.thread.get_absolute_url()
    said.file = Attachment.objects.get(pk=said.file.pk)
    assert said.seen(many.clients["M1"]) == FOR_SOME
    assert said.seen(many.clients["M2"]) == set()


def ended(user):
    Membership.objects.filter(user=user).update(left_at="2026-01-01T00:00Z", ending="removed")


def role_ended(user):
    Role.objects.filter(user=user).update(starts="2019-01-01", ends="2020-01-01")


def deactivated(user):
    type(user).objects.filter(pk=user.pk).update(is_active=False)


@pytest.mark.parametrize("change", [ended, role_ended, deactivated], ids=lambda each: each.__name__)
def test_who_leaves_loses_all_of_it_in_a_live_session(many, change):
    thing, client = BY_NAME["community-1"], many.clients["M1"]
    asked = [crawl.api(thing.canary(each)) for each in ("title", "summary", "problem", "results")]
    asked += ["/en/communities/", f"/en/search/suggestions/?q={thing.canary('title')[:6]}"]
    secret = {*thing.canaries, *BY_NAME["place-1"].canaries}

    def told():
        return {path for path in asked if crawl.leaked(crawl.answer(client, path), path, secret)}

    assert told()
    change(many.people["M1"])
    assert told() == set()


def test_what_somebody_exports_of_themselves_holds_nothing_of_others(many):
    left = many.people["X"]
    host = Community.objects.get(slug=PUBLIC).memberships.get(is_facilitator=True).user
    # Own words are own: the host hid a post, and wrote the reason (communities/test_taken_along).
    own_reason = {BY_NAME["kept-hidden"].canary("problem")}
    for user in (many.people["O"], many.people["M2"], left, host):
        text = as_json(export(user)).lower().encode()
        for thing in ("community-1", "kept-hidden"):
            of_others = BY_NAME[thing].canaries - (own_reason if user == host else set())
            assert not crawl.leaked(text, "", of_others), user
    own = as_json(export(many.people["M1"])).lower().encode()
    assert crawl.leaked(own, "", {BY_NAME["community-1"].canary("title")})


def test_an_error_tells_nobody_what_stands_on_a_page(many, monkeypatch, caplog):
    """What a failing page logs names the address, and nothing of what stands there."""
    from communities.threads import showing

    def fail(*args, **kwargs):
        raise RuntimeError("Invented failure")

    monkeypatch.setattr(showing, "html_of", fail)
    thing, client = BY_NAME["community-1"], many.clients["M1"]
    client.raise_request_exception = False
    thread = Community.objects.get(slug=slug_of("1")).threads.get()
    answer = crawl.answer(client, thread.get_absolute_url())
    client.raise_request_exception = True
    assert answer.startswith(b"500")
    place = BY_NAME["place-1"].slug
    secret = thing.canaries | (BY_NAME["place-1"].canaries - {place})
    assert not crawl.leaked(answer, "", secret)
    assert not crawl.leaked(caplog.text.encode(), place, secret)
