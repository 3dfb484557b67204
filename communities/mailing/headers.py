"""What the headers of a mail say: which thread it is of, which list, how to get no more of it."""

from django.utils.crypto import salted_hmac

from communities import access
from communities.mailing import stopping
from communities.models import Community, MailChoice, Post
from core.mail import host

ID_LENGTH = 16  # hexadecimal digits


def message_id(post: Post) -> str:
    """Return the name of a post among mails: the same for all who get it, and for ever."""
    return f"<post-{post.pk}.{_opaque('message', post.pk)}@{host()}>"


def list_id(community: Community) -> str:
    """Return the name of a community among mailing lists (RFC 2919); of a private one no word."""
    name = _opaque("list", community.pk) if community.is_private else community.slug
    return f"<{name}.communities.{host()}>"


def of_post(post: Post, choice: MailChoice) -> dict[str, str]:
    """Return the headers of a mail with a post: its thread, its list, the way out of both."""
    return {
        "Message-ID": message_id(post),
        **_thread_of(post),
        "List-Id": list_id(post.thread.community),
        "Precedence": "list",
        **_way_out(choice, stopping.THREAD, post.thread_id),
        **_from_a_machine(),
    }


def of_digest(choice: MailChoice, day: str) -> dict[str, str]:
    """Return the headers of the digest of a day, and the way out of it."""
    name = f"digest-{day}.{_opaque('digest', choice.pk, day)}"
    return {
        "Message-ID": f"<{name}@{host()}>",
        "List-Id": f"<digest.communities.{host()}>",
        "Precedence": "bulk",
        **_way_out(choice, stopping.DIGEST),
        **_from_a_machine(),
    }


def _thread_of(post: Post) -> dict[str, str]:
    """Return what post this one answers: the one that it quotes, else the one before it."""
    if post.number == 1:
        return {}
    earlier = access.standing_posts().filter(thread_id=post.thread_id, number__lt=post.number)
    first = earlier.filter(number=1).first()
    before = post.quoted or earlier.order_by("-number").first()
    named = list(dict.fromkeys(message_id(each) for each in (first, before) if each))
    return {"In-Reply-To": named[-1], "References": " ".join(named)} if named else {}


def _way_out(choice: MailChoice, stream: str, number: int = 0) -> dict[str, str]:
    """Return the headers for one click (RFC 2369, RFC 8058)."""
    return {
        "List-Unsubscribe": f"<{stopping.address(choice, stream, number)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _from_a_machine() -> dict[str, str]:
    """Return what keeps other machines from answering (RFC 3834; the second is Exchange's)."""
    return {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


def _opaque(kind: str, *parts: object) -> str:
    text = ":".join(map(str, parts))
    return salted_hmac(f"communities.mailing.{kind}", text).hexdigest()[:ID_LENGTH]
