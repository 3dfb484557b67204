"""What this app knows about people, and what stays when they leave.

What was said in the name of an institution stays, signed by the institution and the country;
earlier texts, checklists and the link to the person go.
"""

from users.personal import Erasure, Personal, register

SIGNED = ("institution__name", "country", "created_at")

register(
    Personal(
        model="adoption.Feedback",
        owners=("author",),
        erasure=Erasure.UNLINK,
        exported=("practice__title", "kind", "section", "text", "edited_at", *SIGNED),
    ),
    Personal(model="adoption.EarlierText", owners=("feedback__author",), erasure=Erasure.DELETE),
    Personal(model="adoption.Hiding", owners=("by",), erasure=Erasure.UNLINK),
    Personal(model="adoption.TakenOver", owners=("by",), erasure=Erasure.UNLINK),
    Personal(
        model="adoption.Adoption",
        owners=("author",),
        erasure=Erasure.UNLINK,
        exported=(
            *("origin__title", "year_from", "year_to", "changed", "result", "result_note"),
            *("evidence_url", "audience", "voice", "state", "edited_at", *SIGNED),
        ),
    ),
    Personal(
        model="adoption.AdoptionCondition",
        owners=("adoption__author",),
        erasure=Erasure.KEEP,
        exported=("adoption__origin__title", "condition", "held", "note"),
    ),
    Personal(
        model="adoption.OriginAnswer",
        owners=("author",),
        erasure=Erasure.UNLINK,
        exported=("adoption__origin__title", "confirms", "text", *SIGNED),
    ),
    Personal(
        model="adoption.FitCheck",
        owners=("user",),
        erasure=Erasure.DELETE,
        exported=("practice__title", "shared_with", "changed_at"),
    ),
    Personal(
        model="adoption.FitAnswer",
        owners=("check_of__user",),
        erasure=Erasure.DELETE,
        exported=("check_of__practice__title", "condition", "held", "note"),
    ),
    Personal(model="adoption.TruthAnswer", owners=("by",), erasure=Erasure.UNLINK),
    Personal(model="adoption.GuidanceCheck", owners=("cleared_by",), erasure=Erasure.UNLINK),
)
