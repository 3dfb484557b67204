"""Where a link in a text may lead."""

import re

from wagtail.whitelist import check_url

_STORED = re.compile(r"^(page|document):(\d{1,9})$")
_ADDRESS = re.compile(r"^(https?://|ftp://|mailto:|tel:|/(?![/\\])|#)", re.IGNORECASE)
_UNFIT = re.compile(r"[\s\x00-\x20<>\"`\\]")


def stored(target: str) -> tuple[str, int] | None:
    """Return ("page" or "document", id) of a link inside the site, None for an address."""
    found = _STORED.match(target)
    return (found[1], int(found[2])) if found else None


def fit(target: str) -> str:
    """Return a target as it may be stored; "" for what must not be a link."""
    target = target.strip()
    if target.lower().startswith("www."):
        target = f"https://{target}"
    if stored(target):
        return target
    if len(target) > 2000 or _UNFIT.search(target) or not _ADDRESS.match(target):
        return ""
    return target if check_url(target) else ""
