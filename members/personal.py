"""What this app and the accounts below it keep about people."""

from users.personal import Erasure, Personal, register

register(
    Personal(
        model="members.Role",
        owners=("user",),
        # That an institution had somebody in an office then is known of the institution.
        erasure=Erasure.KEEP,
        exported=("kind", "institution__name", "country__code", "starts", "ends", "ended_at"),
    ),
    Personal(
        model="members.Application",
        owners=("user",),
        erasure=Erasure.DELETE,
        exported=(
            *("state", "role", "institution__name", "institution_name", "institution_kind"),
            *("country__code", "languages", "expertise", "motivation"),
            *("sent_at", "decided_at", "reason"),
        ),
    ),
    Personal(
        model="members.Application_topics",
        owners=("application__user",),
        erasure=Erasure.DELETE,
        exported=("theme__code",),
    ),
    Personal(
        model="members.Question",
        owners=("application__user",),
        erasure=Erasure.DELETE,
        exported=("text", "asked_at", "answer", "answered_at"),
    ),
    Personal(
        model="members.Profile",
        owners=("user",),
        erasure=Erasure.DELETE,
        exported=("expertise", "listed", "ask_me"),
    ),
    Personal(
        model="members.SpokenLanguage",
        owners=("profile__user",),
        erasure=Erasure.DELETE,
        exported=("code",),
    ),
    Personal(
        model="members.Profile_topics",
        owners=("profile__user",),
        erasure=Erasure.DELETE,
        exported=("theme__code",),
    ),
    Personal(
        model="account.EmailAddress",
        owners=("user",),
        erasure=Erasure.DELETE,
        exported=("email", "verified", "primary"),
    ),
    Personal(
        model="mfa.Authenticator",
        owners=("user",),
        erasure=Erasure.DELETE,
        exported=("type", "created_at", "last_used_at"),  # the secret itself stays one
    ),
    Personal(
        model="socialaccount.SocialAccount",
        owners=("user",),
        erasure=Erasure.DELETE,
        exported=("provider", "uid", "last_login", "date_joined", "extra_data"),
    ),
    Personal(
        model="usersessions.UserSession",
        owners=("user",),
        erasure=Erasure.DELETE,
        exported=("created_at", "last_seen_at", "ip", "user_agent"),
    ),
    Personal(
        model="users.User_groups",
        owners=("user",),
        erasure=Erasure.DELETE,
        exported=("group__name",),
    ),
    Personal(
        model="users.User_user_permissions",
        owners=("user",),
        erasure=Erasure.DELETE,
        exported=("permission__codename",),
    ),
)
