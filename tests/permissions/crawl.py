"""What a stranger can ask of the site, and the answers as bytes that can be compared."""

import re
from urllib.parse import quote, unquote_plus

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from tests.permissions.many_groups import PUBLIC, slug_of
from tests.permissions.site_of_many import HIDDEN_COUNTRY, HIDDEN_THEME, address, file_name
from tests.permissions.things import FIELDS, FILES, PAGES, THINGS
from tests.project.test_urls import routes

# What differs between two answers to the same question: tokens against forgery, nonces, the hour.
ONCE = [
    (re.compile(rb"\nExpires: [^\n]*"), b""),
    (re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"'), b"token"),
    (re.compile(rb'nonce(=|-)"?[\w+/=-]+"?'), b"nonce"),
]
# So many numbers after the last public page are asked for: more than there are hidden pages.
NUMBERS = 30


def answer(client, path, **headers):
    """Status line, headers and body of an answer, without what differs each time."""
    response = client.get(path, headers=headers)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    head = [f"{name}: {value}" for name, value in sorted(response.items())]
    head.append(f"cookies: {sorted(response.cookies)}")
    told = f"{response.status_code} {response.reason_phrase}\n" + "\n".join(head) + "\n\n"
    text = told.encode() + body
    for pattern, instead in ONCE:
        text = pattern.sub(instead, text)
    return text


def queries(client, path):
    """How many queries an answer takes."""
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked)


def leaked(text, path, canaries):
    """The canaries in an answer that were not in the question itself."""
    lower, asked = text.lower(), unquote_plus(path).lower()
    return {each for each in canaries if each.encode() in lower and each not in asked}


def places():
    """Addresses of pages, lists, feeds and the rest, in all languages."""
    for language in ("en", "es", "fr", "ar"):
        yield f"/{language}/"
        yield f"/{language}/search/"
        yield f"/{language}/search/feed/"
    for name in ("practice", "news", "guidance", "workshop", "country"):
        yield f"/en/{name}indexpage/"
    yield "/en/practiceindexpage/?page=2"
    yield "/en/practiceindexpage/invented-practice-0/"
    yield "/en/countryindexpage/chl/"
    yield f"/en/countryindexpage/{HIDDEN_COUNTRY.lower()}/"
    yield "/en/newsindexpage/invented-news/"
    yield from ("/sitemap.xml", "/robots.txt", "/health/ready/", "/en/no-such-page/")
    yield "/accounts/login/"
    yield from ("/en/search/?page=2", "/en/search/?kind=thread", "/en/search/?sort=date")
    yield from ("/api/v1/search/?limit=50", f"/api/v1/search/?theme={HIDDEN_THEME}")
    yield f"/api/v1/search/?country={HIDDEN_COUNTRY}"
    yield f"/en/search/feed/?country={HIDDEN_COUNTRY}"
    yield f"/en/practiceindexpage/?country={HIDDEN_COUNTRY}&theme={HIDDEN_THEME}"


def in_communities():
    """Every address of the communities, of those there are and of those there may be."""
    yield from ("/en/communities/", "/en/communities/?kind=regional")
    yield from (f"/api/v1/search/?kind={kind}" for kind in ("thread", "post", "attachment"))
    below = sorted({each for each in routes(get_resolver()) if "communities/%(slug)s" in each})
    for slug, numbers in ((PUBLIC, (1, 2, 3)), (slug_of("1"), (1, 2)), (slug_of("3"), (2,))):
        for route in below:
            for number in numbers if "(pk)" in route or "(number)" in route else numbers[:1]:
                yield "/" + route % _Filled(slug=slug, number=number)


class _Filled(dict):
    """Fills whatever place holder a route has: with the slug, else with the number."""

    def __missing__(self, name):
        return self["number"]


def main_places():
    """Those in English: what differs by language are the labels."""
    return [each for each in places() if each[:4] not in ("/es/", "/fr/", "/ar/")]


def closed_addresses():
    """Addresses at which something hidden stands, once stood, or could stand."""
    for thing in PAGES:
        yield address(thing)
    yield "/en/practiceindexpage/cnryoldaddress/"
    yield f"/en/practiceindexpage/{PAGES[0].slug}"  # without the slash
    yield f"/es/practiceindexpage/{PAGES[0].slug}/"
    yield from ("/en/practiceindexpage/members/", "/en/practiceindexpage/twos/")
    yield "/en/_util/authenticate_with_password/1/1/"
    yield "/documents/authenticate_with_password/1/"


def numbered_addresses(public_pages, public_files):
    """Addresses by number, of what there is and of what there is not; public ones left out."""
    last = max(public_pages)
    for number in range(last + 1, last + NUMBERS):
        yield f"/p/{number}/"
    for number in range(1, 6):
        if number not in public_files:
            yield f"/en/files/{number}/"
            for thing in FILES:
                yield f"/documents/{number}/{file_name(thing)}"


def api(question):
    return f"/api/v1/search/?limit=20&q={quote(question)}"


def page(question, language="en", more=""):
    return f"/{language}/search/?q={quote(question)}{more}"


def questions_for_all():
    """Addresses that ask for all hidden things at once, by every field and in every language."""
    for field in FIELDS:
        yield api(" ".join(thing.canary(field) for thing in THINGS))
    yield api(" ".join(f'"{thing.canary("summary")}"' for thing in THINGS))
    yield api(" ".join(f"title:{thing.canary('title')}" for thing in THINGS))
    every = " ".join(thing.canary("title") for thing in THINGS)
    for language in ("en", "es", "fr", "ar"):
        yield page(every, language)
    yield page(every, more="&page=2")


def questions():
    """Addresses that ask for each hidden thing, by its words and by its meaning."""
    yield from questions_for_all()
    for thing in THINGS:
        word = thing.canary("title")
        yield api(word[:7])
        yield api(thing.title)
        yield api(f"registry {misspelt(thing.canary('summary'))}")
        yield api(thing.paraphrase)
    for thing in THINGS[::3]:
        yield page(misspelt(thing.canary("title")))
        yield page(thing.sentence)
        yield f"/en/search/feed/?q={quote(thing.paraphrase)}"
    for letters in beginnings():
        yield f"/en/search/suggestions/?q={quote(letters)}"
    for letters in ("cnry", "pra", "lighthouse", "st"):
        yield f"/api/v1/suggestions/?q={letters}"
    yield "/en/search/suggestions/?q=practices"


def misspelt(word):
    """A word with one letter too few, as somebody types who saw it once."""
    return word[:6] + word[7:]


def beginnings():
    """All beginnings of up to five letters of what hidden titles are made of."""
    words = {thing.canary("title") for thing in THINGS} | {THINGS[1].subject.lower(), "invented"}
    return sorted({word[:size] for word in words for size in range(1, 6)})


def everything(public_pages, public_files):
    return [
        *places(),
        *in_communities(),
        *closed_addresses(),
        *numbered_addresses(public_pages, public_files),
        *questions(),
    ]
