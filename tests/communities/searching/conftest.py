"""A private community whose words stand nowhere else; all of it is invented."""

import pytest

from communities.attachments.reading import read
from search.engine import find
from search.filters import Filters
from search.viewer import Viewer
from tests.adoption.conftest import signed_in  # noqa: F401 - fixture
from tests.communities import groups
from tests.communities.attachments import made
from tests.communities.attachments.conftest import attached
from tests.kept import kept

TITLE = "How do you zzbrindle the wandering schools?"
TEXT = "We zzfirst tried to follow lorries with teachers along the coast road in autumn."
ANSWER = "Try zzanswer ledgers that the drivers keep, and compare them with the ferry books."
FILED = "The zzfiled table names every lorry and the number of pupils."


@kept
def group(db):
    return groups.community()


@kept
def asker(group):
    return groups.member_of(group, "GEO")


@kept
def peer(group):
    return groups.member_of(group, "MEX")


@kept
def thread(group, asker):
    return groups.thread(group, asker, TITLE, TEXT)


@kept
def answer(thread, peer):
    return groups.reply(thread, peer, ANSWER)


@pytest.fixture
def file(thread, peer):
    """A file of an answer, read by the worker."""
    files = attached(peer, ("zzfilename.docx", made.docx(FILED)))
    post = groups.reply(thread, peer, "See the table.", attachments=files)
    file = post.attachments.get()
    read(file)
    return file


def found(user, question, **filters):
    """The keys of what somebody finds, and how many answers they are told of."""
    results = find(question, Viewer.of(user), Filters(**filters))
    return [hit.key for hit in results.hits], results.total


def keys(user, question, **filters):
    return set(found(user, question, **filters)[0])
