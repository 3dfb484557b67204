"""What this app knows about people, and what stays when they leave.

What was said of a country stays, signed by the institution and the country.
"""

from users.personal import Erasure, Personal, register

SIGNED = ("institution__name", "country", "created_at")


def _unlinked(model: str, *exported: str) -> Personal:
    return Personal(
        model=f"countries.{model}",
        owners=("author",),
        erasure=Erasure.UNLINK,
        exported=("about", *exported, "public", "changed_at", *SIGNED),
    )


register(
    _unlinked("ProfileEntry", "kind", "code", "note", "source"),
    _unlinked("DataSource", "name", "owner", "note", "source"),
    _unlinked("Commitment", "text", "made_on", "due_on", "source"),
    _unlinked("ProgressNote", "text", "on"),
    _unlinked("Goal", "text", "owner", "due_on", "state", "note"),
)
register(
    Personal(
        model="countries.Assessment",
        owners=("author",),
        erasure=Erasure.UNLINK,
        exported=("about", "version__questionnaire__slug", "round", *SIGNED),
    ),
    Personal(
        model="countries.Answer",
        owners=("author",),
        erasure=Erasure.UNLINK,
        exported=(
            *("assessment__about", "assessment__round", "question__code", "value", "not_known"),
            *("source", "note", "public", "saved_at", *SIGNED),
        ),
    ),
    Personal(
        model="countries.Reopening",
        owners=("author",),
        erasure=Erasure.UNLINK,
        exported=("assessment__about", "assessment__round", "reason", "until", *SIGNED),
    ),
)
