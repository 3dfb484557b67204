"""Rights are asked when a mail comes; what is not posted goes back to whoever wrote it."""

import pytest

from communities.inbound.addresses import reply_address
from communities.inbound.receiving import receive
from communities.models import Hiding
from tests.communities import groups
from tests.communities.inbound.letters import mail_of, stored
from tests.communities.inbound.outcome import posts, refused
from tests.mail import sent
from tests.members import people

pytestmark = pytest.mark.django_db


def test_an_address_dies_with_the_membership(thread, member, address):
    member.memberships.update(left_at="2026-01-01T00:00Z", ending="removed")
    told = refused(mail_of(member, address, "My own words (invented)."), "gone")
    assert told.to == [member.email]
    assert "My own words (invented)." in told.body
    assert thread.title not in told.body + told.subject.replace("Re: A thread (invented)", "")
    assert thread.community.name not in told.body
    assert str(thread.pk) not in told.body


def test_an_address_dies_with_the_role_in_the_alliance(member, address):
    member.roles.update(starts="2019-01-01", ends="2020-01-01")
    refused(mail_of(member, address), "gone")


def test_whoever_comes_back_may_answer_again(thread, group, member, address):
    member.memberships.update(left_at="2026-01-01T00:00Z", ending="left")
    refused(mail_of(member, address), "gone")
    groups.join(member, group)
    assert receive(mail_of(member, address)).outcome == "posted"


def test_a_closed_thread_is_answered_with_why_and_with_the_text(thread, member, address):
    thread.closed_at = "2026-01-01T00:00Z"
    thread.save()
    told = refused(mail_of(member, address, "My own words (invented)."), "closed")
    assert "The thread is closed" in told.body
    assert "My own words (invented)." in told.body
    assert thread.get_absolute_url() in told.body
    assert told.extra_headers["Auto-Submitted"] == "auto-replied"
    assert told.extra_headers["In-Reply-To"].startswith("<")


def test_a_closed_community_says_so(group, member, address):
    group.closed_at = "2026-01-01T00:00Z"
    group.save()
    assert "The community is closed" in refused(mail_of(member, address), "shut").body


def test_what_others_can_read_by_now_is_asked_for_again(thread, group, member, address):
    other = groups.community()
    groups.join(member, other)
    thread.community = other
    thread.save()
    told = refused(mail_of(member, address), "readers")
    assert other.name not in told.body
    assert thread.get_absolute_url() in told.body


def test_a_text_for_few_is_not_posted_to_everybody(group, member, address):
    group.visibility = "public"
    group.save()
    refused(mail_of(member, address), "readers")


def test_a_thread_moved_out_of_sight_is_gone(thread, member, address):
    thread.community = groups.community()
    thread.save()
    told = refused(mail_of(member, address), "gone")
    assert "/communities/" not in told.body


def test_a_thread_that_is_gone_or_hidden_is_gone(thread, member, address):
    Hiding.objects.create(post=thread.posts.get(number=1), reason="Invented")
    told = refused(mail_of(member, address), "gone")
    assert "/communities/" not in told.body
    thread.delete()
    assert receive(mail_of(member, address)).reason == "gone"


def test_a_visitor_of_a_public_community_does_not_answer_by_mail(db):
    group = groups.community(visibility="public")
    thread = groups.thread(group, groups.member_of(group))
    outsider = people.member("COL")
    refused(mail_of(outsider, reply_address(outsider, thread)), "gone")
    groups.join(outsider, group)
    raw = mail_of(outsider, reply_address(outsider, thread))
    assert receive(raw).outcome == "posted"


def test_the_mail_back_speaks_the_language_of_its_reader(thread, group):
    member = groups.member_of(group, language="fr")
    thread.closed_at = "2026-01-01T00:00Z"
    thread.save()
    told = refused(mail_of(member, reply_address(member, thread)), "closed")
    assert f"/fr/communities/{group.slug}/" in told.body


# --- Limits ---------------------------------------------------------------------------
def test_who_writes_too_often_hears_so_and_keeps_the_text(thread, member, address, settings):
    limits = {**settings.ACCOUNT_RATE_LIMITS, "post_message": "2/h/key"}
    settings.ACCOUNT_RATE_LIMITS = limits
    for _time in range(2):
        assert receive(mail_of(member, address)).outcome == "posted"
    note = receive(mail_of(member, address, "The third (invented)."))
    assert (note.outcome, note.reason) == ("refused", "often")
    assert len(posts(thread)) == 2
    assert "The third (invented)." in sent()[-1].body


def test_nobody_is_flooded_with_refusals(thread, member, address, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "inbound_answer": "2/h/key"}
    thread.closed_at = "2026-01-01T00:00Z"
    thread.save()
    for _time in range(5):
        assert receive(mail_of(member, address)).outcome == "refused"
    assert len(sent()) == 2


def test_a_text_that_is_too_long_comes_back_whole(member, address):
    text = "\n".join(["A line (invented)."] * 1500)
    told = refused(mail_of(member, address, text), "long")
    assert told.body.count("A line (invented).") == 1500


def test_a_mail_without_new_text_is_asked_for_again(member, address):
    told = refused(stored("nothing-new-en", member.email, address), "empty")
    assert "no new text" in told.body


# --- What waits ---------------------------------------------------------------------------
def test_the_first_post_of_a_new_member_waits(group, thread, member, address):
    group.holds_first_posts = True
    group.save()
    note = receive(mail_of(member, address))
    assert note.outcome == "held"
    assert thread.posts.get(number=2).held
    (told,) = sent()
    assert told.to == [member.email]
    assert "facilitator" in told.body


@pytest.mark.parametrize("doubt", ["domain", "provider"])
def test_what_may_be_forged_waits_for_a_facilitator(thread, member, address, doubt):
    says = "mx.example.org; dkim=none; dmarc=fail (p=NONE) header.from=example.org"
    raw = mail_of(member, address, Authentication_Results=says if doubt == "domain" else None)
    assert receive(raw, doubtful=doubt == "provider").outcome == "held"
    assert thread.posts.get(number=2).held


def test_what_its_domain_has_sent_does_not_wait(thread, member, address):
    says = "mx.example.org; dkim=pass; dmarc=pass header.from=example.org"
    assert receive(mail_of(member, address, Authentication_Results=says)).outcome == "posted"
