"""What the private community is asked and what it attaches, for the table; all of it invented."""

from django.test import RequestFactory

from communities.attachments.taking import taken_in
from tests.addresses.rows import IN_GROUP, Row
from tests.communities import groups
from tests.communities.attachments import made

GROUP = {"slug": "group"}
NEARBY = [
    Row(
        "en/communities/%(slug)s/nearby/",
        IN_GROUP,
        IN_GROUP,
        GROUP,
        {"title": "Counting children", "text": "Who counts them (invented)?"},
    ),
    Row("en/communities/%(slug)s/threads/%(pk)s/known/", IN_GROUP, None, GROUP | {"pk": "asked"}),
    Row("en/communities/%(slug)s/files/%(pk)s/", IN_GROUP, None, GROUP | {"pk": "group file"}),
]


def asked_things(group, member):
    request = RequestFactory().post("/")
    files = taken_in([made.upload(made.png(), "chart.png")], member, request)
    thread = groups.thread(group, member, "With a file (invented)", attachments=files)
    return {"asked": thread.pk, "group file": thread.posts.get().attachments.get().pk}
