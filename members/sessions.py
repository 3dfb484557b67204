"""The page of one's own sessions, read at once however many there are."""

from typing import Any

from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.generic.edit import FormView

from users.models import User


def going_on(user: User) -> list[UserSession]:
    """Return the sessions that somebody is signed in by, the first first; the rest is forgotten."""
    known = list(UserSession.objects.filter(user_id=user.pk).order_by("created_at", "pk"))
    keys = [each.session_key for each in known]
    stored = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    alive = {each.session_key for each in stored if _signs_in(user, each.get_decoded())}
    if over := [each.pk for each in known if each.session_key not in alive]:
        UserSession.objects.filter(pk__in=over).delete()
    return [each for each in known if each.session_key in alive]


def _signs_in(user: User, session: dict[str, Any]) -> bool:
    """Return whether a session is this person's, and not of the time before a new password."""
    if session.get(SESSION_KEY) != str(user.pk):
        return False
    told = session.get(HASH_SESSION_KEY, "")
    hashes = (user.get_session_auth_hash(), *user.get_session_auth_fallback_hash())
    return any(constant_time_compare(told, each) for each in hashes)


class SessionsView(ListUserSessionsView):
    """`GET`: one's own sessions. `POST`: end all others."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the page shows, without three queries for each session."""
        sessions = going_on(self.request.user)
        more = {"sessions": sessions, "session_count": len(sessions), "show_last_seen_at": False}
        return FormView.get_context_data(self, **kwargs) | more
