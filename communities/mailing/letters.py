"""The mail with one post, made when it leaves: for whoever may still read it then."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from communities import access
from communities.inbound.addresses import reply_address
from communities.mailing import headers, stopping, words
from communities.models import MailChoice, Notice, Post, Quiet
from core import mail
from core.mail import Letter
from core.markdown import rendered
from members.roles import is_member
from users.models import User

POST = "community-post"
LONGEST_QUOTATION = 300  # characters
Notices = QuerySet[Notice]


def allowed(user: User, notices: Iterable[Notice]) -> frozenset[int]:
    """Return the ids of the posts that somebody may be told of now, and has not asked not to be."""
    wanted = [notice.post_id for notice in notices]
    if not is_member(user):
        return frozenset()
    quiet = Quiet.objects.filter(user=user)
    posts = access.posts_to_tell(user).filter(pk__in=wanted)
    posts = posts.exclude(thread__in=quiet.values("thread_id"))
    return frozenset(posts.values_list("pk", flat=True))


def make(user: int, notice: int) -> Letter | None:
    """Return the mail with one post, or None if it is none of this person's business any more."""
    told = Notice.objects.filter(pk=notice, user_id=user).select_related("user").first()
    if told is None or told.post_id not in allowed(told.user, [told]):
        return None
    posts = Post.objects.select_related("thread__community", "author", "institution", "quoted")
    post = posts.get(pk=told.post_id)
    choice = stopping.choice_of(user)
    with override(mail.language_of(told.user)):
        return mail.letter(
            POST, told.user, _context(told, post, choice), headers=_headers(post, choice, told.user)
        )


def _headers(post: Post, choice: MailChoice, user: User) -> dict[str, str]:
    told = headers.of_post(post, choice)
    reply_to = reply_address(user, post)
    return {**told, "Reply-To": reply_to} if reply_to else told


def _context(notice: Notice, post: Post, choice: MailChoice) -> dict[str, object]:
    thread = post.thread
    return {
        "post": post,
        "thread": thread,
        "community": thread.community,
        "mentioned": notice.reason == Notice.Reason.MENTION,
        "who": words.who(post),
        "seen_by": words.seen_by(thread.community),
        "text": post.text.replace("](/", f"]({mail.site_url()}/"),
        "html": at_home(rendered(post.text)),
        "quoted": _quotation(post),
        "files": list(post.attachments.all()),
        "answers_by_mail": bool(reply_address(notice.user, post)),
        "url": mail.site_url() + post.get_absolute_url(),
        "stop": stopping.address(choice, stopping.THREAD, thread.pk),
        "choices": words.choices_address(),
    }


def _quotation(post: Post) -> str:
    """Return the beginning of what a post quotes, if that stands."""
    if not post.quoted or not access.standing_posts().filter(pk=post.quoted.pk).exists():
        return ""
    return words.excerpt(post.quoted, LONGEST_QUOTATION)


def at_home(html: SafeString) -> SafeString:
    """Return HTML whose links to this site work in a mail."""
    return mark_safe(html.replace('href="/', f'href="{mail.site_url()}/'))  # noqa: S308 - as safe


mail.register_maker(POST, make)
