"""Whatever is stored of countries: each printed reason is stored, and known to its reader."""

import re
from html import unescape

import hypothesis
import pytest
from hypothesis import strategies as st

from countries.gaps.finding import refresh
from countries.models import Answer, Assessment, DataSource, ProfileEntry
from search import sources
from search.facts import fact_label
from tests.countries import asked, said
from tests.countries.shown import gap, rule
from tests.kept import kept
from tests.members import people
from tests.search.conftest import Shelf
from vocabulary.labels import regions_of

COUNTRIES = ("GEO", "CHL", "ARM")
READERS = ("anybody", "GEO", "CHL", "secretariat")
POPULATIONS = ("refugee-children", "children-in-transit")
SOURCES = ("census", "survey")
KINDS = {
    "role": ("origin", "transit", "destination"),
    "set-up": ("law-on-sharing", "unique-identifier"),
    "population": POPULATIONS,
    "source": SOURCES,
}
# What an answer shows: questions by the gap; the last gap needs two answers.
QUESTIONS = ("qa", "qb", "qc")
GAPS = {"gap-a": ("qa",), "gap-b": ("qb",), "gap-both": ("qa", "qc")}
EVERY = [(kind, code) for kind, codes in KINDS.items() for code in codes]
# Of a document itself: which sources and children it is about.
BOOKS = {
    **{code: {} for code in COUNTRIES},
    "itself": {"data_source": ("survey",), "population": ("refugee-children",)},
}

# Of each country: whether a fact is said, and then whether publicly; the same of each answer.
countries = st.fixed_dictionaries(
    {
        "facts": st.dictionaries(st.sampled_from(EVERY), st.booleans(), max_size=7),
        "answers": st.dictionaries(st.sampled_from(QUESTIONS), st.booleans()),
    }
)
# Nothing is made smaller: an example is short as it is, and each asks three pages.
PHASES = [hypothesis.Phase.explicit, hypothesis.Phase.generate]
worlds = st.fixed_dictionaries(dict.fromkeys(COUNTRIES, countries))


def world_of(**public):
    """Everything is said of these countries, publicly or not, and nothing of the others."""
    silent = {code: {"facts": {}, "answers": {}} for code in COUNTRIES}
    return silent | {
        code: {"facts": dict.fromkeys(EVERY, each), "answers": dict.fromkeys(QUESTIONS, each)}
        for code, each in public.items()
    }


@kept
def questions(db):
    """Questions of which all but the last may be public, and the gaps that a "no" shows."""
    made = {code: asked.question(code, may_be_public=code != "qb") for code in QUESTIONS}
    for code, needs in GAPS.items():
        rule(*((each, "is", "no") for each in needs), kind=gap(code, title_en=f"Gap {code}"))
    for code in COUNTRIES:
        asked.assessment(*made.values(), about=code)
    return made


@kept
def users(db):
    return {
        "anybody": None,
        "GEO": people.representative("GEO"),
        "CHL": people.representative("CHL"),
        "secretariat": people.secretariat(),
    }


@pytest.fixture
def shelf(vocabulary, questions, settings):
    settings.SEARCH_LAYERS = ["words"]
    books = Shelf()
    sources.register(books)
    for number, (name, facets) in enumerate(BOOKS.items()):
        about = (name,) if name in COUNTRIES else ()
        text = "A register of children (invented)."
        books.put(number, name, text, facets={"country": about, **facets})
    yield books
    sources.unregister(books.name)


def test_every_printed_reason_is_stored_and_known_to_its_reader(client, shelf, questions, users):
    printed = []

    @hypothesis.settings(max_examples=4, deadline=None, phases=PHASES)
    @hypothesis.example(world=world_of(GEO=False, CHL=True), reader="anybody")
    @hypothesis.example(world=world_of(GEO=True, CHL=False), reader="CHL")
    @hypothesis.given(world=worlds, reader=st.sampled_from(READERS))
    def check(world, reader):
        store(world, questions)
        client.logout()
        if users[reader]:
            client.force_login(users[reader])
        texts = [
            client.get("/en/search/", {"kind": "practice", "for": "GEO"}).content.decode(),
            client.get(said.page_of("GEO").url).content.decode(),
            client.get("/en/country/GEO/comparable/").content.decode(),
        ]
        asked_for = {"kind": "practice", "for": "GEO", "limit": 50}
        answer = client.get("/api/v1/search/", asked_for)
        for hit in answer.json()["results"]:
            for reason in hit["alike"]:
                assert holds(reason, reason["country"], hit, world, reader)
                assert holds(reason, reason["other"], hit, world, reader)
            for reason in hit["differs"]:
                assert holds(reason, reason["country"], hit, world, reader)
                assert not holds(reason, reason["other"], hit, world, reader)
        found = [line for text in texts for line in lines(text)]
        assert set(found) <= labels_of(world, reader)
        printed.extend(found)
        for text in [*texts, answer.content.decode()]:
            for code in COUNTRIES:
                assert inside(reader, code) or f"Kept by {code}" not in text

    check()
    assert printed


def store(world, questions):
    for model in (ProfileEntry, DataSource, Answer):
        model.objects.all().delete()
    for about, told in world.items():
        for (kind, code), public in told["facts"].items():
            note = f"Said by {about}" if public else f"Kept by {about}"
            if kind == "source":
                said.source(note, about=about, type=code, public=public)
            else:
                said.entry(code, about=about, kind=kind, note=note, public=public)
        round_ = Assessment.objects.get(about=about)
        for code, public in told["answers"].items():
            public = public and questions[code].may_be_public
            asked.answer(
                round_,
                questions[code],
                "no",
                public=public,
                source=f"Kept by {about}" if not public else "",
            )
        refresh(round_)


def inside(reader, country):
    return reader in (country, "secretariat")


def known(world, country, reader):
    """What a reader may know of a country, worked out from what was said alone."""
    told = world[country]
    facts = {fact for fact, public in told["facts"].items() if public or inside(reader, country)}
    for code, needs in GAPS.items():
        given = [each in told["answers"] for each in needs]
        public = all(told["answers"].get(each) and each != "qb" for each in needs)
        if all(given) and (public or inside(reader, country)):
            facts.add(("gap", code))
    return facts


def holds(reason, country, hit, world, reader):
    """Whether a reason is true of a country, or of the document where none is named."""
    fact = (reason["kind"], reason["code"])
    if reason["kind"] == "region":
        return reason["code"] in regions_of(country)
    if not country:
        facets = BOOKS[hit["title"]]
        return reason["code"] in (*facets.get("data_source", ()), *facets.get("population", ()))
    # The country that asks is taken as the reader may know it, all others as everybody may.
    return fact in known(world, country, reader if country == "GEO" else "anybody")


def labels_of(world, reader):
    facts = known(world, "GEO", reader)
    for code in COUNTRIES:
        facts |= known(world, code, "anybody")
        facts |= {("region", region) for region in regions_of(code)}
    facts |= {("source", "survey"), ("population", "refugee-children")}  # of the document itself
    return {fact_label(fact, "en") for fact in facts}


def lines(text):
    """The single reasons that a page prints."""
    for line in re.findall(r'<p class="reasons">(.*?)</p>', text, re.S):
        yield from (unescape(each.strip()) for each in re.findall(r"<bdi>(.*?)</bdi>", line))
