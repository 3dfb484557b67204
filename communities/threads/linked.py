"""Addresses that somebody just pasted into a text lead there, as if they had marked them."""

import re

from django.utils.safestring import SafeString, mark_safe

_TAGS = re.compile(r"(<[^<>]*>)")
_ADDRESS = re.compile(r"https?://(?:[^\s<>\"'&]|&amp;){1,500}")
_KEPT_AS_IT_IS = ("a", "code")
_LINK = '<a href="{0}" rel="ugc nofollow noopener">{0}</a>'


def linked(html: SafeString) -> SafeString:
    """Return cleaned HTML in which the addresses of its text are links, but in links and code."""
    if "://" not in html:
        return html
    parts = _TAGS.split(html)
    inside = 0
    for place, part in enumerate(parts):
        if place % 2:
            name = part.strip("</>").partition(" ")[0]
            if name in _KEPT_AS_IT_IS:
                inside += -1 if part.startswith("</") else 1
        elif not inside:
            parts[place] = _ADDRESS.sub(_link, part)
    return mark_safe("".join(parts))  # noqa: S308 - cleaned HTML; what is added has no quotes


def _link(found: re.Match[str]) -> str:
    """Return a link; what ends the sentence, or a bracket around the address, is no part of it."""
    address = found[0].rstrip(".,;:!?*_")
    if address.endswith(")") and "(" not in address:
        address = address.rstrip(").,;:!?")
    return _LINK.format(address) + found[0][len(address) :]
