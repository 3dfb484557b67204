"""Links inside the site that a contributor's text may have."""

from collections.abc import Iterator

from wagtail.models import Page
from wagtail.rich_text import RichText

from core.marks import targets_in, to_html, without_links
from core.marks.targets import stored
from core.visibility import live_public
from practices.contributing.fields import STREAMS, TEXTS
from practices.models import PracticePage


def rich_text(typed: str, before: str, page: PracticePage, headings: bool = False) -> str:
    """Return what was typed as rich text to store.

    A link to a page leads somewhere only if everyone may open it, or if the practice had it
    before; a file's number that somebody guessed would tell its name.
    """
    html = to_html(typed, before, headings)
    if html == before or "linktype" not in html:
        return html
    inside = {target for target in targets_in(html) if stored(target)}
    known = {target for text in texts_of(page) for target in targets_in(text)}
    unknown = [found for target in inside - known if (found := stored(target))]
    asked = [pk for kind, pk in unknown if kind == "page"]
    public = set(live_public(Page.objects.filter(pk__in=asked)).values_list("pk", flat=True))
    refused = {f"{kind}:{pk}" for kind, pk in unknown if kind != "page" or pk not in public}
    return without_links(html, refused) if refused else html


def texts_of(page: PracticePage) -> Iterator[str]:
    """Yield every formatted text of a practice, as stored."""
    for name in TEXTS:
        yield getattr(page, name)
    for name in STREAMS:
        for block in getattr(page, name):
            for value in block.value.values():
                if isinstance(value, RichText):
                    yield value.source
