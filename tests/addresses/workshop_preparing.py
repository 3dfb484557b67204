"""The preparation of a workshop for the table; all of it is invented."""

from tests.addresses.rows import OFFICE, Row
from tests.addresses.workshops import INSIDE, LEADERS, ONE, OWNERS

HERE = "en/workshop/%(workshop)s/preparation"
PREPARING = [
    Row(f"{HERE}/", INSIDE, OFFICE, ONE),
    Row(f"{HERE}/begin/", None, OFFICE, ONE),
    Row(f"{HERE}/remind/", None, LEADERS, ONE),
    # Only who represents Georgia: no peer who takes part, and nobody who leads.
    Row(f"{HERE}/share/", None, OWNERS, ONE, {"code": "GEO"}),
    Row(f"{HERE}/gaps.%(ending)s", INSIDE, None, ONE | {"ending": "table"}),
]
