"""The summary of a thread: sentences that each rest on posts, seen as far as these are seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from communities import access, log
from communities.models import Act, Post, Sentence, Summary, Thread
from communities.posting import index_thread
from members.signing import sign


@dataclass(frozen=True)
class Told:
    """A sentence as it is shown or stored: its text and the posts that it rests on."""

    text: str
    posts: Sequence[Post]


def store(thread: Thread, sentences: Sequence[Told], user: Any) -> Summary:
    """Replace the summary of a thread, signed and logged; search reads it at once."""
    with transaction.atomic():
        summary = Summary.objects.filter(thread=thread).first() or Summary(thread=thread)
        sign(summary, user)
        summary.save()
        summary.sentences.all().delete()
        for position, told in enumerate(sentences, start=1):
            row = Sentence.objects.create(summary=summary, position=position, text=told.text)
            row.posts.set(told.posts)
        log.write(Act.Kind.SUMMARISE, thread.community, user, thread=thread)
        index_thread(thread)
    return summary


def summary_for(thread: Thread, user: Any) -> list[Told]:
    """Return the sentences whose posts this person may all read now; three queries.

    One that rests on a post that was hidden or taken back might say what was taken away.
    """
    rows = Sentence.objects.filter(summary__thread=thread).prefetch_related("posts")
    readable = access.posts_for(user).filter(thread=thread, withdrawn_at=None)
    return _resting_on(list(rows), set(readable.values_list("pk", flat=True)))


def standing_summary(thread: Thread) -> list[Told]:
    """Return the sentences whose posts the whole audience of the thread may read."""
    rows = Sentence.objects.filter(summary__thread=thread).prefetch_related("posts")
    standing = access.standing_posts().filter(thread=thread)
    return _resting_on(list(rows), set(standing.values_list("pk", flat=True)))


def _resting_on(rows: Sequence[Sentence], readable: set[int]) -> list[Told]:
    found = []
    for row in rows:
        posts = sorted(row.posts.all(), key=lambda post: post.number)
        if posts and all(post.pk in readable for post in posts):
            found.append(Told(row.text, posts))
    return found
