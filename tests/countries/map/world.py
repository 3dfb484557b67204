"""A small world for the gap map, seen by four kinds of people; all of it is invented."""

import datetime

from django.utils import timezone
from django.utils.text import slugify

from core.classification import PageActionPoint, PageCountry, PageTheme
from countries.map.topics import load
from countries.models import CountryPage, Gap
from guidance.models import GuidancePage
from practices.models import PracticePage
from search.models import SearchGap
from tests import factories
from tests.communities import groups as communities
from tests.countries import asked, shown
from tests.members import people
from vocabulary.models import ActionPoint, Country, Theme

SOUTH_AMERICA = "005"


def gap_of(about, code="no-law", public=(True,), points=("3",), areas=()):
    """A gap that as many answers show as `public` has; each is public or not."""
    kind = shown.gap(code, action_points=list(points), areas=list(areas))
    questions = [
        asked.question(f"{about.lower()}-{code}-{number}", slug=f"for-{about}-{code}".lower(),
                       may_be_public=True)
        for number in range(len(public))
    ]  # fmt: skip
    round_ = asked.assessment(*questions, about=about, slug=f"for-{about}-{code}".lower())
    gap = Gap.objects.create(about=about, kind=kind, assessment=round_)
    for question, open_ in zip(questions, public, strict=True):
        gap.answers.add(asked.answer(round_, question, "no", public=open_))
    return gap


def searched(*concepts, days=1, times=1, country="", filters=(), words=("invented",)):
    """The same search without result on so many days, so often on each."""
    today = timezone.localdate()
    SearchGap.objects.bulk_create(
        SearchGap(
            day=today - datetime.timedelta(days=number),
            language="en",
            country=country,
            concepts=list(concepts),
            filters=list(filters),
            words=list(words),
        )
        for number in range(days)
        for _time in range(times)
    )


def question(visibility="public", title="How are children counted?", **fields):
    group = communities.community(visibility=visibility, **fields)
    author = communities.member_of(group, "COL")
    communities.thread(group, author, title)
    return author


def put(model, title, countries=(), points=(), themes=(), **fields):
    """A live page with its tags; neither revisions nor the index matter to the map."""
    page = model(title=title, slug=slugify(title), locale=factories.locale(), **fields)
    factories.home().add_child(instance=page)
    tags = ((PageCountry, Country, countries), (PageActionPoint, ActionPoint, points),
            (PageTheme, Theme, themes))  # fmt: skip
    for tag, kind, codes in tags:
        for term in kind.objects.filter(code__in=codes, locale=page.locale):
            tag.objects.create(page=page, term=term)
    return page


def practice(title, **tags):
    return put(PracticePage, title, condition_legal="A law (invented).", **tags)


def country_page(code):
    country = Country.objects.get(code=code, locale__language_code="en")
    return put(CountryPage, f"Country {code}", country=country)


def viewers():
    """{name: user} of those whose maps differ; None is a visitor."""
    return {
        "visitor": None,
        "member": people.member("PER"),
        "team": people.representative("GEO"),
        "secretariat": people.secretariat(),
    }


def build():
    """Something of everything, for everybody and for few."""
    load()
    for code in ("GEO", "COL", "CHL"):
        country_page(code)
    practice("Both (invented)", countries=["COL", "CHL"], points=["1", "3"])
    practice("School (invented)", countries=["GEO"], themes=["education"])
    put(GuidancePage, "Guidance (invented)")
    gap_of("GEO", "no-law", (True, False))
    gap_of("COL", "no-law", (True,))
    gap_of("CHL", "no-age", (True, True), ("1",), ("core", "education"))
    question(region=SOUTH_AMERICA, title="How is school attendance in Chile counted?")
    question("private", region=SOUTH_AMERICA, themes=["data-integration"], title="Whom to ask?")
    searched("theme:education", days=3, country="GEO")
    searched("theme:health", "country:COL", days=2)


def codes(number):
    """So many countries of the vocabulary."""
    known = Country.objects.filter(locale__language_code="en").order_by("code")
    return list(known.values_list("code", flat=True)[:number])
