"""Names in posts are for the members of the community alone, and go with the person."""

import pytest

from communities import mentions, posting
from communities.models import EarlierText, Mention, Notice, Post
from communities.threads import saying
from core.markdown import rendered
from members.erasing import erase
from members.leftovers import mentions as leftovers
from search import engine
from search.models import Passage
from search.viewer import Viewer
from tests.communities import groups
from tests.kept import kept

pytestmark = pytest.mark.django_db


@kept
def group():
    return groups.community()


def called(group, text, **fields):
    """A thread whose first post calls somebody of this name."""
    author, peer = groups.member_of(group, "GEO"), groups.member_of(group, "MEX")
    peer.first_name, peer.last_name = "Ana María", "O'Invented & Co"
    peer.save()
    thread = groups.thread(group, author, text=text, mentioned=[peer.pk], **fields)
    return thread.posts.get(), peer


def stored(post):
    return Post.objects.get(pk=post.pk).text


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


def test_what_was_called_once_or_only_written_goes_as_well(group):
    """A call that was edited away, and one by mail, which nobody ticked."""
    post, peer = called(group, "Dear @Ana María O'Invented & Co, yes to quinces.")
    saying.edit(post, saying.Edited("Dear all, yes."), post.author)
    answer = groups.reply(post.thread, post.author, "> @Ana María O'Invented & Co, yes\n\nIndeed.")
    assert not Mention.objects.exists()
    assert Passage.objects.filter(text__contains="Invented").exists()
    erase(peer)
    texts = [*EarlierText.objects.values_list("text", flat=True), stored(answer)]
    assert texts == ["Dear @a member, yes to quinces.", "> @a member, yes\n\nIndeed."]
    assert not Passage.objects.filter(text__contains="Invented").exists()


def test_nothing_that_is_kept_or_shown_names_an_erased_person(group, client):
    post, peer = called(group, "Dear @Ana María O'Invented & Co, yes.")
    saying.edit(
        post, saying.Edited("@Ana María O'Invented & Co: no.", mentioned=[peer.pk]), post.author
    )
    groups.reply(post.thread, post.author, "As said.", quoted=post)
    names = [peer.get_full_name()]
    assert leftovers(names)
    client.force_login(post.author)
    pages = [post.thread.get_absolute_url(), f"{post.thread.get_absolute_url()}posts/1/history/"]
    assert all("O&#x27;Invented" in client.get(page).content.decode() for page in pages)
    erase(peer)
    assert leftovers(names) == []
    for page in pages:
        told = client.get(page).content.decode()
        assert "Invented &amp; Co" not in told
        assert "@a member" in told
    assert not Notice.objects.filter(user=peer).exists()


def test_whoever_is_renamed_is_called_by_the_new_name_and_kept_from_others_by_it(client):
    public = groups.community(visibility="public")
    post, peer = called(public, "Dear @Ana María O'Invented & Co, yes to quinces.")
    saying.edit(
        post,
        saying.Edited("@Ana María O'Invented & Co: no quinces.", mentioned=[peer.pk]),
        post.author,
    )
    peer.first_name, peer.last_name = "Ana", "Newname"
    peer.save(update_fields=["first_name", "last_name"])
    assert stored(post) == "@Ana Newname: no quinces."
    assert post.earlier.get().text == "Dear @Ana Newname, yes to quinces."
    address = post.thread.get_absolute_url()
    told = client.get(address).content.decode()
    assert "@a member: no quinces." in told
    assert not Passage.objects.filter(text__contains="Newname").exists()
    client.force_login(post.author)
    assert "@Ana Newname" in client.get(address).content.decode()
    erase(peer)
    assert stored(post) == "@a member: no quinces."
    assert post.earlier.get().text == "Dear @a member, yes to quinces."


def test_a_deleted_account_leaves_no_name_either(group):
    post, peer = called(group, "Dear @Ana María O'Invented & Co, yes.")
    peer.delete()
    assert stored(post) == "Dear @a member, yes."


def test_a_longer_name_and_a_person_of_the_same_name_keep_theirs(group):
    author = groups.member_of(group, "GEO")
    short, long, same = (groups.member_of(group, code) for code in ("MEX", "PER", "COL"))
    for user, first in ((short, "Zoe"), (long, "Zoe Lima"), (same, "Zoe")):
        user.first_name, user.last_name = first, ""
        user.save()
    both = groups.thread(
        group, author, text="@Zoe Lima and @Zoe, yes.", mentioned=[short.pk, long.pk]
    )
    other = groups.thread(group, author, text="@Zoe alone.", mentioned=[same.pk])
    erase(short)
    assert stored(both.posts.get()) == "@Zoe Lima and @a member, yes."
    assert stored(other.posts.get()) == "@Zoe alone."


def test_at_most_ten_are_called(group):
    author = groups.member_of(group)
    crowd = [groups.member_of(group, "MEX").pk for _each in range(12)]
    groups.thread(group, author, mentioned=crowd)
    assert Mention.objects.count() == posting.MOST_MENTIONS
