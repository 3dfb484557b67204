"""What communities lend to countries: where to ask about a gap, and what waits for an answer."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from communities import access
from communities.models import Thread
from countries.gaps.asking import register_asker
from countries.open_questions import OpenQuestion, register_questions
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


def _open_questions(user: Any, code: str) -> list[OpenQuestion]:
    """Return the newest questions without an answer, in communities of the country's regions."""
    threads = access.threads_for(user).filter(
        kind=Thread.Kind.QUESTION,
        answer=None,
        closed_at=None,
        community__region__in=regions_of(code),
    )
    newest = threads.select_related("community").order_by("-created_at", "-pk")[:MOST_QUESTIONS]
    return [
        OpenQuestion(
            each.title, reverse("thread", args=[each.community.slug, each.pk]), each.community.name
        )
        for each in newest
    ]


def connect() -> None:
    """Offer the communities of whoever looks, and what is open in them."""
    register_asker(_communities)
    register_questions(_open_questions)
