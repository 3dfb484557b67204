"""Names in the texts of posts: they belong to the members of the community, and to nobody else.

Whoever is called stands as "@First Last" in the text and as a row beside it. For everybody else,
for the search and after a person has left, other words stand in place of the name.
"""

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from communities.models import Mention, Post

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


def forget(user: Any, rows: Iterable[Mention]) -> None:
    """Take the name of somebody who leaves out of every text that called them."""
    names = [name] if (name := user.get_full_name().strip()) else []
    called = [row.post_id for row in rows]
    for post in Post.objects.filter(pk__in=called).select_related("thread"):
        with translation.override(post.thread.language):
            post.text = without_names(post.text, names)
            post.save(update_fields=["text"])
            for earlier in post.earlier.all():
                earlier.text = without_names(earlier.text, names)
                earlier.save(update_fields=["text"])


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
