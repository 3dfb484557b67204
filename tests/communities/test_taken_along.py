"""What moderation leaves in the data that each person concerned takes along.

One's own words are one's own: whoever hid a post is given the reason that they wrote. Its author is
given it, too: the form says that whom it concerns reads it, and the author sees it above the post
(0012: one file decides who reads, and a hidden post is read by its author and by facilitators).
Nobody is given what somebody else wrote to others.
"""

import pytest

from communities import access
from communities.models import Membership
from communities.moderation import acting
from communities.moderation.forms import ReasonForm, ReportForm
from members.exporting import as_json, export
from tests.communities import groups
from tests.kept import kept

pytestmark = pytest.mark.django_db
WORDS = "Kites rise over the dunes (invented)."
REASON = "It names a shelter (invented)."
REPORT = "I know the shelter that is meant (invented)."


@kept
def group():
    return groups.community()


@kept
def lead(group):
    return groups.facilitator_of(group, "GEO", email="lead@example.org")


@kept
def author(group):
    return groups.member_of(group, "COL", email="author@example.org")


@kept
def reporter(group):
    return groups.member_of(group, "MEX", email="reporter@example.org")


@kept
def post(group, lead, author, reporter):
    """Reported, and hidden by a facilitator; both say why."""
    said = groups.reply(groups.thread(group, lead), author, WORDS)
    acting.report(said, reporter, REPORT)
    acting.hide(said, lead, REASON)
    return said


def given(user):
    """Which of the words of the case somebody takes along, and whose addresses."""
    told = as_json(export(user))
    people = {each for each in ("lead", "author", "reporter") if f"{each}@example.org" in told}
    return {each for each in (WORDS, REASON, REPORT) if each in told}, people


def test_who_hid_a_post_is_given_their_reason_and_nothing_of_the_post(post, lead):
    assert given(lead) == ({REASON}, {"lead"})
    assert {row["reason"] for row in export(lead)["data"]["communities.Act"]} == {REASON}


def test_the_author_is_given_the_post_and_the_reason_as_the_site_shows_them(client, post, author):
    client.force_login(author)
    page = client.get(post.thread.get_absolute_url()).content.decode()
    assert access.posts_for(author).filter(pk=post.pk).exists()
    assert WORDS in page
    assert REASON in page
    assert REPORT not in page
    assert "Whom it concerns reads it" in str(ReasonForm().fields["reason"].help_text)
    assert given(author) == ({WORDS, REASON}, {"author"})


def test_who_reported_is_given_their_report_and_not_what_became_of_it(client, post, reporter):
    client.force_login(reporter)
    page = client.get(post.thread.get_absolute_url()).content.decode()
    assert not {each for each in (WORDS, REASON) if each in page}
    assert "Only the facilitators read this" in str(ReportForm().fields["reason"].help_text)
    assert given(reporter) == ({REPORT}, {"reporter"})


def test_who_settled_a_report_takes_no_words_of_it_along(post, lead):
    assert post.reports.get().settled_by == lead
    assert REPORT not in as_json(export(lead))
    Membership.objects.filter(user=lead).update(left_at="2026-01-01T00:00Z", ending="left")
    assert given(lead) == ({REASON}, {"lead"})


def test_everybody_else_is_given_nothing_of_it(group, post):
    assert given(groups.member_of(group, "CHL")) == (set(), set())
    assert given(groups.facilitator_of(group, "MAR")) == (set(), set())
