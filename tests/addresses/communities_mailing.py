"""What people are mailed and follow, for the table; all of it is invented."""

from communities.alerts import feeds
from communities.mailing import stopping
from communities.models import Community, FeedToken, Quiet
from tests.addresses.rows import EVERYBODY, MEMBERS, Row, on
from tests.communities import groups

BASE = "en/communities"
OWNER = frozenset({"group member"})
KEY = {"token": "key of a feed"}

MAILING = [
    Row(f"{BASE}/mail/", MEMBERS, MEMBERS),
    Row(f"{BASE}/mail/key/", None, MEMBERS),
    Row(f"{BASE}/mail/threads/%(pk)s/", None, OWNER, on("thread without mail")),
    # The signature in the address is all that is asked for; it names a stream of one person.
    Row(
        f"{BASE}/mail/stop/%(token)s/",
        EVERYBODY,
        EVERYBODY,
        {"token": "token of a digest"},
        signed=True,
    ),
    Row(f"{BASE}/alerts/follow/", None, MEMBERS, sent={"kind": "country", "code": "GEO"}),
    Row(f"{BASE}/alerts/unfollow/", None, MEMBERS, sent={"kind": "country", "code": "GEO"}),
    Row(f"{BASE}/alerts/feeds/", MEMBERS, MEMBERS, sent={"once": "invented"}),
    Row(f"{BASE}/alerts/feeds/%(pk)s/", None, OWNER, on("feed")),
    # So is the key of a feed; `tests/communities/alerts` asks whose keys open what.
    Row(f"{BASE}/feeds/%(token)s/", EVERYBODY, None, KEY),
    Row(f"{BASE}/feeds/%(token)s/rss/", EVERYBODY, None, KEY),
]


def mailing_things(group: Community, member):
    thread = groups.thread(group, member, "A thread without mail (invented)")
    quiet = Quiet.objects.create(user=member, thread=thread)
    address = stopping.address(stopping.choice_of(member.pk), stopping.DIGEST)
    return {
        "thread without mail": quiet.pk,
        "token of a digest": address.rstrip("/").rpartition("/")[2],
        "key of a feed": feeds.issue(member, "invented"),
        "feed": FeedToken.objects.get(user=member, membership=None).pk,
    }
