"""Opens the communities that the documents name; nobody is in them, and nothing is said in them."""

from collections.abc import Callable

from communities.models import Community
from config.seeding.ledger import first_time
from config.seeding.pages import DemoError
from config.seeding.reading import Entry, entries
from vocabulary.models import Region, Theme

FIELDS = ("slug", "name", "kind", "visibility", "region", "themes", "languages")


def load_communities(report: Callable[[str], None]) -> None:
    """Open the communities that were never opened before."""
    new = sum(_load(entry) for entry in entries("communities"))
    report(f"communities: {new} new")


def _load(entry: Entry) -> bool:
    meta = entry.meta
    there = Community.objects.filter(slug=meta["slug"]).exists()
    if not first_time(Community, meta["id"]) or there:
        return False
    _check(Theme, meta["themes"], entry)
    _check(Region, [meta["region"]] if meta["region"] else [], entry)
    fields = {name: meta[name] for name in FIELDS}
    Community.objects.create(**fields, purpose=entry.section(""))
    return True


def _check(model: type[Theme] | type[Region], codes: list[str], entry: Entry) -> None:
    known = set(model._default_manager.filter(code__in=codes).values_list("code", flat=True))
    if unknown := set(codes) - known:
        raise DemoError(f"{entry.path.name}: {sorted(unknown)} is not known.")
