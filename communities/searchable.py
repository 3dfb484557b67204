"""What communities keep and say in the search, each for those who may read it."""

from collections.abc import Iterator, Mapping, Sequence

from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.text import Truncator

from communities import access, mentions
from communities.calendar.searchable import EventSource
from communities.decisions.searchable import DecisionSource
from communities.documents import LONGEST_SUMMARY, beginning, facets_of, language_of, numbers_in
from communities.knowledge.summarising import standing_summary
from communities.models import Attachment, Post, Summary, Thread
from communities.plain import plain_text
from search.documents import Document, Section
from search.language import words
from search.sources import Card, key_of, register
from search.viewer import Viewer

# Discussions step back behind what was worked out and reviewed.
THREAD_WEIGHT, POST_WEIGHT, FILE_WEIGHT = 0.88, 0.85, 0.82


class ThreadSource:
    """Threads: the title, what their first post says, and the summary of what followed."""

    name = "thread"

    def ids(self) -> list[str]:
        """Return the ids of the threads that their whole audience may read."""
        first = access.standing_posts().filter(number=1)
        return [str(pk) for pk in first.order_by("pk").values_list("thread_id", flat=True)]

    def documents(self, ids: Sequence[str]) -> Iterator[Document]:
        """Yield those that stand, for the audience of their community."""
        numbers = numbers_in(ids)
        summaries = Summary.objects.filter(thread__in=numbers).values_list("thread_id", flat=True)
        summarised = set(summaries)
        for post in _standing().filter(thread__in=numbers, number=1):
            thread, said = post.thread, _said(post)
            summary = _summary_of(thread) if thread.pk in summarised else ()
            yield Document(
                key=key_of(self.name, thread.pk),
                kind="thread",
                title=thread.title,
                summary=beginning(said),
                language=thread.language,
                sections=(Section((), said, anchor=post.anchor), *summary),
                facets=facets_of(thread.community, post.country),
                audiences=access.audience_of(thread.community),
                date=thread.created_at.date(),
                weight=THREAD_WEIGHT,
            )

    def shown(self, ids: Sequence[str], viewer: Viewer, language: str) -> Mapping[str, Card]:
        """Return the cards of the threads that this viewer may read at this moment."""
        found = _within(viewer).filter(thread__in=numbers_in(ids), number=1)
        with translation.override(language):
            return {
                str(post.thread_id): _card(
                    post, "thread", post.thread.get_absolute_url(), post.thread.language
                )
                for post in found
            }


class PostSource:
    """Answers in threads: found by what they say themselves, each as a part of its thread.

    The title is the thread's alone, or a short answer would stand before it for its title's words.
    """

    name = "post"

    def ids(self) -> list[str]:
        """Return the ids of the answers that their whole audience may read."""
        answers = access.standing_posts().filter(number__gt=1)
        return [str(pk) for pk in answers.order_by("pk").values_list("pk", flat=True)]

    def documents(self, ids: Sequence[str]) -> Iterator[Document]:
        """Yield those that stand, for the audience of their community."""
        for post in _standing().filter(pk__in=numbers_in(ids), number__gt=1):
            said = _said(post)
            if not words(said):
                continue
            yield Document(
                key=key_of(self.name, post.pk),
                kind="post",
                title="",
                summary=beginning(said),
                language=language_of(said, post.thread.language),
                sections=(Section((), said, anchor=post.anchor),),
                facets=facets_of(post.thread.community, post.country),
                audiences=access.audience_of(post.thread.community),
                part_of=key_of("thread", post.thread_id),
                date=post.created_at.date(),
                weight=POST_WEIGHT,
            )

    def shown(self, ids: Sequence[str], viewer: Viewer, language: str) -> Mapping[str, Card]:
        """Return the cards of the answers that this viewer may read at this moment."""
        found = _within(viewer).filter(pk__in=numbers_in(ids), number__gt=1)
        with translation.override(language):
            return {
                str(post.pk): _card(
                    post,
                    "post",
                    post.get_absolute_url(),
                    language_of(_said(post), post.thread.language),
                )
                for post in found
            }


class AttachmentSource:
    """Files of posts and of the libraries of communities."""

    name = "attachment"

    def ids(self) -> list[str]:
        """Return the ids of the files that hang on something that stands."""
        files = _hanging_on(access.standing_posts())
        return [str(pk) for pk in files.order_by("pk").values_list("pk", flat=True)]

    def documents(self, ids: Sequence[str]) -> Iterator[Document]:
        """Yield the files with what was read from them; one of a post is a part of its thread."""
        for file in _with_place(_hanging_on(access.standing_posts()), ids):
            hanging_on = file.item or file.post
            yield Document(
                key=key_of(self.name, file.pk),
                kind="attachment",
                title=_title(file),
                summary=_told_of(file),
                language=file.language or _place_language(file),
                sections=tuple(
                    Section(tuple(each["heading"]), each["text"], each["page"])
                    for each in file.sections
                ),
                facets=facets_of(file.community, hanging_on.country if hanging_on else ""),
                audiences=access.audience_of(file.community),
                part_of=key_of("thread", file.post.thread_id) if file.post else "",
                date=file.created_at.date(),
                weight=FILE_WEIGHT,
            )

    def shown(self, ids: Sequence[str], viewer: Viewer, language: str) -> Mapping[str, Card]:
        """Return the cards of the files that this viewer may open at this moment."""
        found = _with_place(_files_within(viewer), ids).defer("sections")
        with translation.override(language):
            return {str(file.pk): _file_card(file) for file in found}


def _joined(posts: QuerySet[Post]) -> QuerySet[Post]:
    posts = posts.select_related("thread__community", "institution").order_by("pk")
    return posts.prefetch_related("mentions__user")


def _standing() -> QuerySet[Post]:
    """Return the posts that the whole audience of their community may read."""
    return _joined(access.standing_posts())


def _within(viewer: Viewer) -> QuerySet[Post]:
    return _joined(access.posts_within(viewer.audiences))


def _hanging_on(posts: QuerySet[Post]) -> QuerySet[Attachment]:
    """Return the files of these posts, and of every library."""
    return Attachment.objects.filter(Q(post__in=posts.values("pk")) | Q(item__isnull=False))


def _files_within(viewer: Viewer) -> QuerySet[Attachment]:
    communities = access.communities_within(viewer.audiences).values("pk")
    of_posts = Q(post__in=access.posts_within(viewer.audiences).values("pk"))
    return Attachment.objects.filter(of_posts | Q(item__community__in=communities))


def _with_place(files: QuerySet[Attachment], ids: Sequence[str]) -> QuerySet[Attachment]:
    found = files.filter(pk__in=numbers_in(ids)).order_by("pk")
    return found.select_related("post__thread__community", "item__community")


def _said(post: Post) -> str:
    """Return what a post says, without the names of the people whom it calls."""
    with translation.override(post.thread.language):
        text = mentions.without_names(post.text, mentions.called_in(post))
    return plain_text(text)


def _summary_of(thread: Thread) -> Iterator[Section]:
    """Yield the summary of a thread, as far as everybody of its audience may read it."""
    if told := " ".join(each.text for each in standing_summary(thread)):
        yield Section((), told, anchor="summary")


def _title(file: Attachment) -> str:
    return file.item.title if file.item else file.name


def _told_of(file: Attachment) -> str:
    """Return what is said of a file where it hangs."""
    if file.item:
        return file.item.description
    return file.post.thread.title if file.post else ""


def _place_language(file: Attachment) -> str:
    """Return the language of what a file hangs on, where it says too little itself."""
    return file.post.thread.language if file.post else "en"


def _card(post: Post, kind: str, url: str, language: str) -> Card:
    community = post.thread.community
    return Card(
        title=post.thread.title,
        url=url,
        kind=kind,
        language=language,
        summary=Truncator(_said(post)).chars(LONGEST_SUMMARY),
        parent_title=community.name,
        members_of="" if community.is_public else community.name,
        changed=post.edited_at or post.created_at,
    )


def _file_card(file: Attachment) -> Card:
    community = file.community
    return Card(
        title=_title(file),
        url=file.get_absolute_url(),
        kind="attachment",
        language=file.language or _place_language(file),
        summary=_told_of(file),
        parent_title=community.name,
        members_of="" if community.is_public else community.name,
        changed=file.created_at,
    )


register(ThreadSource())
register(PostSource())
register(AttachmentSource())
register(DecisionSource())
register(EventSource())
