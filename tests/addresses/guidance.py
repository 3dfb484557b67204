"""The versions of a guidance for the table; all of it is invented."""

from guidance.models import GuidanceIndexPage, GuidancePage
from tests import factories
from tests.addresses.rows import EVERYBODY, Row, on

GUIDANCE = [
    Row("en/guidance-versions/%(pk)s/", EVERYBODY, None, on("guidance")),
    Row(
        "en/guidance-versions/%(pk)s/%(ending)s/",
        EVERYBODY,
        None,
        on("guidance") | {"ending": "light format"},
    ),
]


def guidance_things():
    """Return the things of these rows by name."""
    page = GuidancePage(title="Invented guidance", slug="invented", locale=factories.locale())
    factories.publish(page, factories.index(GuidanceIndexPage))
    return {"guidance": page.pk, "light format": "txt"}
