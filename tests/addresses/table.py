"""The table: every address of the site, who may ask for it and who may send to it.

A row names a route (its place holders in %(…)s), the things that its place holders stand for, and
the people who are let in by GET and by POST. Whoever is not named is answered as if there were
nothing, or sent to log in. `None`: the address does not take this method from anybody.
"""

import re

from tests.addresses.communities_asking import NEARBY
from tests.addresses.communities_groups import COMMUNITY_GROUPS
from tests.addresses.communities_inbound import INBOUND
from tests.addresses.communities_keeping import KEEPING, LEADING
from tests.addresses.communities_mailing import MAILING
from tests.addresses.communities_threads import DISCUSSING
from tests.addresses.countries import COUNTRIES
from tests.addresses.countries_assessing import ASSESSING
from tests.addresses.desk import DESK
from tests.addresses.guidance import GUIDANCE
from tests.addresses.rows import (
    ASKING,
    EVERYBODY,
    MEMBERS,
    NOBODY,
    OFFICE,
    PEERS,
    READERS,
    SIGNED_IN,
    SIGNING_PEERS,
    WRITERS,
    Row,
    on,
)
from tests.addresses.workshop_preparing import PREPARING
from tests.addresses.workshop_reports import REPORTS
from tests.addresses.workshop_surveys import SURVEYS
from tests.addresses.workshops import WORKSHOPS

SITE = [
    Row("robots.txt", EVERYBODY, EVERYBODY),
    Row("sitemap.xml", EVERYBODY, EVERYBODY),
    Row("health/", EVERYBODY, EVERYBODY),
    Row("health/ready/", EVERYBODY, EVERYBODY),
    Row("vocabulary/concepts.%(_0)s", EVERYBODY, things={"_0": "format"}),
    Row("p/%(pk)s/", EVERYBODY, EVERYBODY, things=on("public")),
    Row("en/%(_0)s", EVERYBODY, EVERYBODY, things={"_0": "path"}),
    Row("en/files/%(file_id)s/", EVERYBODY, things={"file_id": "file"}),
    Row("documents/%(_0)s/%(_1)s", EVERYBODY, EVERYBODY, things={"_0": "file", "_1": "file name"}),
    # What was uploaded for a practice that is in review.
    Row("en/files/%(file_id)s/", READERS, things={"file_id": "evidence"}),
    Row(
        "documents/%(_0)s/%(_1)s",
        READERS,
        READERS,
        things={"_0": "evidence", "_1": "evidence name"},
    ),
    Row("documents/authenticate_with_password/%(restriction)s/", NOBODY, NOBODY),
    Row("documents/authenticate_with_password/%(restriction_id)s/", NOBODY, NOBODY),
    Row("en/_util/authenticate_with_password/%(restriction)s/%(page)s/", NOBODY, NOBODY),
    Row(
        "en/_util/authenticate_with_password/%(page_view_restriction_id)s/%(page_id)s/",
        NOBODY,
        NOBODY,
    ),
    Row("en/_util/login/", NOBODY, NOBODY),
    Row("api/v1/", NOBODY, NOBODY),
    Row("api/v1/docs", EVERYBODY, EVERYBODY),
    Row("api/v1/openapi.json", EVERYBODY, EVERYBODY),
    Row("api/v1/search/", EVERYBODY),
    Row("api/v1/suggestions/", EVERYBODY),
]
SEARCH = [
    Row("en/search/", EVERYBODY),
    Row("en/search/feed/", EVERYBODY),
    Row("en/search/suggestions/", EVERYBODY),
    Row("en/search/saved/", SIGNED_IN, SIGNED_IN),
    Row("en/search/saved/%(pk)s/delete/", None, frozenset({"author"}), on("saved search")),
    Row("en/search/saved/%(pk)s/rename/", None, frozenset({"author"}), on("saved search")),
]
CONTRIBUTING = [
    Row("en/practices/compare/", EVERYBODY),
    Row("en/contribute/", MEMBERS),
    Row("en/contribute/new/", MEMBERS, MEMBERS),
    Row("en/contribute/similar/", MEMBERS),
    Row("en/contribute/%(pk)s/", WRITERS, WRITERS, on("draft")),
    Row("en/contribute/%(pk)s/snapshot/", WRITERS, WRITERS, on("draft")),
    Row("en/contribute/%(pk)s/here/", None, WRITERS, on("draft")),
    Row("en/contribute/%(pk)s/preview/", READERS, None, on("sent")),
    Row("en/contribute/%(pk)s/versions/", READERS, None, on("sent")),
    Row("en/contribute/%(pk)s/versions/compare/", READERS, None, on("sent")),
    Row(
        "en/contribute/%(pk)s/versions/%(version)s/back/",
        WRITERS,
        WRITERS,
        on("draft") | {"version": "version"},
    ),
    Row("en/contribute/%(pk)s/send/", WRITERS, WRITERS, on("draft")),
    Row("en/contribute/%(pk)s/withdraw/", None, WRITERS, on("sent")),
    Row("en/contribute/%(pk)s/delete/", {"author"}, {"author"}, on("draft")),
    Row("en/contribute/word/", EVERYBODY),
    Row("en/contribute/import/", OFFICE, OFFICE),
    Row("en/contribute/import/template.%(ending)s", EVERYBODY, None, {"ending": "table"}),
    Row("en/contribute/import/practices.%(ending)s", EVERYBODY, None, {"ending": "table"}),
    Row("en/contribute/word/save/", None, MEMBERS),
    Row("en/contribute/word/template/%(language)s/", EVERYBODY, None, {"language": "language"}),
    Row("en/contribute/word/upload/", MEMBERS, MEMBERS),
    Row("en/contribute/word/%(pk)s/", EVERYBODY, None, on("public")),
    Row("en/contribute/word/%(pk)s/draft/", READERS, None, on("sent")),
    Row("en/contribute/word/%(pk)s/upload/", WRITERS, WRITERS, on("draft")),
]
REVIEWING = [
    Row("en/review/", SIGNED_IN),
    Row("en/review/overview/", OFFICE),
    Row("en/review/reviewers/", OFFICE),
    Row("en/review/%(pk)s/", READERS, READERS, on("sent")),
    Row("en/review/%(pk)s/comments/", None, READERS, on("sent")),
    Row("en/review/%(pk)s/conflict/", None, READERS, on("sent")),
    Row("en/review/%(pk)s/decide/", None, OFFICE, on("sent")),
    Row("en/review/%(pk)s/reviewers/", OFFICE, OFFICE, on("sent")),
    Row("en/review/%(pk)s/close/", None, OFFICE, on("sent")),
    Row("en/review/%(pk)s/office/", WRITERS, WRITERS, on("sent")),
    Row("en/review/%(pk)s/links/", OFFICE, OFFICE, on("sent")),
    Row(
        "en/review/%(pk)s/links/%(invitation)s/",
        None,
        OFFICE,
        on("sent") | {"invitation": "invitation"},
    ),
    Row(
        "en/review/%(pk)s/by-link/%(token)s/",
        EVERYBODY,
        EVERYBODY,
        on("sent") | {"token": "token of an adviser"},
    ),
]
SAFEGUARDING = [
    Row("en/do-no-harm/", OFFICE),
    Row("en/do-no-harm/%(pk)s/", READERS, None, on("sent")),
    Row("en/do-no-harm/%(pk)s/findings/", READERS, None, on("sent")),
    Row("en/do-no-harm/%(pk)s/sign/", None, OFFICE, on("sent")),
    Row("en/do-no-harm/%(pk)s/answer/", None, WRITERS, on("sent")),
    Row("en/do-no-harm/%(pk)s/ask/", None, WRITERS, on("sent")),
]
EXCHANGE = [
    Row("en/exchange/", EVERYBODY),
    Row("en/exchange/practice/%(pk)s/", EVERYBODY, None, on("public")),
    Row("en/exchange/practice/%(pk)s/feedback/", PEERS, PEERS, on("public")),
    Row("en/exchange/practice/%(pk)s/adapted/", SIGNING_PEERS, SIGNING_PEERS, on("public")),
    Row("en/exchange/practice/%(pk)s/fit/", MEMBERS, MEMBERS, on("public")),
    Row("en/exchange/practice/%(pk)s/fit/delete/", None, {"member", "colleague"}, on("public")),
    Row("en/exchange/practice/%(pk)s/checked/", None, WRITERS, on("public")),
    Row("en/exchange/feedback/%(pk)s/answer/", WRITERS, WRITERS, on("feedback")),
    Row("en/exchange/feedback/%(pk)s/edit/", {"member"}, {"member"}, on("feedback")),
    Row("en/exchange/feedback/%(pk)s/delete/", {"member"}, {"member"}, on("feedback")),
    Row("en/exchange/feedback/%(pk)s/history/", MEMBERS, None, on("feedback")),
    Row("en/exchange/feedback/%(pk)s/hide/", OFFICE, OFFICE, on("feedback")),
    Row("en/exchange/feedback/%(pk)s/show/", None, OFFICE, on("feedback")),
    Row("en/exchange/feedback/%(pk)s/take-over/", None, WRITERS, on("feedback")),
    Row("en/exchange/feedback/%(pk)s/give-back/", None, WRITERS, on("feedback")),
    Row("en/exchange/adaptations/%(pk)s/", MEMBERS, None, on("adaptation")),
    Row("en/exchange/adaptations/%(pk)s/edit/", {"member"}, {"member"}, on("adaptation")),
    Row("en/exchange/adaptations/%(pk)s/delete/", {"member"}, {"member"}, on("adaptation")),
    Row(
        "en/exchange/adaptations/%(pk)s/confirm/",
        frozenset({"author", "colleague"}),
        frozenset({"author", "colleague"}),
        on("adaptation"),
    ),
    Row("en/exchange/adaptations.csv", OFFICE),
    Row("en/exchange/fit/", MEMBERS),
    Row("en/exchange/fit/%(pk)s/", frozenset({"author"}), None, on("checklist of colleague")),
    Row("en/exchange/to-confirm/", OFFICE),
    Row("en/exchange/to-confirm.csv", OFFICE),
    Row(
        "en/exchange/still-true/%(token)s/%(value)s/",
        EVERYBODY,
        EVERYBODY,
        {"token": "token of a contact", "value": "answer"},
    ),
]
MEMBERSHIP = [
    Row("en/members/me/", SIGNED_IN, SIGNED_IN),
    Row("en/members/me/export/", None, SIGNED_IN),
    Row("en/members/me/erase/", SIGNED_IN, SIGNED_IN),
    Row("en/members/apply/", EVERYBODY, SIGNED_IN),
    Row("en/members/apply/answer/", None, SIGNED_IN),
    Row("en/members/apply/withdraw/", None, SIGNED_IN),
    Row("en/members/directory/", MEMBERS),
    Row("en/members/directory/%(pk)s/ask/", ASKING, ASKING, on("listed person")),
    Row("en/members/board/", OFFICE),
    Row("en/members/board/%(pk)s/", OFFICE, None, on("application")),
    Row("en/members/board/%(pk)s/accept/", None, OFFICE, on("application")),
    Row("en/members/board/%(pk)s/ask/", None, OFFICE, on("application")),
    Row("en/members/board/%(pk)s/decline/", None, OFFICE, on("application")),
    Row("en/members/people/", OFFICE),
    Row("en/members/people/%(pk)s/", OFFICE, OFFICE, on("listed person")),
    Row("en/members/roles/%(pk)s/extend/", None, OFFICE, on("role")),
    Row("en/members/roles/%(pk)s/end/", None, OFFICE, on("role")),
]
# Logging in and what belongs to it are allauth's: anybody may ask, and is led on.
ACCOUNTS = re.compile(r"accounts/.*")
ADDRESSES = [
    *SITE,
    *SEARCH,
    *CONTRIBUTING,
    *REVIEWING,
    *SAFEGUARDING,
    *EXCHANGE,
    *MEMBERSHIP,
    *COMMUNITY_GROUPS,
    *NEARBY,
    *KEEPING,
    *LEADING,
    *MAILING,
    *INBOUND,
    *DISCUSSING,
    *COUNTRIES,
    *ASSESSING,
    *GUIDANCE,
    *WORKSHOPS,
    *PREPARING,
    *SURVEYS,
    *REPORTS,
    *DESK,
]


def row_of(route):
    """The row of a route, or None."""
    return next((row for row in ADDRESSES if row.route == route), None)


def filled(row, world):
    """The address of a row with the world's own things in its place holders."""
    values = {name: world[thing] for name, thing in row.things.items()}
    names = set(re.findall(r"%\((\w+)\)s", row.route))
    return "/" + row.route % {name: values.get(name, 1) for name in names}
