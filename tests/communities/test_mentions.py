"""Names in posts are for the members of the community alone, and go with the person."""

import pytest

from communities import mentions, posting
from communities.models import EarlierText, Mention
from core.markdown import rendered
from members.erasing import erase
from search import engine
from search.models import Passage
from search.viewer import Viewer
from tests.communities import groups

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    return groups.community()


def called(group, text, **fields):
    """A thread whose first post calls somebody of this name."""
    author, peer = groups.member_of(group, "GEO"), groups.member_of(group, "MEX")
    peer.first_name, peer.last_name = "Ana María", "O'Invented & Co"
    peer.save()
    thread = groups.thread(group, author, text=text, mentioned=[peer.pk], **fields)
    return thread.posts.get(), peer


def test_names_stand_out_in_words_and_never_in_addresses():
    name = "Ana O'Invented & Co"
    text = f"@{name}, see [x](https://example.org/@{name.replace(' ', '')}) and <@{name}>."
    html = mentions.marked(rendered(text), [name, "Ana"])
    assert html.count('<span class="mention">@Ana O&#x27;Invented &amp; Co</span>') == 2
    assert "href=\"https://example.org/@AnaO'Invented" in html


def test_of_two_names_that_begin_alike_the_longer_is_meant():
    html = mentions.marked(rendered("@Ana María and @Ana, not @Anabel"), ["Ana", "Ana María"])
    assert html.count("mention") == 2
    assert '<span class="mention">@Ana María</span>' in html
    assert "@Anabel" in html


def test_for_others_a_member_is_called():
    assert mentions.without_names("@Ana María: yes", ["Ana María"]) == "@a member: yes"
    assert "Ana" not in mentions.unnamed(rendered("**@Ana**"), ["Ana"])
    assert mentions.without_names("@Ana", []) == "@Ana"


def test_search_keeps_no_name(group):
    _post, peer = called(group, "Dear @Ana María O'Invented & Co, how many quinces are counted?")
    assert "quinces" in " ".join(Passage.objects.values_list("text", flat=True))
    assert not Passage.objects.filter(text__contains="Invented").exists()
    hits = engine.find("quinces counted", Viewer.of(peer), language="en").hits
    assert [hit.card.kind for hit in hits] == ["thread"]
    assert "Invented" not in hits[0].card.summary


def test_with_the_person_the_name_goes_from_every_text_that_called_it(group):
    post, peer = called(group, "Dear @Ana María O'Invented & Co, yes.")
    EarlierText.objects.create(post=post, text="Dear @Ana María O'Invented & Co, no.")
    erase(peer)
    post.refresh_from_db()
    assert post.text == "Dear @a member, yes."
    assert post.earlier.get().text == "Dear @a member, no."
    assert not Mention.objects.exists()


def test_at_most_ten_are_called(group):
    author = groups.member_of(group)
    crowd = [groups.member_of(group, "MEX").pk for _each in range(12)]
    groups.thread(group, author, mentioned=crowd)
    assert Mention.objects.count() == posting.MOST_MENTIONS
