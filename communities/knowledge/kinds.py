"""What a thread can become. Apps that communities may not know add theirs from `config`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from communities.knowledge import practices
from communities.knowledge.material import Material


@dataclass(frozen=True)
class Kind:
    """One thing that a thread can become.

    `targets(user)` are the (id, title) of pages that it can be put into, None where it is a page
    of its own. `make(material, target, user)` stores a draft and returns its page; the right to do
    so has been asked by `may`; `targets` are those that this person may change. `ClosedError` where
    that cannot be done now.
    """

    name: str
    label: str | Promise
    told: str | Promise  # what happens then, in a sentence
    places: Sequence[tuple[str, str | Promise]]
    may: Callable[[Any], bool]
    make: Callable[[Material, str, Any], Page]
    targets: Callable[[Any], Sequence[tuple[str, str]]] | None = None
    address: Callable[[Page], str] | None = None  # where its maker goes on


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Add something that a thread can become."""
    _kinds[kind.name] = kind


def get(name: str) -> Kind | None:
    """Return a kind by its name."""
    return _kinds.get(name)


def open_to(user: Any) -> list[Kind]:
    """Return what this person may make of a thread."""
    return [kind for kind in _kinds.values() if kind.may(user)]


register(
    Kind(
        name="practice",
        label=_("A draft practice"),
        told=_(
            "A new draft is made that you go on writing. You, the secretariat and, once you name "
            "countries, their representatives can read it; nothing becomes public unreviewed."
        ),
        places=practices.PLACES,
        may=practices.may_make,
        make=practices.make_practice,
        address=practices.address,
    )
)
register(
    Kind(
        name="building-block",
        label=_("A building block of a practice"),
        told=_(
            "It is added to the draft of a practice that you may edit. Whoever writes that "
            "practice can read it; nothing becomes public unreviewed."
        ),
        places=[("text", _("part of it"))],
        may=practices.may_make,
        make=practices.make_block,
        targets=practices.targets,
        address=practices.address,
    )
)
