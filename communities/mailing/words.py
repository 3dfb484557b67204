"""What every mail of a community says: who wrote, who reads along, where to choose."""

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from communities import access
from communities.models import Community, Post
from communities.plain import plain_text
from core.mail import site_url
from members.signing import signature


def who(post: Post) -> str:
    """Return who wrote a post, for members of its community: the name and what stands for it."""
    name = post.author.get_full_name() if post.author else ""
    signed = signature(post)
    return f"{name} ({signed})" if name else signed


def seen_by(community: Community) -> str:
    """Return the sentence that says who can read what stands in a community."""
    if community.is_public:
        return _("Everyone can read this community.")
    people = access.members_of(community).count()
    return ngettext(
        "Only the one member of %(name)s can read this.",
        "Only the %(people)s members of %(name)s can read this.",
        people,
    ) % {"people": people, "name": isolated(community.name)}


def isolated(text: str) -> str:
    """Return what members wrote so that it turns no sentence round that reads from the right.

    By the marks of Unicode (FSI, PDI), which plain text and headers have in place of <bdi>.
    """
    return f"\u2068{text}\u2069" if get_language_bidi() else text


def excerpt(post: Post, longest: int) -> str:
    """Return the beginning of a post in one line."""
    return Truncator(" ".join(plain_text(post.text).split())).chars(longest)


def choices_address() -> str:
    """Return the whole address of the page where people choose what they are mailed."""
    return site_url() + reverse("community-mail")


def listed(parts: list[str]) -> str:
    """Return parts as one text, such as "3 questions, 2 answers"."""
    text = parts[0] if parts else ""
    for part in parts[1:]:
        text = _("%(before)s, %(next)s") % {"before": text, "next": part}
    return text
