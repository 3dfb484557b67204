"""What this app keeps about people."""

from users.personal import Erasure, Personal, register

register(
    Personal(
        model="search.SavedSearch",
        owners=("user",),
        erasure=Erasure.DELETE,
        exported=(
            *("name", "query", "filters", "country", "sort", "language"),
            *("created_at", "seen_at"),
        ),
    )
)
