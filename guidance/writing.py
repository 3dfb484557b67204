"""A guidance as plain text with marks (Markdown): light, and the base of its other formats."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.mail import site_url
from core.marks.html import read_html
from core.marks.targets import stored
from core.marks.text import write_marks
from core.visibility import EVERYBODY
from guidance.models import GuidancePage


def as_text(page: GuidancePage) -> str:
    """Return the whole text in the language of the page; pictures by what they show."""
    with override(page.locale.language_code):
        parts = [f"# {page.title}", page.summary, "\n".join(_about(page))]
        if page.changed:
            parts += ["## " + _("What changed"), page.changed]
        open_ones = _public_files(page)
        parts += [_block(block, open_ones) for block in page.body]
        sources = [f"- {each}" for each in _sources(page)]
        if sources:
            parts += ["## " + _("Sources"), "\n".join(sources)]
        return "\n\n".join(part for part in parts if part) + "\n"


def _about(page: GuidancePage) -> Iterator[str]:
    issued = date_format(page.issued_on) if page.issued_on else page.issued
    for name, value in (
        (_("Version"), page.version),
        (_("Issued"), issued),
        (_("Issued by"), page.issued_by),
        (_("Address"), f"{site_url()}{page.permalink}" if page.pk else ""),
    ):
        if value:
            yield f"- {name}: {value}"


def _sources(page: GuidancePage) -> Iterator[str]:
    for row in page.cited:
        number = _("page %(number)s") % {"number": row.page_number} if row.page_number else ""
        yield ", ".join(filter(None, [str(row.document), row.place, number]))


def _block(block: Any, open_ones: set[int]) -> str:
    value = block.value
    match block.block_type:
        case "heading":
            return f"## {value}"
        case "figure":
            told = ". ".join(filter(None, [value["alt"], value["caption"]]))
            name = _("Picture")
            return f"[{name}: {told}]"
        case "quote":
            return "\n".join(f"> {line}" for line in [*value["text"].splitlines(), value["source"]])
        case "download":
            return _file(value, open_ones)
        case _:
            return _marked(value.source)


def _public_files(page: GuidancePage) -> set[int]:
    """Return which of the files in its text everybody may open, in one query."""
    files = [block.value["file"] for block in page.body if block.block_type == "download"]
    known = [file for file in files if file is not None]
    if not known:
        return set()
    found = type(known[0]).open_to(EVERYBODY).filter(pk__in=[file.pk for file in known])
    return set(found.values_list("pk", flat=True))


def _file(value: Any, open_ones: set[int]) -> str:
    """Return where a file is; "" for one that not everybody may open, as on the page."""
    file = value["file"]
    if file is None or file.pk not in open_ones:
        return ""
    address = f"{site_url()}{reverse('library:file', args=[file.pk])}"
    note = value["note"] or file.title
    return f"{note}: {address}"


def _marked(html: str) -> str:
    """Return formatted text with marks; links inside the site lead there from anywhere."""
    return write_marks(
        [
            replace(block, chars=tuple(replace(char, link=_led(char.link)) for char in block.chars))
            for block in read_html(html)
        ]
    )


def _led(link: str) -> str:
    inside = stored(link)
    if inside is None:
        return link
    kind, number = inside
    name = "permalink" if kind == "page" else "library:file"
    return f"{site_url()}{reverse(name, args=[number])}"
