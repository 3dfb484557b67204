"""The one digest: of all communities, once, never empty, of what its reader may read then."""

import datetime

import pytest

from communities.mailing import digest, digesting
from communities.models import Follow, Hiding, MailChoice, Notice, Quiet, Thread
from tests.communities import groups
from tests.communities.mailing.telling import digests, html_of, told_at_once, waiting, whole
from tests.kept import kept
from tests.mail import sent
from tests.members import people

pytestmark = pytest.mark.django_db
CANARY = "CNRYpost2b9c"
MONDAY = datetime.datetime(2030, 1, 7, 6, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


@kept
def group():
    return groups.community("Latin America (invented)", visibility="members")


@kept
def author(group):
    return groups.member_of(group, "GEO")


@kept
def reader(group):
    user = groups.member_of(group, "MEX")
    MailChoice.objects.create(user=user, rhythm="daily")
    return user


def mails_to(user, now=MONDAY):
    return [mail for mail in digests(now) if mail.to == [user.email]]


# --- Once, and when it is wanted ----------------------------------------------------------
def test_what_is_new_is_told_once(group, author, reader):
    groups.thread(group, author, "A question (invented)")
    (mail,) = mails_to(reader)
    assert "A question (invented)" in mail.body
    assert len(mails_to(reader)) == 1
    assert len(mails_to(reader, MONDAY + DAY)) == 1
    groups.thread(group, author, "Another (invented)")
    assert len(mails_to(reader, MONDAY + 2 * DAY)) == 2


def test_a_digest_is_never_empty(group, author, reader):
    assert digests(MONDAY) == []
    thread = groups.thread(group, author)
    Hiding.objects.create(post=thread.posts.get(), reason="Because")
    assert digests(MONDAY + DAY) == []


def test_one_mail_is_for_all_communities(group, author, reader):
    second = groups.community("Second (invented)", visibility="members")
    groups.join(author, second)
    groups.join(reader, second)
    groups.thread(group, author, "In the first (invented)")
    groups.thread(second, author, "In the second (invented)")
    (mail,) = mails_to(reader)
    assert "In the first (invented)" in mail.body
    assert "In the second (invented)" in mail.body


def test_one_s_own_posts_are_no_news(group, author, reader):
    groups.thread(group, reader, "My own (invented)")
    assert mails_to(reader) == []


def test_what_was_mailed_at_once_is_left_out(group, author, reader):
    thread = groups.thread(group, reader)
    groups.reply(thread, author, "An answer (invented)")
    told_at_once()
    groups.thread(group, author, "Something else (invented)")
    told = mails_to(reader)
    assert "An answer (invented)" in told[0].body
    assert "An answer (invented)" not in told[1].body
    assert "Something else (invented)" in told[1].body


def test_what_is_just_being_mailed_at_once_is_left_alone(group, author, reader):
    groups.reply(groups.thread(group, reader), author, "An answer (invented)")
    Notice.objects.update(created_at=MONDAY)
    assert mails_to(reader) == []
    (mail,) = mails_to(reader, MONDAY + DAY)
    assert "An answer (invented)" in mail.body
    assert len([mail for mail in told_at_once() if mail.to == [reader.email]]) == 1


@pytest.mark.parametrize(
    ("rhythm", "days"),
    [("daily", [0, 1, 2, 3, 4, 5, 6, 7]), ("weekly", [0, 7]), ("never", [])],
)
def test_each_gets_it_as_often_as_they_want_it(group, author, reader, rhythm, days):
    MailChoice.objects.filter(user=reader).update(rhythm=rhythm)
    came = []
    for day in range(8):
        groups.thread(group, author)
        before = len(mails_to(reader, MONDAY + day * DAY - DAY / 24))
        came += [day] * (len(mails_to(reader, MONDAY + day * DAY)) > len(came))
        assert before >= len(came) - 1
    assert came == days


def test_who_has_chosen_nothing_gets_it_weekly(group, author):
    quiet = groups.member_of(group, "KEN")
    groups.thread(group, author)
    assert mails_to(quiet, MONDAY + DAY) == []
    assert len(mails_to(quiet, MONDAY + 7 * DAY)) == 1


def test_a_monday_without_a_run_is_made_up_for(group, author, reader):
    MailChoice.objects.filter(user=reader).update(rhythm="weekly", last_digest_at=MONDAY)
    groups.thread(group, author)
    assert mails_to(reader, MONDAY + 6 * DAY) == []
    assert len(mails_to(reader, MONDAY + 8 * DAY)) == 1


def test_what_came_while_none_was_wanted_is_not_told_later(group, author, reader):
    MailChoice.objects.filter(user=reader).update(rhythm="never")
    groups.thread(group, author, "Of then (invented)")
    digests(MONDAY)
    MailChoice.objects.filter(user=reader).update(rhythm="daily")
    groups.thread(group, author, "Of now (invented)")
    (mail,) = mails_to(reader, MONDAY + DAY)
    assert "Of now (invented)" in mail.body
    assert "Of then (invented)" not in mail.body


def test_a_run_that_dies_tells_it_again_and_once(group, author, reader, monkeypatch):
    groups.thread(group, author)
    with monkeypatch.context() as patch:
        patch.setattr("core.mail.send_when_leaving", _die)
        with pytest.raises(KeyboardInterrupt):
            digesting.run(MONDAY)
    assert waiting().count() == 0
    assert len(mails_to(reader)) == 1


def _die(*args):
    raise KeyboardInterrupt


def test_the_text_waits_nowhere(group, author, reader):
    groups.thread(group, author, f"Title {CANARY}", f"Text {CANARY}")
    digesting.run(MONDAY)
    assert not any(CANARY in str(row.args_kwargs) for row in waiting())


# --- L11: rights are asked when it leaves -------------------------------------------------
def hide(thread, reader):
    Hiding.objects.create(post=thread.posts.get(), reason="Because")


def move(thread, reader):
    Thread.objects.filter(pk=thread.pk).update(community=groups.community())


def delete(thread, reader):
    thread.delete()


def remove(thread, reader):
    memberships = reader.memberships.filter(community=thread.community)
    memberships.update(left_at=MONDAY, ending="removed")


def mute(thread, reader):
    reader.memberships.filter(community=thread.community).update(muted=True)


def quiet(thread, reader):
    Quiet.objects.create(user=reader, thread=thread)


def end_the_role(thread, reader):
    reader.roles.update(ended_at=MONDAY)


def deactivate(thread, reader):
    reader.is_active = False
    reader.save()


def stop(thread, reader):
    MailChoice.objects.filter(user=reader).update(rhythm="never")


ENDINGS = [hide, move, delete, remove, mute, quiet, end_the_role, deactivate, stop]
OF_THE_PERSON = (end_the_role, deactivate, stop)


@pytest.mark.parametrize("ending", ENDINGS, ids=lambda ending: ending.__name__)
@pytest.mark.parametrize("late", [False, True], ids=["before it is queued", "when it is queued"])
def test_what_ended_before_it_leaves_is_told_to_nobody(group, author, reader, ending, late):
    other = groups.community("Other (invented)")
    for user in (author, reader):
        groups.join(user, other)
    gone = groups.thread(group, author, f"Title {CANARY}", f"Text {CANARY}")
    groups.thread(other, author, "Standing (invented)")
    if late:
        digesting.run(MONDAY)
    ending(gone, reader)
    mails = mails_to(reader)
    assert not any(CANARY in whole(mail) for mail in mails)
    assert len(mails) == (0 if ending in OF_THE_PERSON else 1)
    assert all("Standing (invented)" in mail.body for mail in mails)
    assert mails_to(reader, MONDAY + DAY) == mails


def test_a_digest_of_which_nothing_is_left_is_not_sent(group, author, reader):
    gone = groups.thread(group, author)
    digesting.run(MONDAY)
    assert waiting().count() == 1
    hide(gone, reader)
    assert sent() == []


# --- How it reads -------------------------------------------------------------------------
def test_the_subject_says_what_is_in_it_and_where(group, author, reader):
    for _each in range(3):
        thread = groups.thread(group, author)
    groups.reply(thread, author)
    groups.reply(thread, author)
    groups.thread(group, author, kind="discussion")
    (mail,) = mails_to(reader)
    assert mail.subject == f"3 questions, 2 answers, 1 contribution in {group.name}"


def test_the_subject_names_no_private_community_and_no_title(author, reader):
    private = groups.community("Secret name")
    for user in (author, reader):
        groups.join(user, private)
    groups.thread(private, author, f"Title {CANARY}")
    (mail,) = mails_to(reader)
    assert mail.subject == "1 question in a private community"
    head = "\n".join(f"{name}: {value}" for name, value in mail.message().items())
    assert CANARY not in head
    assert "Secret name" not in head


def test_several_communities_are_counted(group, author, reader):
    second = groups.community(visibility="public")
    for user in (author, reader):
        groups.join(user, second)
    groups.thread(group, author)
    groups.thread(second, author)
    assert mails_to(reader)[0].subject == "2 questions in 2 communities"


def test_much_is_grouped_and_the_rest_counted(group, author, reader):
    for number in range(digest.MOST_THREADS + 3):
        thread = groups.thread(group, author, f"Question {number} (invented)")
    for number in range(6):
        groups.reply(thread, author, f"More {number} (invented)")
    (mail,) = mails_to(reader)
    assert mail.body.count("* Question") == digest.MOST_THREADS
    assert "and 3 more discussions" in mail.body
    assert "and 4 more posts" in mail.body
    # The newest first, and what was said last.
    assert mail.body.index("Question 9") < mail.body.index("Question 8")
    assert "More 5 (invented)" in mail.body
    assert "More 3 (invented)" not in mail.body


def test_what_is_followed_stands_before_what_is_newer(group, author, reader):
    Follow.objects.create(
        user=reader, kind="thread", code=str(groups.thread(group, author, "Followed").pk)
    )
    groups.thread(group, author, "Newer (invented)")
    (mail,) = mails_to(reader)
    assert mail.body.index("Followed") < mail.body.index("Newer")


def test_questions_that_fit_the_reader_come_first(vocabulary, group, author, reader):
    from members.models import Profile
    from vocabulary.models import Theme

    profile = Profile.objects.get(user=reader)
    profile.topics.add(Theme.objects.get(code="education", locale__language_code="en"))
    groups.thread(group, author, "Is the education of refugees counted? (invented)")
    groups.thread(group, author, "A later question (invented)")
    groups.thread(group, author, "What does Mexico do? (invented)")
    answered = groups.thread(group, author, "Education again, answered (invented)")
    groups.reply(answered, groups.member_of(group, "KEN"))
    (mail,) = mails_to(reader)
    first, _rest = mail.body.split(f"== {group.name} ==")
    assert "Questions that you may have an answer to" in first
    assert "Is the education of refugees counted?" in first
    assert "In common with you: Education" in first
    assert "In common with you: Mexico" in first
    assert "A later question" not in first
    assert "answered (invented)" not in first
    assert mail.body.count("Is the education of refugees counted?") == 1


def test_a_question_from_the_same_region_comes_first_too(vocabulary, group, reader):
    groups.thread(group, groups.member_of(group, "SLV"), "Near (invented)")
    groups.thread(group, groups.member_of(group, "FRA"), "Far (invented)")
    first, _rest = mails_to(reader)[0].body.split(f"== {group.name} ==")
    assert "Near (invented)" in first
    assert "In common with you: Central America" in first
    assert "Far (invented)" not in first


def test_html_says_the_same_and_links_lead_to_the_site(group, author, reader):
    thread = groups.thread(group, author, "A <b>question</b> (invented)", "Text & more")
    (mail,) = mails_to(reader)
    html = html_of(mail)
    assert "A &lt;b&gt;question&lt;/b&gt; (invented)" in html
    address = f"http://127.0.0.1:8000/en/communities/{group.slug}/threads/{thread.pk}/"
    assert address in html
    assert address in mail.body
    assert "Text & more" in mail.body


def test_a_line_break_in_a_name_makes_no_header(author, reader):
    """A10."""
    odd = groups.community("Odd\r\nBcc: other@example.org", visibility="members")
    for user in (author, reader):
        groups.join(user, odd)
    groups.thread(odd, author)
    (mail,) = mails_to(reader)
    assert mail.recipients() == [reader.email]
    assert mail.message()["Bcc"] is None


def test_the_command_says_what_it_did(group, author, reader, capsys):
    from django.core.management import call_command

    MailChoice.objects.filter(user=reader).update(rhythm="daily")
    groups.thread(group, author)
    call_command("send_digests")
    assert "1 queued" in capsys.readouterr().out
    call_command("send_digests")
    assert "0 queued" in capsys.readouterr().out


def test_outsiders_with_saved_searches_are_mailed_nothing(group, author):
    from search.models import SavedSearch

    outsider = people.person()
    SavedSearch.objects.create(user=outsider, name="x", query="", language="en", seen_document=1)
    groups.thread(group, author)
    assert outsider.email not in [mail.to[0] for mail in digests(MONDAY)]
