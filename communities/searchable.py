"""Threads, posts and files of communities in the search, each for those who may read it."""

from collections.abc import Iterator, Mapping, Sequence

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.text import Truncator

from communities import access, mentions
from communities.models import Attachment, Community, Post
from communities.plain import plain_text
from search.documents import Document, Section
from search.sources import Card, register
from search.viewer import Viewer
from vocabulary.labels import regions_of

# Discussions step back behind what was worked out and reviewed.
THREAD_WEIGHT, POST_WEIGHT, FILE_WEIGHT = 0.88, 0.85, 0.82
LONGEST_SUMMARY = 240


class ThreadSource:
    """Threads: the title and what their first post says."""

    name = "thread"

    def ids(self) -> list[str]:
        """Return the ids of the threads that their whole audience may read."""
        return [str(pk) for pk in _standing().filter(number=1).values_list("thread_id", flat=True)]

    def documents(self, ids: Sequence[str]) -> Iterator[Document]:
        """Yield those that stand, for the audience of their community."""
        for post in _standing().filter(thread__in=_numbers(ids), number=1):
            thread = post.thread
            yield Document(
                key=f"thread:{thread.pk}",
                kind="thread",
                title=thread.title,
                summary=_summary(post),
                language=thread.language,
                sections=(Section((), _said(post), anchor=post.anchor),),
                facets=_facets(post),
                audiences=access.audience_of(thread.community),
                date=thread.created_at.date(),
                weight=THREAD_WEIGHT,
            )

    def shown(self, ids: Sequence[str], viewer: Viewer, language: str) -> Mapping[str, Card]:
        """Return the cards of the threads that this viewer may read at this moment."""
        found = _within(viewer).filter(thread__in=_numbers(ids), number=1)
        with translation.override(language):
            return {str(post.thread_id): _card(post, "thread") for post in found}


class PostSource:
    """Answers in threads: found on their own, each as a part of its thread."""

    name = "post"

    def ids(self) -> list[str]:
        """Return the ids of the answers that their whole audience may read."""
        return [str(pk) for pk in _standing().filter(number__gt=1).values_list("pk", flat=True)]

    def documents(self, ids: Sequence[str]) -> Iterator[Document]:
        """Yield those that stand, for the audience of their community."""
        for post in _standing().filter(pk__in=_numbers(ids), number__gt=1):
            yield Document(
                key=f"post:{post.pk}",
                kind="post",
                title=post.thread.title,
                summary=_summary(post),
                language=post.thread.language,
                sections=(Section((), _said(post), anchor=post.anchor),),
                facets=_facets(post),
                audiences=access.audience_of(post.thread.community),
                part_of=f"thread:{post.thread_id}",
                date=post.created_at.date(),
                weight=POST_WEIGHT,
            )

    def shown(self, ids: Sequence[str], viewer: Viewer, language: str) -> Mapping[str, Card]:
        """Return the cards of the answers that this viewer may read at this moment."""
        found = _within(viewer).filter(pk__in=_numbers(ids), number__gt=1)
        with translation.override(language):
            return {str(post.pk): _card(post, "post") for post in found}


class AttachmentSource:
    """Files of posts and of the libraries of communities."""

    name = "attachment"

    def ids(self) -> list[str]:
        """Return the ids of the files that hang on something that stands."""
        return [str(pk) for pk in _files(_standing()).values_list("pk", flat=True)]

    def documents(self, ids: Sequence[str]) -> Iterator[Document]:
        """Yield the files with what was read from them."""
        for file in _files(_standing()).filter(pk__in=_numbers(ids)):
            community = _community_of(file)
            yield Document(
                key=f"attachment:{file.pk}",
                kind="attachment",
                title=file.item.title if file.item else file.name,
                summary=file.item.description if file.item else file.post.thread.title,
                language=file.language or "en",
                sections=tuple(
                    Section(tuple(each["heading"]), each["text"], each["page"])
                    for each in file.sections
                ),
                audiences=access.audience_of(community),
                date=file.created_at.date(),
                weight=FILE_WEIGHT,
            )

    def shown(self, ids: Sequence[str], viewer: Viewer, language: str) -> Mapping[str, Card]:
        """Return the cards of the files that this viewer may open at this moment."""
        readable = access.communities_within(viewer.audiences)
        found = _files(_within(viewer)).filter(pk__in=_numbers(ids))
        inside = set(readable.values_list("pk", flat=True))
        with translation.override(language):
            return {
                str(file.pk): _file_card(file) for file in found if _community_of(file).pk in inside
            }


def _numbers(ids: Sequence[str]) -> list[int]:
    return [int(each) for each in ids if each.isdecimal()]


def _joined(posts: QuerySet[Post]) -> QuerySet[Post]:
    posts = posts.select_related("thread__community", "institution").order_by("pk")
    return posts.prefetch_related("mentions__user")


def _standing() -> QuerySet[Post]:
    """Return the posts that the whole audience of their community may read."""
    return _joined(access.standing_posts())


def _within(viewer: Viewer) -> QuerySet[Post]:
    return _joined(access.posts_within(viewer.audiences))


def _files(posts: QuerySet[Post]) -> QuerySet[Attachment]:
    hanging = Q(post__in=posts.order_by().values("pk")) | Q(item__isnull=False)
    found = Attachment.objects.filter(hanging)
    return found.select_related("post__thread__community", "item__community").order_by("pk")


def _community_of(file: Attachment) -> Community:
    if file.item:
        return file.item.community
    assert file.post is not None  # noqa: S101 - a constraint of the table
    return file.post.thread.community


def _facets(post: Post) -> dict[str, tuple[str, ...]]:
    if not post.country:
        return {}
    return {"country": (post.country,), "region": tuple(regions_of(post.country))}


def _said(post: Post) -> str:
    """Return what a post says, without the names of the people whom it calls."""
    with translation.override(post.thread.language):
        text = mentions.without_names(post.text, mentions.called_in(post))
    return plain_text(text)


def _summary(post: Post) -> str:
    return Truncator(_said(post)).chars(LONGEST_SUMMARY)


def _card(post: Post, kind: str) -> Card:
    return Card(
        title=post.thread.title,
        url=post.page_address,
        kind=kind,
        language=post.thread.language,
        summary=_summary(post),
        parent_title=post.thread.community.name,
        changed=post.edited_at or post.created_at,
    )


def _file_card(file: Attachment) -> Card:
    community = _community_of(file)
    return Card(
        title=file.item.title if file.item else file.name,
        url=reverse("community-file", args=[community.slug, file.pk]),
        kind="attachment",
        language=file.language or "en",
        parent_title=community.name,
        changed=file.created_at,
    )


register(ThreadSource())
register(PostSource())
register(AttachmentSource())
