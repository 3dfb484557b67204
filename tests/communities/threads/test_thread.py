"""A thread as its readers see it, and answering in it."""

import pytest

from communities.models import Follow, Mention, Post
from tests.communities import groups
from tests.communities.threads.conftest import opened, typed
from tests.members import people

pytestmark = pytest.mark.django_db


def read(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_members_read_names_and_visitors_of_a_public_community_do_not(signed_in):
    group = groups.community(visibility="public")
    asker, peer = groups.member_of(group, "GEO"), groups.member_of(group, "MEX")
    text = "Dear @Member of MEX (invented), how?"
    thread = groups.thread(group, asker, text=text, mentioned=[peer.pk])
    inside = read(signed_in(peer), thread.get_absolute_url())
    assert "<strong><bdi>Member of GEO (invented)</bdi></strong>" in inside
    assert '<span class="mention">@Member of MEX (invented)</span>' in inside
    for other in (None, people.person(), people.member("CHL"), people.secretariat()):
        outside = read(signed_in(other), thread.get_absolute_url())
        assert "Statistical office of GEO (invented)" in outside
        assert "Member of" not in outside
        assert "@a member, how?" in outside


def test_an_answer_is_stored_and_shown_at_its_place(signed_in, thread, peer, to):
    client = signed_in(peer)
    answer = client.post(to("thread"), typed("Like **this** (invented)."))
    post = Post.objects.get(number=2)
    assert answer.headers["Location"].endswith("?sent=a-token-of-a-test#post-2")
    assert (post.text, post.author, post.country) == ("Like **this** (invented).", peer, "MEX")
    assert "Like <strong>this</strong> (invented)." in read(client, to("thread"))


def test_the_same_sent_twice_is_one_post_and_other_words_are_another(signed_in, peer, to):
    client = signed_in(peer)
    for text in ("The same", "The same", "Something else"):
        assert client.post(to("thread"), typed(text)).status_code == 302
    texts = Post.objects.filter(number__gt=1).values_list("text", flat=True)
    assert list(texts) == ["The same", "Something else"]


def test_a_thread_is_opened_with_its_first_post(signed_in, group, asker, peer, to):
    client = signed_in(asker)
    read(client, to("thread-new") + "?kind=challenge&title=How%3F")
    sent = opened(kind="challenge", language="fr", mention=[peer.pk])
    assert client.post(to("thread-new"), sent).status_code == 302
    opened_now = group.threads.get(kind="challenge")
    assert (opened_now.title, opened_now.language) == ("How many? (invented)", "fr")
    assert opened_now.posts.get().text == "Said in the form (invented)."
    assert Mention.objects.get().user == peer


def test_only_facilitators_open_notices(signed_in, group, asker, to):
    leading = groups.facilitator_of(group)
    for user, status in ((asker, 400), (leading, 302)):
        client = signed_in(user)
        assert ('value="notice"' in read(client, to("thread-new"))) == (status == 302)
        assert client.post(to("thread-new"), opened(kind="notice")).status_code == status
    assert group.threads.filter(kind="notice").count() == 1


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(signed_in, asker, peer, to):
    client = signed_in(asker)
    for wrong, told in (
        ({"text": "x" * 20_001}, "Your text is 1 character too long"),
        ({"text": " \u200b\n"}, "Write something first."),
        ({"title": "y" * 201}, "at most 200 characters"),
        ({"title": ""}, "This field is required."),
        ({"language": "xx"}, "Select a valid choice"),
        ({"mention": range(1, 20)}, "You can call at most 10 people by name"),
    ):
        answer = client.post(to("thread-new"), opened(**wrong))
        page = answer.content.decode()
        assert (answer.status_code, told in page) == (400, True), wrong
        assert "Said in the form (invented)." in page or "text" in wrong
        assert "x" * 20_001 in page or len(wrong.get("text", "")) < 20_001
    assert Post.objects.count() == 1


def test_as_many_characters_as_are_promised_fit(signed_in, peer, to):
    # A browser sends two characters for each end of a line.
    text = "\r\n".join(["é" * 99] * 200)
    assert signed_in(peer).post(to("thread"), typed(text)).status_code == 302
    assert len(Post.objects.get(number=2).text) == 19_999


def test_who_writes_too_much_waits_and_keeps_the_text(signed_in, peer, to):
    client = signed_in(peer)
    for number in range(30):
        assert client.post(to("thread"), typed(f"Post {number}")).status_code == 302
    answer = client.post(to("thread"), typed("The thirty-first"))
    assert answer.status_code == 429
    assert "The thirty-first" in answer.content.decode()
    # Edits count with posts.
    assert client.post(to("post-edit", 2), {"text": "Edited"}).status_code == 429
    assert Post.objects.get(number=2).text == "Post 0"


def test_pages_hold_the_same_numbers_for_everybody(signed_in, thread, asker, peer, to):
    for number in range(2, 103):
        Post.objects.create(
            thread=thread, number=number, text=f"Words {number}.", author=peer, fingerprint=number
        )
    client = signed_in(asker)
    first, last = read(client, to("thread")), read(client, to("thread") + "?post=101")
    assert 'id="post-50"' in first
    assert 'id="post-51"' not in first
    assert 'id="post-101"' in last
    assert "Words 99." not in last
    assert read(client, to("thread") + "?page=2").count('class="post"') == 50
    assert Post.objects.get(number=101).get_absolute_url().endswith("?post=101#post-101")
    for odd in (
        "page=99",
        "post=0",
        "post=-1",
        "post=x",
        "post=99999999999999",
        "page=",
        "quote=٣",
    ):
        read(client, f"{to('thread')}?{odd}")


def test_a_quotation_leads_to_its_post_and_says_only_what_this_reader_may_read(
    signed_in, group, thread, asker, peer, to
):
    client = signed_in(asker)
    groups.reply(thread, peer, text="A secret sentence (invented).")
    form = read(client, to("thread") + "?quote=2")
    assert '<input type="hidden" name="quote" value="2"' in form
    client.post(to("thread"), typed("I quote you.", quote=2))
    assert Post.objects.get(number=3).quoted.number == 2
    page = read(client, to("thread"))
    assert page.count("A secret sentence") == 2
    assert f'href="{to("thread")}?post=2#post-2"' in page
    signed_in(peer).post(to("post-take-back", 2), {})
    for reader in (asker, peer):
        page = read(signed_in(reader), to("thread"))
        assert "A secret sentence" not in page
        assert "post 2, which is not shown any more" in page


def test_nothing_is_quoted_from_elsewhere_or_what_cannot_be_read(signed_in, group, asker, peer, to):
    from communities.models import Hiding

    elsewhere = groups.thread(group, peer, text="Elsewhere")
    groups.reply(elsewhere, peer)
    thread = group.threads.get(author=asker)
    hidden = groups.reply(thread, peer, text="Hidden words")
    Hiding.objects.create(post=hidden, reason="Invented")
    client = signed_in(asker)
    assert "Hidden words" not in read(client, to("thread") + "?quote=2")
    for number in (2, 99, "x", "-1", ""):
        client.post(to("thread"), typed(f"Quoting {number}", quote=number))
    assert Post.objects.filter(author=asker, thread=thread).count() == 6
    assert not Post.objects.filter(quoted__isnull=False).exists()


def test_a_thread_that_was_moved_is_found_by_whoever_may_read_it_there(signed_in, thread, to):
    there = groups.community()
    reader, stranger = groups.member_of(there), groups.member_of(thread.community, "CHL")
    old = to("thread")
    thread.community = there
    thread.save()
    client = signed_in(reader)
    assert client.get(old + "?post=1").headers["Location"].endswith(f"/threads/{thread.pk}/?post=1")
    assert client.post(old, typed()).status_code == 404
    assert signed_in(stranger).get(old).status_code == 404


def test_following_and_closing_ones_own(signed_in, thread, asker, peer, to):
    client = signed_in(asker)
    for _each in range(2):
        client.post(to("thread-follow"), {"on": "1"})
    assert Follow.objects.get().code == str(thread.pk)
    client.post(to("thread-follow"), {"on": "0"})
    assert not Follow.objects.exists()
    client.post(to("thread-done"), {"on": "1"})
    thread.refresh_from_db()
    assert thread.closed_at is not None
    refused = signed_in(peer).post(to("thread"), typed("Too late"))
    assert refused.status_code == 403
    assert "Too late" in refused.content.decode()
    signed_in(asker).post(to("thread-done"), {"on": "0"})
    assert signed_in(peer).post(to("thread"), typed("In time")).status_code == 302


def test_what_a_facilitator_closed_its_author_does_not_open(signed_in, thread, group, asker, to):
    from communities import log

    leading = groups.facilitator_of(group)
    thread.closed_at = thread.created_at
    thread.save()
    log.write("close", group, leading, thread=thread)
    assert signed_in(asker).post(to("thread-done"), {"on": "0"}).status_code == 404
    log.write("reopen", group, leading, thread=thread)
    assert signed_in(asker).post(to("thread-done"), {"on": "0"}).status_code == 302


def test_the_asker_marks_the_answer_and_takes_the_mark_away(signed_in, thread, asker, peer, to):
    groups.reply(thread, peer, text="Count the doors (invented).")
    client = signed_in(asker)
    client.post(to("thread-answer"), {"post": "2", "on": "1"})
    thread.refresh_from_db()
    assert thread.answer.number == 2
    page = read(client, to("thread"))
    assert page.index("Read it in post 2") < page.index('id="post-1"')
    client.post(to("thread-answer"), {"post": "2", "on": "0"})
    thread.refresh_from_db()
    assert thread.answer is None
    # Neither the question nor what is not there answers it.
    for number in ("1", "7", "", "x"):
        client.post(to("thread-answer"), {"post": number, "on": "1"})
        thread.refresh_from_db()
        assert thread.answer is None


def test_what_was_hidden_or_taken_back_answers_no_more(signed_in, thread, asker, peer, to):
    from communities.models import Hiding

    post = groups.reply(thread, peer, text="Count the doors (invented).")
    client = signed_in(asker)
    client.post(to("thread-answer"), {"post": "2", "on": "1"})
    hiding = Hiding.objects.create(post=post, reason="Invented")
    assert "Count the doors" not in read(client, to("thread"))
    hiding.delete()
    signed_in(peer).post(to("post-take-back", 2), {})
    thread.refresh_from_db()
    assert thread.answer is None


def test_the_preview_shows_and_stores_nothing(signed_in, peer, to):
    client = signed_in(peer)
    answer = client.post(to("thread-preview"), {"text": "**Bold** <script>x</script>", "part": "1"})
    assert "<strong>Bold</strong> &lt;script&gt;" in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert "<html" in client.post(to("thread-preview"), {"text": "Whole"}).content.decode()
    assert client.post(to("thread-preview"), {"text": ""}).status_code == 400
    assert Post.objects.count() == 1


def test_people_are_found_by_name_and_those_chosen_stay(signed_in, group, peer, to, monkeypatch):
    from communities.threads import people as the_people

    monkeypatch.setattr(the_people, "MOST_LISTED", 1)
    for name in ("Zoë Invented", "Yann Invented"):
        user = groups.member_of(group, "CHL")
        user.first_name, _, user.last_name = name.partition(" ")
        user.save()
    asker = group.threads.get().author
    data = typed("Still typing", do="find", who="zoë", mention=[])
    page = signed_in(peer).post(to("thread"), data).content.decode()
    assert "Zoë Invented" in page
    assert "Yann Invented" not in page
    assert "Still typing" in page
    data = typed("Still typing", do="find", who="nobody", mention=[asker.pk])
    page = signed_in(peer).post(to("thread"), data).content.decode()
    assert f'value="{asker.pk}" data-name="Member of GEO (invented)" checked' in page
    assert Post.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "address", "after"),
    [
        ("See https://example.org/a?b=1&c=2.", "https://example.org/a?b=1&amp;c=2", "."),
        ("(at https://example.org/p)", "https://example.org/p", ")"),
        ("https://example.org/a_(b)", "https://example.org/a_(b)", ""),
        ("**https://example.org/x**", "https://example.org/x", "</strong>"),
    ],
)
def test_a_pasted_address_leads_there(text, address, after):
    from communities.threads.showing import html_of

    link = f'<a href="{address}" rel="ugc nofollow noopener">{address}</a>{after}'
    assert link in html_of(text)


def test_what_is_a_link_or_code_already_stays_as_it_is():
    from communities.threads.showing import html_of

    for text in ("[x](https://example.org)", "<https://example.org>", "`https://example.org`"):
        assert html_of(text).count("<a ") == ("`" not in text)
    html = html_of('https://example.org/"onmouseover="x javascript://example.org')
    assert 'href="https://example.org/"' in html
    assert "onmouseover=" not in html.partition("<a ")[2].partition(">")[0]
