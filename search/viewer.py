"""Who is searching, as the set of audiences they belong to."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from core.visibility import EVERYBODY, NOBODY, audiences_of

# Apps that admit people to something (communities, country teams) add what they know of a user.
_providers: list[Callable[[Any], Iterable[str]]] = [audiences_of]
# An app that knows who answers for a country tells it.
_homes: list[Callable[[Any], str]] = []


def register_audiences(provider: Callable[[Any], Iterable[str]]) -> None:
    """Ask `provider` for the audiences of every signed-in, active user from now on."""
    if provider not in _providers:
        _providers.append(provider)


def register_home(provider: Callable[[Any], str]) -> None:
    """Ask `provider(user)` for the ISO alpha-3 code of the country that somebody answers for."""
    if provider not in _homes:
        _homes.append(provider)


def unregister_home(provider: Callable[[Any], str]) -> None:
    """Ask this provider no more."""
    if provider in _homes:
        _homes.remove(provider)


def home_of(user: Any) -> str:
    """Return where a reader needs answers who does not say it, or "" for anywhere."""
    if not (getattr(user, "is_authenticated", False) and user.is_active):
        return ""
    return next(filter(None, (provider(user) for provider in _homes)), "")


def unregister_audiences(provider: Callable[[Any], Iterable[str]]) -> None:
    """Ask this provider no more."""
    if provider in _providers:
        _providers.remove(provider)


@dataclass(frozen=True)
class Viewer:
    """The audiences that somebody belongs to; "nobody" is never among them."""

    audiences: frozenset[str]

    @classmethod
    def of(cls, user: Any) -> "Viewer":
        """Return what this user may see right now; everybody else is `ANYONE`."""
        if not (getattr(user, "is_authenticated", False) and user.is_active):
            return ANYONE
        audiences = {audience for provider in _providers for audience in provider(user)}
        return cls(EVERYBODY | audiences - {NOBODY})

    @classmethod
    def asking(cls, request: Any) -> "Viewer":
        """Return who makes a request (None: nobody known), looked up once for all its searches."""
        if request is None:
            return ANYONE
        if not hasattr(request, "search_viewer"):
            request.search_viewer = cls.of(getattr(request, "user", None))
        viewer: Viewer = request.search_viewer
        return viewer


ANYONE = Viewer(EVERYBODY)
