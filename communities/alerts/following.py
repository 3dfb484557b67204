"""Following countries, topics, practices and threads: what may be, what is, what it is called."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language, ngettext, override

from adoption.access import adoptions_for, open_practices
from communities import access
from communities.alerts.lines import ADAPTATION
from communities.models import CitedPage, Follow, Quiet
from search.asking import Search
from search.filters import Filters
from search.models import last_document
from search.showing import cards_of
from search.viewer import Viewer
from users.models import User
from vocabulary.labels import label, labels

FACETS = {Follow.Kind.COUNTRY: "country", Follow.Kind.THEME: "theme"}
MOST = 100
DIGITS = 18  # of a number that every database takes


class TooManyError(ValueError):
    """Somebody follows as much as one may; the message says what to do."""


@dataclass(frozen=True)
class Name:
    """What something followed is called and where it stands; language: "" of the reader."""

    label: str
    url: str
    language: str = ""


def code_of(user: Any, kind: str, code: str) -> str:
    """Return the code under which somebody may follow this; "" where they may not.

    A practice is followed as a work, by its translation key: in whatever language it is shown.
    """
    if not access.may_be_told(user):
        return ""
    if kind in FACETS:
        return code if code in labels(FACETS[Follow.Kind(kind)], "en") else ""
    if kind == Follow.Kind.PRACTICE:
        return code if _is_key(code) and _practices([code], user).exists() else ""
    if kind == Follow.Kind.THREAD and code.isascii() and code.isdigit() and len(code) <= DIGITS:
        found = access.threads_for(user).filter(pk=int(code)).select_related("community").first()
        return str(int(code)) if found and access.is_in(user, found.community) else ""
    return ""


def _is_key(code: str) -> bool:
    try:
        return str(uuid.UUID(code)) == code
    except ValueError:
        return False


def _practices(codes: Iterable[str], user: Any) -> QuerySet[Any]:
    return open_practices(user).filter(translation_key__in=list(codes))


def follow(user: User, kind: str, code: str) -> Follow:
    """Follow something by its `code_of`; what is there already is no news.

    `TooManyError` beyond the limit. A thread without mail has mail again.
    """
    with transaction.atomic():
        # One at a time for each person, or two at once would both be the last one.
        User.objects.select_for_update().get(pk=user.pk)
        mine = Follow.objects.filter(user=user)
        if known := mine.filter(kind=kind, code=code).first():
            return known
        if mine.count() >= MOST:
            raise TooManyError(
                ngettext(
                    "You follow %(most)d thing already, which is the limit. Stop one first.",
                    "You follow %(most)d things already, which is the limit. Stop one first.",
                    MOST,
                )
                % {"most": MOST}
            )
        made = Follow(user=user, kind=kind, code=code)
        if kind == Follow.Kind.PRACTICE:
            known_now = about_practices([made], user)
            made.seen = {"told": [key for keys in known_now.values() for key in keys]}
        elif kind == Follow.Kind.THREAD:
            Quiet.objects.filter(user=user, thread=int(code)).delete()
        else:
            made.seen = {"document": last_document()}
        made.save(force_insert=True)
        return made


def is_followed(user: Any, kind: str, code: str) -> bool:
    """Return whether somebody follows this; one query."""
    return Follow.objects.filter(user_id=user.pk, kind=kind, code=code).exists()


def about_practices(follows: Iterable[Follow], user: User) -> dict[int, list[str]]:
    """Return {id of a follow: keys of all that can be told of its practice}; in a few queries.

    Told of are its version, who cites it and who adapted it. The version is that of the page in
    the reader's language, else of the oldest one.
    """
    works = {row.code: row.pk for row in follows if row.kind == Follow.Kind.PRACTICE}
    if not works:
        return {}
    pages = list(_practices(works, user).select_related("locale"))
    follow_of = {page.pk: works[str(page.translation_key)] for page in pages}
    keys = {
        works[work]: [f"practice:{page.pk}@{page.live_revision_id or 0}"]
        for work, page in _shown(pages, user).items()
    }
    posts = access.posts_within(Viewer.of(user).audiences).exclude(author_id=user.pk)
    cited = CitedPage.objects.filter(page__in=follow_of, post__in=posts).order_by("-post_id")
    for page, post, thread, number in cited.values_list(
        "page_id", "post_id", "post__thread_id", "post__number"
    ):
        keys[follow_of[page]].append(f"thread:{thread}" if number == 1 else f"post:{post}")
    adapted = adoptions_for(user).filter(origin__in=follow_of).exclude(author_id=user.pk)
    for pk, page in adapted.order_by("-pk").values_list("pk", "origin_id"):
        keys[follow_of[page]].append(f"{ADAPTATION}:{pk}")
    return {pk: list(dict.fromkeys(each)) for pk, each in keys.items()}


def _shown(pages: Iterable[Any], user: Any) -> dict[str, Any]:
    """Return {work: the page of it to show}: in the reader's language, else the oldest."""
    found: dict[str, Any] = {}

    def order(page: Any) -> tuple[bool, int]:
        return page.locale.language_code != user.language, page.pk

    for page in sorted(pages, key=order):
        found.setdefault(str(page.translation_key), page)
    return found


def names(follows: Iterable[Follow], user: Any, language: str) -> dict[int, Name]:
    """Return {id of a follow: its name} of what somebody may open now; in a few queries."""
    rows = list(follows)
    with override(language):
        return {**_terms(rows), **_works(rows, user, language), **_threads(rows, user)}


def _terms(rows: Sequence[Follow]) -> dict[int, Name]:
    named = {}
    for row in rows:
        if row.kind in FACETS:
            facet = FACETS[Follow.Kind(row.kind)]
            asked = Search(filters=Filters(**{facet: (row.code,)})).address()
            name = label(facet, row.code, get_language() or "en")
            named[row.pk] = Name(name, f"{reverse('search')}?{asked}")
    return named


def _works(rows: Sequence[Follow], user: Any, language: str) -> dict[int, Name]:
    works = {row.code: row.pk for row in rows if row.kind == Follow.Kind.PRACTICE}
    if not works:
        return {}
    pages = _shown(_practices(works, user).select_related("locale"), user)
    keys = {works[work]: f"practice:{page.pk}" for work, page in pages.items()}
    cards = cards_of(list(keys.values()), Viewer.of(user), language)
    return {
        pk: Name(cards[key].title, cards[key].url, cards[key].language)
        for pk, key in keys.items()
        if key in cards
    }


def _threads(rows: Sequence[Follow], user: Any) -> dict[int, Name]:
    wanted = {int(row.code): row.pk for row in rows if row.kind == Follow.Kind.THREAD}
    if not wanted:
        return {}
    threads = access.threads_for(user).filter(pk__in=wanted).select_related("community")
    return {
        wanted[thread.pk]: Name(thread.title, thread.get_absolute_url(), thread.language)
        for thread in threads
    }
