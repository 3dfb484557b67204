"""What this app keeps about people."""

from users.personal import Erasure, Personal, register

register(
    Personal(
        model="members.Role",
        owners=("user",),
        erasure=Erasure.KEEP,  # who held which office when is known of the office, not the person
    ),
    Personal(model="members.Profile", owners=("user",), erasure=Erasure.DELETE),
)
