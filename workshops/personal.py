"""What this app knows about people, and what stays when they leave.

Cards, decisions and notes stay, signed by the institution and the country; registrations go.
"""

from users.personal import Erasure, Personal, register

SIGNED = ("institution__name", "country", "created_at")


def _unlinked(model: str, *exported: str) -> Personal:
    return Personal(
        model=f"workshops.{model}",
        owners=("author",),
        erasure=Erasure.UNLINK,
        exported=(*exported, *SIGNED),
    )


register(
    _unlinked("Challenge", "workshop__title", "about", "title", "text", "ask"),
    _unlinked("Recommendation", "challenge__workshop__title", "challenge__title", "text"),
    _unlinked("Decision", "card__challenge__title", "choice", "reason"),
    _unlinked("Note", "group__breakout__title", "question__text", "text"),
)
register(
    Personal(
        model="workshops.Registration",
        owners=("user",),
        erasure=Erasure.DELETE,
        exported=(
            *("workshop__title", "country", "institution__name", "text", "state"),
            *("asked_at", "decided_at", "reason", "attended"),
        ),
    ),
    Personal(
        model="workshops.TravelRequest",
        owners=("user",),
        erasure=Erasure.DELETE,
        exported=(
            *("workshop__title", "travels_from", "needs", "state"),
            *("asked_at", "decided_at", "answer"),
        ),
    ),
    Personal(
        model="workshops.Facilitator",
        owners=("user",),
        erasure=Erasure.DELETE,
        exported=("workshop__title", "named_at"),
    ),
    Personal(
        model="workshops.Workshop",
        owners=("created_by",),
        erasure=Erasure.UNLINK,
        exported=("title", "created_at"),
    ),
    Personal(
        model="workshops.WorkshopCountry",
        owners=("gaps_shared_by",),
        erasure=Erasure.UNLINK,  # what a country shares is the country's
        exported=("workshop__title", "code", "gaps_shared_at"),
    ),
    Personal(
        model="workshops.WorkshopDocument",
        owners=("added_by",),
        erasure=Erasure.UNLINK,
        exported=("workshop__title", "title", "added_at"),
    ),
    Personal(
        model="workshops.Round",
        owners=("started_by",),
        erasure=Erasure.UNLINK,
        exported=("workshop__title", "number", "started_at"),
    ),
    Personal(
        model="workshops.BreakoutGroup",
        owners=("rapporteur",),
        erasure=Erasure.UNLINK,
        exported=("breakout__title", "name"),
    ),
)
register(
    Personal(
        model="workshops.Survey",
        owners=("created_by",),
        erasure=Erasure.UNLINK,
        exported=("workshop__title", "title", "created_at"),
    ),
    Personal(
        model="workshops.SurveyInvitation",
        owners=("user",),
        erasure=Erasure.DELETE,
        exported=("survey__title", "used"),
    ),
)
register(
    Personal(
        model="workshops.WorkItem",
        owners=("owner",),
        erasure=Erasure.UNLINK,
        exported=("title", "due_on", "status"),
    ),
    Personal(
        model="workshops.Contribution",
        owners=("owner",),
        erasure=Erasure.UNLINK,
        exported=("report__year", "chapter", "deadline", "status", "url", "note"),
    ),
    Personal(
        model="workshops.DataPack",
        owners=("made_by",),
        erasure=Erasure.KEEP,  # written once, by an account that then names nobody
        exported=("year", "made_at"),
    ),
    Personal(
        model="workshops.ChairTerm",
        owners=("user", "named_by"),
        erasure=Erasure.KEEP,  # which agency chaired when is known of the agency
        exported=("institution__name", "starts", "ends", "ended_at"),
        given_to=("user",),
    ),
)
register(
    Personal(
        model="workshops.Suggestion",
        owners=("decided_by",),
        erasure=Erasure.UNLINK,
        exported=("page__title", "kind", "code", "state", "decided_at"),
    ),
    Personal(
        model="workshops.CardOutcome",
        owners=("by",),
        erasure=Erasure.UNLINK,
        exported=("card", "kind", "at"),
    ),
)
