"""Names in the texts of posts: they belong to the members of the community, and to nobody else.

Whoever is called stands as "@First Last" in the text and as a row beside it. For everybody else,
for the search and after a person has left, other words stand in place of the name.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat, Trim
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from communities.models import EarlierText, Mention, Post
from search import index
from users.models import User

# The tags of HTML that was cleaned; what lies between them is text.
_TAGS = re.compile(r"(<[^<>]*>)")


def called_in(post: Post) -> list[str]:
    """Return the names that a post calls; no query where `mentions__user` is at hand."""
    names = (row.user.get_full_name().strip() for row in post.mentions.all())
    return [name for name in names if name]


def marked(html: SafeString, names: Iterable[str]) -> SafeString:
    """Return HTML in which these names stand out, wherever they are called in its text."""
    shown = {f"@{name}": format_html('<span class="mention">@{}</span>', name) for name in names}
    return _replaced_in(html, shown)


def unnamed(html: SafeString, names: Iterable[str]) -> SafeString:
    """Return HTML that calls "@a member" where it called one of these names."""
    return _replaced_in(html, {f"@{name}": SafeString(f"@{escape(anonymous())}") for name in names})


def without_names(text: str, names: Iterable[str]) -> str:
    """Return the text of a post that calls "@a member" where it called one of these names."""
    calls = {f"@{name}": f"@{anonymous()}" for name in names}
    return _pattern(calls).sub(lambda found: calls[found[0]], text) if calls else text


def anonymous() -> str:
    """Return what stands for a name, in the language that is active."""
    return _("a member")


def forget(user: Any, rows: Iterable[Mention] = ()) -> None:
    """Take the name of somebody who leaves out of every text that calls it, now or in its history.

    Also where no row says any more, or never said, that it was this person who was called.
    """
    if name := user.get_full_name().strip():
        _exchange(user, name, anonymous)


def rename(user: Any, before: str) -> None:
    """Let every text call somebody by the name that they bear now.

    What stood there before would not be known for a name any more, and be kept from nobody.
    """
    name = user.get_full_name().strip()
    _exchange(user, before, lambda: name or anonymous())


def _exchange(user: Any, name: str, instead: Callable[[], str]) -> None:
    """Put other words in place of a name wherever it calls somebody, and tell the search."""
    with transaction.atomic():
        for post in _calling(user, name):
            others = [other for other in called_in(post) if other != name]
            with translation.override(post.thread.language):
                words = instead()
            said: list[Post | EarlierText] = [post, *post.earlier.all()]
            for each in said:
                each.text = _with_words(each.text, name, words, others)
                each.save(update_fields=["text"])
            first = post.number == 1
            index.refresh("thread" if first else "post", [post.thread_id if first else post.pk])


def _calling(user: Any, name: str) -> QuerySet[Post]:
    """Return the posts that call this name; where others may bear it, those sure to mean this one.

    A single word may be the beginning of anybody's name.
    """
    call = f"@{name}"
    within = Q(text__contains=call) | Q(earlier__text__contains=call)
    found = Post.objects.filter(within).select_related("thread").prefetch_related("mentions__user")
    called = Trim(Concat("first_name", Value(" "), "last_name"))
    namesakes = User.objects.annotate(called=called).filter(called=name).exclude(pk=user.pk)
    if " " not in name or namesakes.exists():
        found = found.filter(mentions__user=user).exclude(mentions__user__in=namesakes)
    return found.distinct().order_by("pk")


def _with_words(text: str, name: str, words: str, others: Iterable[str]) -> str:
    """Return a text with other words for one name; longer names that begin so stay."""
    calls = {f"@{each}": f"@{each}" for each in others} | {f"@{name}": f"@{words}"}
    return _pattern(calls).sub(lambda found: calls[found[0]], text)


def _replaced_in(html: SafeString, shown: Mapping[str, str]) -> SafeString:
    if not shown or "@" not in html:
        return html
    # As nh3 writes text: quotation marks stay.
    escaped = {escape(call, quote=False): instead for call, instead in shown.items()}
    pattern = _pattern(escaped)
    parts = _TAGS.split(html)
    # Every second part is a tag.
    for place in range(0, len(parts), 2):
        parts[place] = pattern.sub(lambda found: escaped[found[0]], parts[place])
    return mark_safe("".join(parts))  # noqa: S308 - cleaned HTML, and names that are escaped


def _pattern(calls: Iterable[str]) -> re.Pattern[str]:
    """Match any of these; of two that begin alike, the longer one."""
    longest_first = sorted(calls, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)) + r"(?!\w)")
