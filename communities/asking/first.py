"""The first answer to a question: what the search knew of it, looked up once it was posted.

Kept are keys and numbers of passages, never a text. It is looked for with the rights that every
reader of the thread has, and each showing asks again what may be shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, override

from communities import access, mentions
from communities.asking.nearby import DISCUSSIONS, Nearby, nearby
from communities.asking.people import Asked, Facts, people_to_ask
from communities.models import Community, FirstAnswer, Post, Thread
from communities.plain import plain_text
from core.visibility import EVERYBODY
from search.language import stems
from search.models import IndexedDocument, Passage
from search.question import Question, understand
from search.reasons import with_reasons
from search.results import Hit
from search.showing import cards_of, passage_shown
from search.sources import Card, key_of
from search.viewer import Viewer


@dataclass(frozen=True)
class Known:
    """A first answer as one reader sees it; not `looked`: the worker has yet to search."""

    looked: bool
    experiences: Sequence[Hit] = ()
    discussions: Sequence[Hit] = ()
    people: Sequence[Asked] = ()

    @property
    def found(self) -> int:
        """How many texts were found that this reader may see."""
        return len(self.experiences) + len(self.discussions)


def ask_soon(thread: Thread) -> None:
    """Have the worker look for a first answer, with the commit; only questions get one."""
    from communities.asking.tasks import look_for_first_answer

    if thread.is_asked:
        transaction.on_commit(lambda: look_for_first_answer.enqueue(thread.pk))


def look(thread_id: int) -> None:
    """Look for what is known of a question and keep where it stands, in place of what was kept."""
    first = Post.objects.filter(thread=thread_id, number=1)
    post = first.select_related("thread__community").prefetch_related("mentions__user").first()
    if post is None or not post.thread.is_asked:
        return
    found = Nearby() if post.withdrawn_at else _found(post)
    with transaction.atomic():
        # Under the lock of the thread: two workers at once leave one answer.
        if not Thread.objects.select_for_update().filter(pk=thread_id).exists():
            return
        FirstAnswer.objects.filter(thread=thread_id).delete()
        FirstAnswer.objects.bulk_create(
            [
                FirstAnswer(
                    thread_id=thread_id, position=position, key=hit.key, passage=hit.passage.row
                )
                for position, hit in enumerate(found.hits)
            ]
        )
        Thread.objects.filter(pk=thread_id).update(looked_at=timezone.now())


def _found(post: Post) -> Nearby:
    thread = post.thread
    viewer = Viewer(_shared_by_readers(thread.community))
    answers = Post.objects.filter(thread=thread, number__gt=1).values_list("pk", flat=True)
    own = {key_of("thread", thread.pk), *(key_of("post", pk) for pk in answers)}
    return nearby(viewer, thread.title, _said(post), thread.language, own)


def first_answer(thread: Thread, user: Any) -> Known | None:
    """Return the first answer as far as this reader of the thread may see it at this moment.

    None for a thread that asks nothing. Nobody is shown more than every reader of the thread is.
    """
    if not thread.is_asked or not access.may_read(user, thread.community):
        return None
    if thread.looked_at is None:
        return Known(looked=False)
    viewer = Viewer(Viewer.of(user).audiences & _shared_by_readers(thread.community))
    rows = list(FirstAnswer.objects.filter(thread=thread))
    facts = _facts(rows)
    hits = _shown(rows, facts, _question(thread), viewer)
    discussions = [hit for hit in hits if hit.card.kind in DISCUSSIONS]
    experiences = [hit for hit in hits if hit not in discussions]
    people = people_to_ask(thread, [facts[hit.key] for hit in hits if hit.key in facts], user)
    return Known(True, experiences, discussions, people)


def _shared_by_readers(community: Community) -> frozenset[str]:
    """Return the audiences that everybody has who reads a community."""
    return EVERYBODY | access.audience_of(community)


def _question(thread: Thread) -> Question:
    """Return the question as it stands; only its words are matched, none of them is shown."""
    first = Post.objects.filter(thread=thread, number=1, withdrawn_at=None)
    text = first.values_list("text", flat=True).first() or ""
    return understand(f"{thread.title}\n{plain_text(text)}", thread.language)


def _said(post: Post) -> str:
    """Return the words of a post, without the names of the people whom it calls."""
    with override(post.thread.language):
        return plain_text(mentions.without_names(post.text, mentions.called_in(post)))


def _facts(rows: Sequence[FirstAnswer]) -> dict[str, Facts]:
    """Return what the documents of these rows are about, by their keys."""
    keys = [row.key for row in rows]
    found = IndexedDocument.objects.filter(key__in=keys, withdrawn=False)
    return dict(found.values_list("key", "facets")) if keys else {}


def _shown(
    rows: Sequence[FirstAnswer], facts: Mapping[str, Facts], question: Question, viewer: Viewer
) -> list[Hit]:
    language = get_language() or "en"
    cards = cards_of([row.key for row in rows], viewer, language) if rows else {}
    passages = _passages([row for row in rows if row.key in cards], question)
    hits = []
    for row in rows:
        if card := cards.get(row.key):
            countries = card.countries or tuple(facts.get(row.key, {}).get("country", ()))
            told = replace(card, countries=countries)
            hits.append(_hit(row.key, told, passages.get(row.key), question))
    return with_reasons(hits, question, language)


def _hit(key: str, card: Card, passage: Passage | None, question: Question) -> Hit:
    return Hit(card, passage_shown(passage, card, question), 0.0, key)


def _passages(rows: Sequence[FirstAnswer], question: Question) -> dict[str, Passage]:
    """Return the passage of each document that fits: the one that was found, as it stands.

    Where its document says something else by now, it is the one with most words of the question.
    """
    live = Passage.objects.filter(document__withdrawn=False).defer("vector", "english")
    live = live.select_related("document")
    wanted = {row.passage: row.key for row in rows if row.passage}
    found = {
        passage.document.key: passage
        for passage in live.filter(pk__in=list(wanted))
        if passage.document.key == wanted[passage.pk]
    }
    lost = [row.key for row in rows if row.passage and row.key not in found]
    if lost:
        for passage in live.filter(document__key__in=lost):
            key, before = passage.document.key, found.get(passage.document.key)
            if before is None or _shared(passage, question) > _shared(before, question):
                found[key] = passage
    return found


def _shared(passage: Passage, question: Question) -> int:
    """Return how many words of the question a passage has."""
    return len({*stems(passage.text, passage.document.language)} & question.stems)
