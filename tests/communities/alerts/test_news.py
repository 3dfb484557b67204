"""What is new under follows and saved searches: told once, in the digest, as far as it may be."""

import datetime

import pytest

from communities.alerts import following, news
from communities.models import Follow, MailChoice
from search import saved
from search.asking import Search
from search.encoding import encode_all
from search.filters import Filters
from search.models import SavedSearch
from tests import factories
from tests.adoption import told
from tests.communities import groups
from tests.communities.mailing.telling import digests, html_of, whole
from tests.kept import kept
from tests.members import people

pytestmark = pytest.mark.django_db
MONDAY = datetime.datetime(2030, 1, 7, 6, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def words_only(settings):
    settings.SEARCH_LAYERS = ["words", "vocabulary"]


@kept
def reader(db):
    user = people.member("MEX")
    MailChoice.objects.create(user=user, rhythm="daily")
    return user


def mails_to(user, now=MONDAY):
    return [mail for mail in digests(now) if mail.to == [user.email]]


def search(user, query="", **filters):
    return saved.save(user, Search(query, Filters(**filters)), "en")[0]


# --- Saved searches -----------------------------------------------------------------------
def test_what_is_new_under_a_search_is_told_once(reader):
    factories.practice("Census of before (invented)")
    mine = search(reader, "census")
    assert mails_to(reader) == []
    factories.practice("Census of today (invented)")
    factories.practice("A register (invented)")
    (mail,) = mails_to(reader, MONDAY + DAY)
    assert "Your saved search “census”" in mail.body
    assert "Census of today (invented)" in mail.body
    assert "of before" not in mail.body
    assert "A register" not in mail.body
    assert mail.subject == "1 text on what you follow"
    assert saved.address_of(mine).replace("&", "&amp;") not in mail.body  # nothing more to see
    assert len(mails_to(reader, MONDAY + 2 * DAY)) == 1


def test_what_comes_while_a_digest_is_made_is_told_in_the_next(reader, monkeypatch):
    """By number, not by clock: what is committed later has a higher one."""
    search(reader, "census")
    factories.practice("Census one (invented)")
    until = news.known_until

    def and_then():
        number = until()
        factories.practice("Census two (invented)")
        return number

    with monkeypatch.context() as patch:
        patch.setattr(news, "known_until", and_then)
        (mail,) = mails_to(reader)
    assert "Census one" in mail.body
    assert "Census two" not in mail.body
    (_first, second) = mails_to(reader, MONDAY + DAY)
    assert "Census one" not in second.body
    assert "Census two" in second.body


def test_a_search_from_before_alerts_begins_with_what_comes(reader):
    factories.practice("Census of before (invented)")
    SavedSearch.objects.create(user=reader, name="census", query="census", language="en")
    assert mails_to(reader) == []
    factories.practice("Census of today (invented)")
    (mail,) = mails_to(reader, MONDAY + DAY)
    assert "of before" not in mail.body


def test_many_are_counted(reader):
    mine = search(reader, "census")
    for number in range(news.MOST_SHOWN + 4):
        factories.practice(f"Census {number} (invented)")
    (mail,) = mails_to(reader)
    assert mail.body.count("* Census") == news.MOST_SHOWN
    assert "and 4 more" in mail.body
    assert saved.address_of(mine) in mail.body
    assert mail.subject == "9 texts on what you follow"


def test_rights_are_asked_when_it_leaves(reader):
    from communities.mailing import digesting

    search(reader, "census")
    gone = factories.practice("Census withdrawn (invented)")
    factories.practice("Census standing (invented)")
    digesting.run(MONDAY)
    gone.unpublish()
    (mail,) = mails_to(reader)
    assert "Census standing" in mail.body
    assert "withdrawn" not in whole(mail)


def test_a_search_finds_what_its_owner_may_read_and_nothing_else(reader):
    search(reader, "census")
    own, foreign = groups.community(), groups.community()
    peer = groups.member_of(foreign, "KEN")
    groups.join(peer, own)
    groups.join(reader, own)
    groups.thread(foreign, peer, "Census elsewhere CNRY9")
    groups.thread(own, peer, "Census here (invented)")
    (mail,) = mails_to(reader)
    assert "Census here" in mail.body
    assert "CNRY9" not in whole(mail)
    # By its community, and not a second time by the search.
    assert mail.body.count("Census here") == 1


def test_what_was_public_when_it_was_found_and_is_private_when_it_leaves_is_not_told(reader):
    """L19."""
    from communities.mailing import digesting

    search(reader, "census")
    open_group = groups.community(visibility="public")
    groups.thread(open_group, groups.member_of(open_group, "KEN"), "Census CNRY7")
    digesting.run(MONDAY)
    open_group.visibility = "private"
    open_group.save()
    assert not any("CNRY7" in whole(mail) for mail in mails_to(reader))
    other = groups.community(visibility="public")
    groups.thread(other, groups.member_of(other, "KEN"), "Census still open (invented)")
    assert "Census still open" in mails_to(reader, MONDAY + DAY)[0].body


def test_what_waits_for_the_encoder_is_told_when_it_is_found_by_meaning(reader, settings):
    settings.SEARCH_LAYERS = ["words", "meaning", "vocabulary"]
    search(reader, "census")
    factories.practice("Census of today (invented)")
    assert mails_to(reader) == []
    encode_all()
    assert len(mails_to(reader, MONDAY + DAY)) == 1


# --- Countries, topics, practices ---------------------------------------------------------
def follow(user, kind, code):
    return following.follow(user, kind, following.code_of(user, kind, code))


def test_a_followed_country_is_told_of(reader):
    factories.practice("Before (invented)", countries=["GEO"])
    follow(reader, "country", "GEO")
    factories.practice("From Georgia (invented)", countries=["GEO"])
    factories.practice("From Chile (invented)", countries=["CHL"])
    (mail,) = mails_to(reader)
    assert "You follow: GEO" in mail.body
    assert "From Georgia (invented)" in mail.body
    assert "From Chile" not in mail.body
    assert "Before (invented)" not in mail.body
    assert len(mails_to(reader, MONDAY + DAY)) == 1


def test_a_followed_topic_is_told_of(reader):
    factories.theme("registers")
    follow(reader, "theme", "registers")
    factories.practice("On registers (invented)", themes=["registers"])
    (mail,) = mails_to(reader)
    assert "On registers (invented)" in mail.body


def test_threads_do_not_come_a_second_time_by_the_country_of_who_asks(reader):
    factories.country("GEO")
    follow(reader, "country", "GEO")
    open_group = groups.community(visibility="public")
    groups.thread(open_group, groups.member_of(open_group, "GEO"))
    assert mails_to(reader) == []


def test_a_new_version_of_a_followed_practice_is_told_once(reader):
    page = factories.practice("A practice (invented)")
    follow(reader, "practice", str(page.translation_key))
    assert mails_to(reader) == []
    page.save_revision().publish()
    (mail,) = mails_to(reader, MONDAY + DAY)
    assert "You follow: A practice (invented)" in mail.body
    assert "New version" in mail.body
    assert len(mails_to(reader, MONDAY + 2 * DAY)) == 1


def test_who_cites_or_adapts_a_followed_practice_is_told(reader):
    author = people.representative("GEO")
    page = told.practice_of(author)
    follow(reader, "practice", str(page.translation_key))
    group, closed = groups.community(visibility="public"), groups.community()
    peer = groups.member_of(group, "KEN")
    groups.join(peer, closed)
    groups.thread(group, peer, "Open question (invented)", f"See /p/{page.pk}/ (invented)")
    groups.thread(closed, peer, "Closed question CNRY8", f"See /p/{page.pk}/ (invented)")
    told.adoption(page, peer)
    (mail,) = mails_to(reader)
    assert "Open question (invented)" in mail.body
    assert "Adapted by" in mail.body
    assert "CNRY8" not in whole(mail)
    assert len(mails_to(reader, MONDAY + DAY)) == 1


def test_a_practice_that_is_closed_is_not_told_of(reader):
    page = factories.practice("A practice (invented)")
    follow(reader, "practice", str(page.translation_key))
    page.save_revision().publish()
    page.unpublish()
    assert mails_to(reader) == []


def test_a_followed_thread_comes_even_from_a_community_left_out(reader):
    group = groups.community()
    author = groups.member_of(group, "KEN")
    groups.join(reader, group, muted=True)
    thread = groups.thread(group, author, "Followed (invented)")
    Follow.objects.create(user=reader, kind="thread", code=str(thread.pk))
    groups.reply(thread, author, "New in it (invented)")
    groups.thread(group, author, "Not followed (invented)")
    (mail,) = mails_to(reader)
    assert "New in it (invented)" in mail.body
    assert "Not followed" not in mail.body


def test_titles_keep_their_language(reader):
    reader.language = "ar"
    reader.save()
    factories.practice("Une pratique (inventée)", language="fr", countries=["GEO"])
    follow(reader, "country", "GEO")
    factories.practice("Une autre (inventée)", language="fr", countries=["GEO"])
    html = html_of(mails_to(reader)[0])
    assert '<html lang="ar" dir="rtl">' in html
    assert '<bdi lang="fr" dir="ltr">' in html
