import pytest
from django.test import RequestFactory

from communities.attachments.taking import taken_in
from tests.communities import groups
from tests.communities.attachments import made
from tests.kept import kept


def attached(user, *files):
    """Files taken in as from a form, not stored yet: (name, content)."""
    request = RequestFactory().post("/")
    return taken_in([made.upload(content, name) for name, content in files], user, request)


@kept
def group(db):
    return groups.community()


@kept
def author(group):
    return groups.member_of(group, "GEO")


@kept
def thread(group, author):
    return groups.thread(group, author)


@pytest.fixture
def post(thread, author):
    """A reply with a file."""
    return groups.reply(thread, author, attachments=attached(author, ("report.pdf", made.pdf())))


@pytest.fixture
def file(post):
    return post.attachments.get()
