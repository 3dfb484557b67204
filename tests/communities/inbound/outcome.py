"""What became of a mail, for tests."""

from communities.inbound.receiving import receive
from communities.models import Post
from tests.mail import sent


def posts(thread):
    return list(thread.posts.filter(number__gt=1).values_list("text", flat=True))


def refused(raw, reason):
    """The one mail back, of a mail that was not posted."""
    note = receive(raw)
    assert (note.outcome, note.reason) == ("refused", reason)
    assert Post.objects.filter(came_by="mail").count() == 0
    (told,) = sent()
    return told
