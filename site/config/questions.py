"""What communities lend to countries: where to ask about a gap, and what waits for an answer."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from communities import access
from communities.models import Thread
from countries.gaps.asking import register_asker
from countries.open_questions import OpenQuestion, register_questions, register_waiting
from vocabulary.labels import regions_of

MOST, MOST_QUESTIONS = 3, 5


def _communities(user: Any, question: str) -> list[tuple[str, str]]:
    """Return the communities in which this person may ask, with the form filled in."""
    asked = urlencode({"kind": "question", "title": question})
    memberships = list(access.memberships_of(user).values())[:MOST]
    return [
        (each.community.name, f"{reverse('thread-new', args=[each.community.slug])}?{asked}")
        for each in memberships
    ]


def _open(user: Any) -> QuerySet[Thread]:
    """Return the questions without an answer that this person may read, the newest first."""
    threads = access.threads_for(user).filter(
        kind=Thread.Kind.QUESTION, answer=None, closed_at=None
    )
    return threads.select_related("community").order_by("-created_at", "-pk")


def _open_questions(user: Any, code: str) -> list[OpenQuestion]:
    """Return the newest open questions, in communities of the country's regions."""
    here = _open(user).filter(community__region__in=regions_of(code))
    return [_question(each) for each in here[:MOST_QUESTIONS]]


def _waiting(user: Any) -> list[OpenQuestion]:
    """Return all open questions, wherever they were asked."""
    return [_question(each) for each in _open(user)]


def _question(thread: Thread) -> OpenQuestion:
    community = thread.community
    return OpenQuestion(
        title=thread.title,
        url=reverse("thread", args=[community.slug, thread.pk]),
        where=community.name,
        region=community.region,
        themes=tuple(community.themes),
    )


def connect() -> None:
    """Offer the communities of whoever looks, and what is open in them."""
    register_asker(_communities)
    register_questions(_open_questions)
    register_waiting(_waiting)
