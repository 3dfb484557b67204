"""Opening a mail tells nobody: whatever people write, nothing in it runs or is fetched."""

from html.parser import HTMLParser

import pytest

from communities.models import MailChoice
from core.mail import site_url
from core.markdown import TAGS
from search import saved
from search.asking import Search
from tests.communities import groups
from tests.communities.mailing.telling import digests, html_of, told_at_once
from tests.kept import kept

pytestmark = pytest.mark.django_db
OURS = {"html", "head", "meta", "title", "style", "body", "table", "tr", "td", "tbody", "div"}
OURS |= {"h1", "h2", "h3", "bdi", "span"}
HARMLESS = {"lang", "dir", "charset", "name", "content", "class", "role", "href", "rel"}
HOSTILE = (
    '<img src="https://tracker.example/p.gif" width="1" height="1" alt="">'
    '<script src="https://tracker.example/x.js"></script>'
    "<style>p { background: url(https://tracker.example/b.png) }</style>"
)
TEXT = f"![](https://tracker.example/p.gif?who=1) [here](https://a.example/) {HOSTILE}"


class Seen(HTMLParser):
    """The elements of a mail, the names of their attributes, and where its links lead."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes, self.links = set(), set(), set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _value in attrs}
        self.links |= {value for name, value in attrs if name == "href"}


@kept
def group():
    return groups.community(f"Group {HOSTILE}"[:90], visibility="members")


@kept
def reader(group):
    user = groups.member_of(group, "MEX")
    MailChoice.objects.create(user=user, rhythm="daily")
    return user


def harmless(mail):
    seen = Seen(html_of(mail))
    assert seen.tags <= OURS | TAGS
    assert seen.attributes <= HARMLESS
    return {link for link in seen.links if not link.startswith(f"{site_url()}/")}


def test_a_mail_with_a_post_fetches_nothing_whatever_it_says(group, reader):
    author = groups.member_of(group, "GEO")
    thread = groups.thread(group, reader, f"Title {HOSTILE}"[:110], TEXT)
    groups.reply(thread, author, TEXT, quoted=thread.posts.get())
    (mail,) = told_at_once()
    assert "tracker.example" in html_of(mail)  # it is there to be read, as it was typed
    # A picture has become a link, which asks for nothing until somebody follows it.
    assert harmless(mail) == {"https://a.example/", "https://tracker.example/p.gif?who=1"}


def test_a_digest_fetches_nothing_whatever_it_says(group, reader):
    author = groups.member_of(group, "GEO")
    saved.save(reader, Search(HOSTILE[:60]), reader.language)
    groups.thread(group, author, f"Title {HOSTILE}"[:110], TEXT)
    mail = next(mail for mail in digests() if mail.to == [reader.email])
    assert "tracker.example" in html_of(mail)
    assert harmless(mail) == set()
