"""One's own posts: edited with a history, taken back for good, found by what they say now."""

import pytest
from django.core.files.base import ContentFile

from communities.models import Attachment, EarlierText, Mention, Notice, Post
from search import engine
from search.models import Passage
from search.viewer import Viewer
from tests.communities import groups
from tests.communities.threads.conftest import typed
from tests.kept import kept

pytestmark = pytest.mark.django_db


def sent(post, text, **fields):
    """What the form of an edit sends."""
    was = post.edited_at.isoformat() if post.edited_at else ""
    return {"title": post.thread.title, "text": text, "was": was, **fields}


def found(user, words):
    return [hit.card.title for hit in engine.find(words, Viewer.of(user), language="en").hits]


def indexed(word):
    passages = Passage.objects.filter(text__icontains=word, document__withdrawn=False)
    return passages.exists()


@kept
def post(thread):
    return thread.posts.get()


def test_an_edit_keeps_the_earlier_text_for_members(signed_in, post, asker, peer, to):
    client = signed_in(asker)
    assert "Said first (invented)." in client.get(to("post-edit", 1)).content.decode()
    client.post(to("post-edit", 1), sent(post, "Said better.", title="Another title"))
    post.refresh_from_db()
    assert (post.text, post.thread.title) == ("Said better.", "Another title")
    earlier = EarlierText.objects.get()
    assert (earlier.text, earlier.title) == ("Said first (invented).", "A thread (invented)")
    page = signed_in(peer).get(to("post-history", 1)).content.decode()
    assert "Said first (invented)." in page
    assert "A thread (invented)" in page
    assert to("post-history", 1) in signed_in(peer).get(to("thread")).content.decode()


def test_nobody_else_edits_or_takes_back(signed_in, group, peer, asker, post, to):
    leading, former = groups.facilitator_of(group), groups.member_of(group, "CHL")
    own = groups.reply(post.thread, former)
    former.memberships.update(left_at="2026-01-01T00:00Z", ending="removed")
    for user in (peer, leading, former, None):
        client = signed_in(user)
        for number in (post.number, own.number):
            for name in ("post-edit", "post-take-back"):
                assert client.get(to(name, number)).status_code == 404
                assert client.post(to(name, number), sent(post, "Not mine")).status_code == 404
    assert set(Post.objects.values_list("text", flat=True)) == {post.text, own.text}


def test_the_history_is_not_for_visitors(signed_in):
    group = groups.community(visibility="public")
    asker = groups.member_of(group)
    thread = groups.thread(group, asker)
    address = f"{thread.get_absolute_url()}posts/1/"
    signed_in(asker).post(f"{address}edit/", sent(thread.posts.get(), "Without the name."))
    assert signed_in(None).get(f"{address}history/").status_code == 404
    page = signed_in(None).get(thread.get_absolute_url()).content.decode()
    assert "Edited on" in page
    assert "history" not in page
    assert "Said first" not in page
    assert signed_in(asker).get(f"{address}history/").status_code == 200


def test_removed_words_are_found_no_more(signed_in, group, asker, peer, to):
    thread = groups.thread(group, asker, title="Who counts quinces?", text="Nightingale counts.")
    reply = groups.reply(thread, asker, text="Or does Cormorant count them?")
    assert indexed("nightingale")
    assert found(peer, "nightingale counts quinces") == ["Who counts quinces?"]
    address = f"{thread.get_absolute_url()}posts/"
    client = signed_in(asker)
    client.post(f"{address}1/edit/", sent(thread.posts.first(), "Somebody counts.", title="Fruit"))
    client.post(f"{address}2/edit/", sent(reply, "Or does somebody else count them?"))
    for word in ("nightingale", "cormorant", "quinces"):
        assert not indexed(word)
    assert found(peer, "somebody counts fruit")[:1] == ["Fruit"]


def test_only_who_is_newly_called_is_told_and_ten_at_most(signed_in, group, asker, peer, post, to):
    crowd = [groups.member_of(group, "CHL") for _each in range(14)]
    Notice.objects.update(settled_at="2026-01-01T00:00Z")
    client = signed_in(asker)
    first = [user.pk for user in crowd[:6]]
    client.post(to("post-edit", 1), sent(post, "Calling.", mention=[peer.pk, *first]))
    told = Notice.objects.filter(reason="mention", settled_at=None)
    assert set(told.values_list("user", flat=True)) == {peer.pk, *first}
    told.update(settled_at="2026-01-02T00:00Z")
    post.refresh_from_db()
    # The same people again, and then all the others.
    client.post(to("post-edit", 1), sent(post, "Calling again.", mention=[peer.pk]))
    assert not Notice.objects.filter(settled_at=None).exists()
    for part in (crowd[6:10], crowd[10:14]):
        post.refresh_from_db()
        data = sent(post, f"Calling {part[0]}.", mention=[user.pk for user in part])
        client.post(to("post-edit", 1), data)
    assert Notice.objects.filter(reason="mention").count() == 10
    assert Mention.objects.count() == 4


def test_the_same_edit_twice_is_one_and_a_clash_loses_nothing(signed_in, asker, post, to):
    client = signed_in(asker)
    for _each in range(3):
        assert client.post(to("post-edit", 1), sent(post, "Said better.")).status_code == 302
    assert EarlierText.objects.count() == 1
    answer = client.post(to("post-edit", 1), sent(post, "From another window."))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "From another window." in page
    assert "Said better." in page
    stored = Post.objects.get(pk=post.pk)
    assert stored.edited_at.isoformat() in page
    client.post(to("post-edit", 1), sent(stored, "From another window."))
    assert Post.objects.get(pk=post.pk).text == "From another window."


def attach(post, name="counts.pdf"):
    file = Attachment(post=post, name=name, size=3, content_type="application/pdf", digest="0")
    file.file.save(name, ContentFile(b"xyz"), save=False)
    file.text_status = Attachment.Status.READY
    file.save()
    return file


def test_a_file_can_be_taken_off_again(
    signed_in, asker, post, to, django_capture_on_commit_callbacks
):
    stays, goes = attach(post), attach(post, "wrong.pdf")
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(asker).post(to("post-edit", 1), sent(post, post.text, drop=[goes.pk]))
    assert Attachment.objects.get() == stays
    assert not goes.file.storage.exists(goes.file.name)
    assert stays.file.storage.exists(stays.file.name)


def test_what_is_taken_back_is_gone_at_once_and_its_place_stays(
    signed_in, thread, group, asker, peer, to, django_capture_on_commit_callbacks
):
    reply = groups.reply(thread, peer, text="Kingfisher (invented).", mentioned=[asker.pk])
    file = attach(reply)
    EarlierText.objects.create(post=reply, text="Heron (invented).")
    quoting = groups.reply(thread, asker, quoted=reply)
    client = signed_in(peer)
    assert "Kingfisher" in client.get(to("post-take-back", 2)).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(to("post-take-back", 2)).status_code == 302
    reply.refresh_from_db()
    assert (reply.text, reply.edited_at) == ("", None)
    assert not EarlierText.objects.exists()
    assert not Mention.objects.exists()
    assert not Attachment.objects.exists()
    assert not file.file.storage.exists(file.file.name)
    assert not Notice.objects.filter(post=reply).exists()
    assert not indexed("kingfisher")
    page = signed_in(asker).get(to("thread")).content.decode()
    assert "Kingfisher" not in page
    assert "Taken back by its author." in page
    assert quoting.number == 3
    # Once more changes nothing, and there is nothing left to edit.
    assert client.post(to("post-take-back", 2)).status_code == 404
    assert client.get(to("post-edit", 2)).status_code == 404


def test_with_its_first_post_a_thread_leaves_the_search(signed_in, thread, asker, peer, to):
    groups.reply(thread, peer, text="Kingfisher (invented).")
    assert found(asker, "kingfisher invented")
    client = signed_in(asker)
    assert "Title of the discussion" in client.get(to("post-take-back", 1)).content.decode()
    assert client.post(to("post-take-back", 1), {"title": ""}).status_code == 400
    client.post(to("post-take-back", 1), {"title": "(taken back)"})
    thread.refresh_from_db()
    assert thread.title == "(taken back)"
    assert found(asker, "kingfisher invented") == []
    assert not indexed("kingfisher")
    page = signed_in(peer).get(to("thread")).content.decode()
    assert "Taken back by its author." in page
    assert "Kingfisher" in page


def test_in_a_closed_thread_people_still_take_back_and_no_more(signed_in, thread, asker, to):
    thread.closed_at = thread.created_at
    thread.save()
    client = signed_in(asker)
    assert client.get(to("post-edit", 1)).status_code == 404
    assert client.post(to("post-take-back", 1), {"title": "Gone"}).status_code == 302


def test_what_is_hidden_stays_as_it_is_for_its_author(signed_in, thread, peer, to):
    from communities.models import Hiding

    post = groups.reply(thread, peer, text="Hidden words")
    Hiding.objects.create(post=post, reason="Invented reason.")
    client = signed_in(peer)
    page = client.get(to("thread")).content.decode()
    assert "Hidden by a facilitator: Invented reason." in page
    for name in ("post-edit", "post-take-back"):
        assert client.post(to(name, 2), typed("Changed")).status_code == 404
    assert Post.objects.get(pk=post.pk).text == "Hidden words"
