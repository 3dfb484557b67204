"""What Wagtail keeps about people.

Pages, revisions, files and the log stay, since they are the work of an institution; they lead to
an account that names nobody any more.
"""

from typing import Any

from users.personal import Erasure, Personal, register


def _without_picture(user: Any, rows: Any) -> None:
    """Delete the file of somebody's picture; the row alone would leave it in the folder."""
    for profile in rows:
        if profile.avatar:
            profile.avatar.delete(save=False)


def _without_labels(user: Any, rows: Any) -> None:
    """Forget the name of the account in entries about the account itself."""
    from django.contrib.auth import get_user_model
    from django.contrib.contenttypes.models import ContentType

    about = rows.model._default_manager.filter(
        content_type=ContentType.objects.get_for_model(get_user_model()), object_id=str(user.pk)
    )
    about.update(label="", data={})


def _unlocked(user: Any, rows: Any) -> None:
    """Open the pages that somebody has locked: nobody else could."""
    rows.model._default_manager.filter(locked_by=user).update(
        locked=False, locked_by=None, locked_at=None
    )


def _kept(model: str, *owners: str, exported: tuple[str, ...]) -> Personal:
    return Personal(model=model, owners=owners, erasure=Erasure.KEEP, exported=exported)


def _deleted(model: str, owner: str, *exported: str) -> Personal:
    return Personal(model=model, owners=(owner,), erasure=Erasure.DELETE, exported=exported)


register(
    Personal(
        model="wagtailcore.Page",
        owners=("owner",),
        erasure=Erasure.KEEP,
        exported=("title", "first_published_at"),
        also=_unlocked,
    ),
    _kept("wagtailcore.Revision", "user", exported=("object_str", "created_at")),
    _kept("wagtailcore.PageLogEntry", "user", exported=("label", "action", "timestamp")),
    Personal(
        model="wagtailcore.ModelLogEntry",
        owners=("user",),
        erasure=Erasure.KEEP,
        exported=("label", "action", "timestamp"),
        also=_without_labels,
    ),
    _kept("wagtailcore.Comment", "user", exported=("page__title", "text", "created_at")),
    _kept("wagtailcore.CommentReply", "user", exported=("text", "created_at")),
    _kept("wagtailcore.TaskState", "finished_by", exported=("status", "finished_at", "comment")),
    _kept("wagtailcore.WorkflowState", "requested_by", exported=("status", "created_at")),
    _kept("wagtailimages.Image", "uploaded_by_user", exported=("title", "created_at")),
    _kept("core.SiteImage", "uploaded_by_user", exported=("title", "created_at")),
    _kept("wagtaildocs.Document", "uploaded_by_user", exported=("title", "created_at")),
    _kept("library.LibraryFile", "uploaded_by_user", exported=("title", "created_at")),
    _kept("wagtail_localize.StringTranslation", "last_translated_by", exported=("data",)),
    _kept("wagtail_localize.SegmentOverride", "last_translated_by", exported=("data_json",)),
    _deleted("wagtailcore.UploadedFile", "uploaded_by_user", "file"),
    _deleted("wagtailcore.PageSubscription", "user", "page__title"),
    _deleted("wagtailcore.APIToken", "user", "name", "created", "last_used_at"),
    _deleted("wagtailadmin.EditingSession", "user", "last_seen_at"),
    _deleted("wagtailadmin.FormState", "user", "data", "last_updated_at"),
    Personal(
        model="wagtailusers.UserProfile",
        owners=("user",),
        erasure=Erasure.DELETE,
        exported=("preferred_language", "current_time_zone"),
        also=_without_picture,
    ),
)
