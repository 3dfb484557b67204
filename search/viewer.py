"""Who is searching, as the set of audiences they belong to."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from core.visibility import EVERYBODY, NOBODY, audiences_of

# Apps that admit people to something (communities, country teams) add what they know of a user.
_providers: list[Callable[[Any], Iterable[str]]] = [audiences_of]


def register_audiences(provider: Callable[[Any], Iterable[str]]) -> None:
    """Ask `provider` for the audiences of every signed-in, active user from now on."""
    if provider not in _providers:
        _providers.append(provider)


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
