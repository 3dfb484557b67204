"""The discussions of the private community, for the table; all of it is invented."""

from communities.threads.saying import Edited, edit
from tests.addresses.rows import IN_GROUP, Row
from tests.communities import groups

GROUP = {"slug": "group"}
THREAD = GROUP | {"pk": "discussed thread"}
POST = THREAD | {"number": "discussed post"}
BASE = "en/communities/%(slug)s"
OWN = frozenset({"group member"})
STEP = f"{BASE}/threads/%(pk)s"
ON_POST = f"{STEP}/posts/%(number)s"

DISCUSSING = [
    Row(f"{BASE}/new/", IN_GROUP, IN_GROUP, GROUP),
    Row(f"{BASE}/preview/", None, IN_GROUP, GROUP, {"text": "Invented"}),
    Row(f"{STEP}/", IN_GROUP, IN_GROUP, THREAD),
    # A facilitator may mark the answer as well; only who asked says that all is said.
    Row(f"{STEP}/answer/", None, IN_GROUP, THREAD, {"post": "1"}),
    Row(f"{STEP}/done/", None, OWN, THREAD),
    Row(f"{STEP}/follow/", None, IN_GROUP, THREAD),
    Row(f"{ON_POST}/edit/", OWN, OWN, POST),
    Row(f"{ON_POST}/history/", IN_GROUP, None, POST),
    Row(f"{ON_POST}/take-back/", OWN, OWN, POST),
]


def discussed_things(group, member):
    """A thread of this member, its first post edited."""
    thread = groups.thread(group, member, "A discussed thread (invented)")
    post = thread.posts.get()
    edit(post, Edited("Said better (invented)."), member)
    return {"discussed thread": thread.pk, "discussed post": post.number}
