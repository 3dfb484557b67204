"""What outsiders, former members and hostile members try with discussions, and what comes of it."""

import re
import time
from html.parser import HTMLParser

import pytest
from django.test import Client

from communities.models import Community, Follow, Mention, Post, Thread
from tests.communities import groups
from tests.communities.threads.conftest import opened, typed
from tests.kept import kept
from tests.members import people

pytestmark = pytest.mark.django_db
STEPS = ("answer/", "done/", "follow/")
ON_POST = ("posts/1/edit/", "posts/1/take-back/")


@kept
def other():
    """Another private community with a thread, and somebody who is in it alone."""
    group = groups.community()
    user = groups.member_of(group, "CHL")
    return group, user, groups.thread(group, user, title="Elsewhere (invented)")


def rows():
    models = (Thread, Post, Mention, Follow)
    return {model: list(model.objects.order_by("pk").values()) for model in models}


def test_from_one_community_nothing_is_written_in_another(signed_in, group, thread, other):
    there, user, elsewhere = other
    before = rows()
    client = signed_in(user)
    mine, theirs = there.get_absolute_url(), group.get_absolute_url()
    for address in (
        # Theirs by its own address, and by the address of one's own community.
        *(f"{base}threads/{thread.pk}/" for base in (theirs, mine)),
        *(f"{base}threads/{thread.pk}/{step}" for base in (theirs, mine) for step in STEPS),
        *(f"{base}threads/{thread.pk}/{each}" for base in (theirs, mine) for each in ON_POST),
        # One's own by the address of the other.
        f"{theirs}threads/{elsewhere.pk}/",
        *(f"{theirs}threads/{elsewhere.pk}/{each}" for each in (*STEPS, *ON_POST)),
        f"{theirs}new/",
        f"{theirs}preview/",
    ):
        data = opened(post="1", on="1", community=group.pk, thread=thread.pk)
        assert client.post(address, data).status_code == 404, address
    assert rows() == before


def test_what_a_form_does_not_ask_is_not_taken(signed_in, group, asker, peer, thread, other, to):
    there, _user, _elsewhere = other
    more = {
        "author": peer.pk,
        "author_id": peer.pk,
        "community": there.pk,
        "thread": _elsewhere.pk,
        "number": 99,
        "pinned": "on",
        "held": "on",
        "answer": 1,
        "answer_id": 1,
        "country": "CHL",
        "institution": 1,
        "came_by": "mail",
        "created_at": "2020-01-01",
        "closed_at": "2020-01-01",
        "withdrawn_at": "2020-01-01",
        "fingerprint": "x",
        "post_count": 50,
        "is_facilitator": "on",
    }
    client = signed_in(asker)
    client.post(to("thread-new"), opened(title="Mine", **more))
    client.post(to("thread"), typed("Also mine", **more))
    client.post(to("post-edit", 1), {"text": "Edited", "title": "Edited", **more})
    new = Thread.objects.get(title="Mine")
    assert (new.community, new.author, new.country) == (group, asker, "GEO")
    assert (new.pinned, new.answer, new.closed_at, new.post_count) == (False, None, None, 1)
    post = Post.objects.get(text="Also mine")
    assert (post.thread, post.number, post.author, post.country) == (thread, 2, asker, "GEO")
    assert (post.held, post.withdrawn_at, post.came_by) == (False, None, "web")
    thread.refresh_from_db()
    assert (thread.community, thread.pinned, thread.post_count) == (group, False, 2)


def test_a_private_thread_is_answered_like_one_that_is_not_there(signed_in, group, thread, to):
    for user in (None, people.person(), people.member("CHL"), people.secretariat()):
        client = signed_in(user)
        for name in ("thread", "thread-answer", "thread-done", "thread-follow"):
            for method in ("get", "head", "post", "put", "options"):
                address = to(name)
                private = getattr(client, method)(address)
                random = getattr(client, method)(address.replace(f"/{thread.pk}/", "/987654/"))
                nowhere = getattr(client, method)(address.replace(group.slug, "no-such-group"))
                assert private.status_code == random.status_code == nowhere.status_code == 404
                bodies = {_bare(each) for each in (private, random, nowhere)}
                assert len(bodies) == 1
                assert private.headers.keys() == random.headers.keys()


def _bare(answer):
    """The page without its own address."""
    return re.sub(r'(/|%2F)communities(/|%2F)[^"&]*', "", answer.content.decode())


def test_a_former_member_with_an_open_form_posts_nothing(signed_in, group, peer, thread, to):
    client = signed_in(peer)
    assert client.get(to("thread")).status_code == 200
    peer.memberships.update(left_at="2026-01-01T00:00Z", ending="removed")
    before = rows()
    for address in (to("thread"), to("thread-new"), to("thread-preview"), to("thread-follow")):
        assert client.post(address, opened()).status_code == 404
    assert rows() == before
    # In a public community the text is given back.
    Community.objects.filter(pk=group.pk).update(visibility="public")
    answer = client.post(to("thread"), typed("Typed before (invented)."))
    assert answer.status_code == 403
    assert "Typed before (invented)." in answer.content.decode()
    assert client.post(to("thread-new"), opened()).status_code == 403
    assert rows() == before


@pytest.mark.parametrize("ending", ["role", "account"])
def test_with_the_role_or_the_account_the_right_ends(signed_in, peer, to, ending):
    client = signed_in(peer)
    assert client.post(to("thread"), typed("In time")).status_code == 302
    if ending == "role":
        peer.roles.update(starts="2019-01-01", ends="2020-01-01")
    else:
        type(peer).objects.filter(pk=peer.pk).update(is_active=False)
    assert client.get(to("thread")).status_code == 404
    assert client.post(to("thread"), typed("Too late")).status_code == 404
    assert not Post.objects.filter(text="Too late").exists()


def test_no_copy_of_a_page_is_kept_anywhere(signed_in, to):
    group = groups.community(visibility="public")
    thread = groups.thread(group, groups.member_of(group))
    for address in (thread.get_absolute_url(), group.get_absolute_url()):
        answer = signed_in(None).get(address)
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert "csrfmiddlewaretoken" not in answer.content.decode()
        assert "no-store" in signed_in(people.member()).get(address).headers["Cache-Control"]
    page = signed_in(None).get(thread.get_absolute_url()).content.decode()
    assert f'rel="canonical" href="http://testserver{thread.get_absolute_url()}"' in page
    assert "noindex" not in page


def test_nothing_is_taken_without_the_token_of_the_form(asker, thread, to):
    client = Client(enforce_csrf_checks=True)
    client.force_login(asker)
    before = rows()
    for address in (
        *(to(name) for name in ("thread", "thread-new", "thread-preview", "thread-answer")),
        *(to(name) for name in ("thread-done", "thread-follow")),
        *(to(name, 1) for name in ("post-edit", "post-take-back")),
    ):
        assert client.post(address, opened()).status_code == 403
        foreign = {"HTTP_ORIGIN": "https://evil.example.org"}
        assert client.post(address, opened(), **foreign).status_code == 403
    assert rows() == before


PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "[x](javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "<javascript:alert(1)>",
    "{{7*7}} {% load static %}",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "</textarea><script>alert(1)</script>",
]


class Tags(HTMLParser):
    """What a browser would find in a page."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def runs(tag, attrs):
    """Whether a tag would do something that is not ours."""
    does = [name for name in attrs if name.startswith("on")]
    leads = (attrs.get("href") or "").lower().startswith(("javascript:", "data:"))
    ours = tag != "script" or (attrs.get("src") or "").startswith("/static/")
    return bool(does or leads or not ours or tag == "img")


def test_nothing_that_is_written_runs(signed_in, group, asker, to):
    client = signed_in(asker)
    asker.first_name = "<img src=x onerror=alert(1)>"
    asker.save()
    for number, payload in enumerate(PAYLOADS):
        client.post(to("thread"), typed(payload, token=f"payload-{number}"))
    client.post(to("thread-new"), opened(title=PAYLOADS[0], text=PAYLOADS[2]))
    bad = client.post(to("thread-new"), opened(title=PAYLOADS[2], text=PAYLOADS[8], language="x"))
    client.post(to("post-edit", 1), {"text": PAYLOADS[1], "title": PAYLOADS[1]})
    pages = [bad.content.decode()]
    for address in (
        *(thread.get_absolute_url() for thread in group.threads.all()),
        *(to(name, 1) for name in ("post-history", "post-edit", "post-take-back")),
        to("thread") + "?quote=3",
        group.get_absolute_url(),
    ):
        pages.append(client.get(address).content.decode())
    for page in pages:
        assert [each for each in Tags(page).found if runs(*each)] == []
    assert "{{7*7}} {% load static %}" in pages[1] + pages[2]


ODD = {
    "nul": "a\x00b",
    "control": "a\x07\x1b[31mb",
    "no width": "a\u200b\ufeffb",
    "turned round": "a\u202eb",
    "isolated": "a\u2066b\u2069",
    "emoji": "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "arabic": "ما عدد الأطفال؟",
    "chinese": "有多少儿童？",
    "combining": "e" + "\u0301" * 10_000,
    "decomposed": "e\u0301",
    "noncharacters": "\ufffe\U0010ffff",
}


@pytest.mark.parametrize("name", ODD)
def test_odd_characters_are_stored_or_left_out_and_nothing_fails(signed_in, group, asker, to, name):
    client, text = signed_in(asker), ODD[name]
    assert client.post(to("thread"), typed(f"x {text} y")).status_code == 302
    stored = Post.objects.get(number=2).text
    assert not re.search("[\x00-\x08\u200b\u202e\ufeff]", stored)
    if name in ("emoji", "arabic", "chinese", "isolated", "decomposed"):
        assert text in stored
    answer = client.post(to("thread-new"), opened(title=f"T {text}"))
    assert answer.status_code == (400 if name == "combining" else 302)
    for address in (to("thread"), to("thread") + "?quote=2", to("post-edit", 2)):
        assert client.get(address).status_code == 200
    # As bytes that are no text: half of a pair, and Latin-1.
    for broken in (b"text=%ED%A0%80abc&token=broken-bytes-1", b"text=%E9t%E9&token=broken-bytes-2"):
        answer = client.post(to("thread"), broken, "application/x-www-form-urlencoded")
        assert answer.status_code == 302


def test_long_nonsense_costs_no_more_than_its_length(signed_in, asker, to):
    client = signed_in(asker)
    for number, piece in enumerate(["[", "](", "@a", "a.a.", "> ", "*a ", "&#", "/p/1", "_a__b"]):
        text = piece * (20_000 // len(piece))
        begun = time.process_time()
        answer = client.post(to("thread"), typed(text, token=f"nonsense-{number}"))
        assert answer.status_code == 302
        assert time.process_time() - begun < 5
    begun = time.process_time()
    assert client.get(to("thread")).status_code == 200
    assert time.process_time() - begun < 8


def test_five_hundred_calls_are_refused_and_no_form_is_too_long_for_the_site(signed_in, peer, to):
    client = signed_in(peer)
    crowd = [str(number) for number in range(1, 501)]
    assert client.post(to("thread"), typed("@all", mention=crowd)).status_code == 400
    odd = ["x", "-1", "1.5", "99999999999999999999", "", "٣"]
    assert client.post(to("thread"), typed("@all", mention=odd)).status_code == 302
    assert not Mention.objects.exists()
