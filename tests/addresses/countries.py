"""What is kept of countries, for the table: the desk of Georgia; all of it is invented."""

from tests.addresses.rows import EVERYBODY, WRITERS, Row
from tests.countries import said

# "author" and "colleague" represent Georgia.
TEAM = WRITERS
GEORGIA = {"code": "country"}
ENTRY = GEORGIA | {"pk": "country entry"}
SOURCE = GEORGIA | {"pk": "country source"}
PLEDGE = GEORGIA | {"pk": "country commitment"}
BELOW = GEORGIA | {"commitment": "country commitment"}
NOTE = BELOW | {"pk": "country progress"}
BASE = "en/country/%(code)s"
NOTES = f"{BASE}/commitments/%(commitment)s/progress"

COUNTRIES = [
    Row(f"{BASE}/", TEAM, None, GEORGIA),
    Row(f"{BASE}/profile/new/%(kind)s/", TEAM, TEAM, GEORGIA | {"kind": "kind of entry"}),
    Row(f"{BASE}/profile/%(pk)s/", TEAM, TEAM, ENTRY),
    Row(f"{BASE}/profile/%(pk)s/delete/", TEAM, TEAM, ENTRY),
    Row(f"{BASE}/data-sources.csv", EVERYBODY, None, GEORGIA),
    Row(f"{BASE}/data-sources/new/", TEAM, TEAM, GEORGIA),
    Row(f"{BASE}/data-sources/%(pk)s/", TEAM, TEAM, SOURCE),
    Row(f"{BASE}/data-sources/%(pk)s/delete/", TEAM, TEAM, SOURCE),
    Row(f"{BASE}/commitments.%(ending)s", EVERYBODY, None, GEORGIA | {"ending": "table"}),
    Row("en/country/commitments.%(ending)s", EVERYBODY, None, {"ending": "table"}),
    Row(f"{BASE}/commitments/new/", TEAM, TEAM, GEORGIA),
    Row(f"{BASE}/commitments/%(pk)s/", TEAM, TEAM, PLEDGE),
    Row(f"{BASE}/commitments/%(pk)s/delete/", TEAM, TEAM, PLEDGE),
    Row(f"{BASE}/comparable/", EVERYBODY, None, GEORGIA),
    Row(f"{BASE}/gaps/", TEAM, None, GEORGIA),
    Row(f"{BASE}/gaps/%(gap)s/", TEAM, None, GEORGIA | {"gap": "country gap"}),
    Row(f"{BASE}/gaps/%(gap)s/goal/", TEAM, TEAM, GEORGIA | {"gap": "country gap"}),
    Row(f"{BASE}/goals/%(pk)s/", TEAM, TEAM, GEORGIA | {"pk": "country goal"}),
    Row(f"{BASE}/goals/%(pk)s/delete/", TEAM, TEAM, GEORGIA | {"pk": "country goal"}),
    Row("en/gap-map/", EVERYBODY),
    Row("en/gap-map/list/", EVERYBODY),
    Row("en/gap-map/table.%(ending)s", EVERYBODY, None, {"ending": "table"}),
    Row("en/gap-map/picture.svg", EVERYBODY),
    Row("en/gap-map/report.pdf", EVERYBODY),
    Row(f"{NOTES}/new/", TEAM, TEAM, BELOW),
    Row(f"{NOTES}/%(pk)s/", TEAM, TEAM, NOTE),
    Row(f"{NOTES}/%(pk)s/delete/", TEAM, TEAM, NOTE),
]


def country_things(who):
    """Return the things of these rows by name; "author" said them for the team."""
    author = who["author"]
    pledge = said.commitment(by=author)
    return {
        "country": said.page_of("GEO").country.code,
        "kind of entry": "role",
        "country entry": said.entry(by=author).pk,
        "country source": said.source(by=author).pk,
        "country commitment": pledge.pk,
        "country progress": said.progress(pledge, by=author).pk,
    }
