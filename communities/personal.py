"""What this app knows about people, and what stays when they leave.

What was said in the name of an institution stays, signed by the institution and the country; who
was called by name, earlier texts, choices and what was followed go. A person is given the number
of a thread and not its title, which others may have changed since the person could read it.
"""

from communities import mentions
from users.personal import Erasure, Personal, register

SIGNED = ("institution__name", "country", "created_at")


def _gone(model: str, owner: str, *exported: str) -> Personal:
    return Personal(
        model=f"communities.{model}", owners=(owner,), erasure=Erasure.DELETE, exported=exported
    )


def _unlinked(model: str, *owners: str, exported: tuple[str, ...] = ()) -> Personal:
    return Personal(
        model=f"communities.{model}", owners=owners, erasure=Erasure.UNLINK, exported=exported
    )


register(
    _unlinked("Community", "created_by", exported=("name", "created_at")),
    _gone("Membership", "user", "community__name", "is_facilitator", "joined_at", "left_at"),
    _gone("JoinRequest", "user", "community__name", "text", "state", "created_at"),
    _gone("Invitation", "user", "community__name", "created_at", "accepted_at"),
    _unlinked("Thread", "author", exported=("community__name", "kind", "title", *SIGNED)),
    _unlinked("Post", "author", exported=("thread_id", "number", "text", "edited_at", *SIGNED)),
    _gone("EarlierText", "post__author"),
    Personal(
        model="communities.Mention",
        owners=("user",),
        erasure=Erasure.DELETE,
        exported=("post__thread_id",),
        also=mentions.forget,
    ),
    _unlinked("Attachment", "uploaded_by", exported=("name", "size", "created_at")),
    _unlinked("ShelfItem", "author", exported=("title", "description", "url", *SIGNED)),
    _unlinked("Event", "author", exported=("title", "starts", *SIGNED)),
    Personal(
        model="communities.Decision",
        owners=("author",),
        erasure=Erasure.KEEP,
        exported=("title", "adopted_on", *SIGNED),
    ),
    Personal(
        model="communities.DecisionReview",
        owners=("by",),
        erasure=Erasure.KEEP,
        exported=("decision__title", "finding", "note", "at"),
    ),
    _gone("MailChoice", "user", "rhythm", "last_digest_at"),
    _gone("Notice", "user", "post__thread_id", "reason", "created_at", "settled_at"),
    _gone("Quiet", "user", "thread_id", "created_at"),
    _gone("Follow", "user", "kind", "code", "created_at"),
    _gone("FeedToken", "user", "membership__community__name", "created_at", "revoked_at"),
    Personal(
        model="communities.Report",
        owners=("by", "settled_by"),
        erasure=Erasure.UNLINK,
        # Whoever settled it read the words of somebody else; what they did is in the log.
        given_to=("by",),
        exported=("reason", "created_at"),
    ),
    _unlinked("Hiding", "by"),
    Personal(
        model="communities.Act",
        owners=("by", "user"),
        erasure=Erasure.KEEP,
        exported=("community__name", "kind", "at", "reason"),
    ),
    _unlinked("Summary", "author", exported=("thread_id", *SIGNED)),
    _unlinked("Outcome", "by", exported=("title", "kind", "at")),
)
