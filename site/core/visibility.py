"""Who may open what, and who may find it: the one place that decides it.

People belong to audiences. A page or a file without restriction is for `PUBLIC`; a restriction
narrows to `SIGNED_IN` or to groups, and whoever opens something satisfies each restriction on it
and above it. A shared password admits nobody: it is not known whose it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib.auth.models import Group
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.utils import timezone
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction
from wagtail.query import PageQuerySet

PUBLIC, SIGNED_IN, NOBODY = "public", "signed-in", "nobody"
Audiences = frozenset[str]
EVERYBODY: Audiences = frozenset({PUBLIC})
GROUP = "group:"
# The attribute under which the user of a request keeps their groups while it is answered.
KEPT = "_groups_while_answering"

Pages = TypeVar("Pages", bound=PageQuerySet)
Restrictions = QuerySet[Any]  # of PageViewRestriction or CollectionViewRestriction


def audiences_of(user: Any) -> Audiences:
    """Return the audiences of a user at this moment; an administrator is of every group."""
    if not (getattr(user, "is_authenticated", False) and user.is_active):
        return EVERYBODY
    groups = _every_group(user) if user.is_superuser else _own_groups(user)
    return frozenset({PUBLIC, SIGNED_IN, *(f"{GROUP}{pk}" for pk in groups)})


def keep_groups(user: Any, groups: Iterable[int], every: Iterable[int] | None = None) -> None:
    """Keep what was read for the user of a request: their groups and, if read, every group."""
    kept = {"own": frozenset(groups)}
    setattr(user, KEPT, kept if every is None else kept | {"every": frozenset(every)})


def _own_groups(user: Any) -> Iterable[int]:
    kept: dict[str, Iterable[int]] = getattr(user, KEPT, {})
    return kept["own"] if "own" in kept else user.groups.values_list("pk", flat=True)


def _every_group(user: Any) -> Iterable[int]:
    kept: dict[str, Iterable[int]] = getattr(user, KEPT, {})
    if "every" not in kept:
        # Of a user who keeps nothing this is forgotten at once.
        kept["every"] = list(Group.objects.values_list("pk", flat=True))
    return kept["every"]


def unmet(restrictions: Restrictions, audiences: Audiences) -> Restrictions:
    """Keep the restrictions that these audiences do not satisfy, in the same query."""
    if SIGNED_IN not in audiences:
        return restrictions
    model = restrictions.model
    groups = [int(name.removeprefix(GROUP)) for name in audiences if name.startswith(GROUP)]
    met = Q(restriction_type=model.LOGIN) | Q(restriction_type=model.GROUPS, groups__in=groups)
    return restrictions.exclude(pk__in=model.objects.filter(met).values("pk"))


def closed_to(audiences: Audiences, model: Any, place: str, path: str) -> Exists:
    """Match what lies at or below a restriction of this model that these audiences do not meet.

    `place` leads from a restriction to its path in the tree, `path` from what is matched.
    """
    here = ExpressionWrapper(OuterRef(path), output_field=CharField())
    here_or_above = unmet(model.objects.alias(below=here), audiences)
    return Exists(here_or_above.filter(below__startswith=F(place)))


def restricted() -> Q:
    """Match pages whose restrictions must be read: some are on them or above, or may be.

    For an alias, and what lies below it, count those of its original, which this does not ask.
    """
    here = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    aliases = Page.objects.alias(below=here).filter(alias_of__isnull=False)
    closed = closed_to(EVERYBODY, PageViewRestriction, "page__path", "path")
    return Q(closed) | Q(Exists(aliases.filter(below__startswith=F("path"))))


def unexpired() -> Q:
    """Match pages that have not expired, whether or not cron has run yet."""
    return Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now())


def begun() -> Q:
    """Match pages whose time has come, whatever made them live before it."""
    return Q(go_live_at__isnull=True) | Q(go_live_at__lte=timezone.now())


def live_for(pages: Pages, audiences: Audiences) -> Pages:
    """Keep the pages that these audiences may open at this moment, in the same query."""
    closed = closed_to(audiences, PageViewRestriction, "page__path", "path")
    visible: Pages = pages.live().filter(unexpired() & begun() & ~Q(closed))
    return visible


def live_public(pages: Pages) -> Pages:
    """Keep the pages that are published, in their time and below no restriction."""
    return live_for(pages, EVERYBODY)


def may_open(page: Page, user: Any) -> bool:
    """Return whether this user may open this page at this moment."""
    now = timezone.now()
    if not page.live or (page.expire_at and page.expire_at <= now):
        return False
    if page.go_live_at and page.go_live_at > now:
        return False
    restrictions = page.get_view_restrictions()
    # Asked first because it is read anyway, once for a page: most pages have none.
    return not restrictions or not unmet(restrictions.all(), audiences_of(user)).exists()


@dataclass(frozen=True)
class Closed:
    """A place in a tree that only some may open; what lies below it is theirs, too."""

    path: str
    audiences: Audiences


def closed_pages() -> list[Closed]:
    """Return the places of the page tree that are restricted."""
    return _closed(PageViewRestriction.objects.select_related("page"), "page")


def closed_collections() -> list[Closed]:
    """Return the collections that are restricted."""
    restrictions = CollectionViewRestriction.objects.select_related("collection")
    return _closed(restrictions, "collection")


def _closed(restrictions: Restrictions, place: str) -> list[Closed]:
    return [
        Closed(getattr(restriction, place).path, _admitted(restriction))
        for restriction in restrictions.prefetch_related("groups")
    ]


def _admitted(restriction: Any) -> Audiences:
    """Return the audiences that satisfy one restriction."""
    if restriction.restriction_type == restriction.LOGIN:
        return frozenset({SIGNED_IN})
    if restriction.restriction_type == restriction.GROUPS:
        return frozenset(f"{GROUP}{group.pk}" for group in restriction.groups.all())
    return frozenset()


def audiences_at(path: str, closed: Iterable[Closed]) -> Audiences:
    """Return who may find what stands at a path: whoever is in one of these may open it.

    Where restrictions for different groups lie one below the other, only the groups that both
    name find it; somebody of both groups may open it all the same.
    """
    found: Audiences = EVERYBODY
    for place in closed:
        if path.startswith(place.path):
            found = _narrowed(found, place.audiences)
    return found or frozenset({NOBODY})


def _narrowed(wide: Audiences, narrow: Audiences) -> Audiences:
    if wide == EVERYBODY or (wide == {SIGNED_IN} and narrow):
        return narrow
    return wide if narrow == {SIGNED_IN} else wide & narrow
