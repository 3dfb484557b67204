"""What this app keeps about people."""

from users.personal import Erasure, Personal, register

register(
    Personal(
        model="reviewing.Assignment",
        owners=("reviewer",),
        erasure=Erasure.UNLINK,  # that somebody reviewed it, and when, stays with the practice
        exported=("page__title", "state", "asked_at", "due", "answered_at"),
    ),
    Personal(
        model="reviewing.SectionComment",
        owners=("writer",),
        erasure=Erasure.UNLINK,  # the text belongs to the review, signed by a number
        exported=("page__title", "section", "text", "created_at"),
    ),
    Personal(
        model="reviewing.Invitation",
        owners=("proposed_by", "issued_by"),
        erasure=Erasure.UNLINK,
        exported=("page__title", "purpose", "office", "created_at", "issued_at", "answer"),
    ),
    Personal(
        model="reviewing.SignOff",
        owners=("signed_by",),
        erasure=Erasure.KEEP,  # an office's act, by an account that then names nobody
        exported=("page__title", "signed_at", "reason"),
    ),
)
