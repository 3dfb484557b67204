"""An address to answer to is one person's, for one thread, and dies with their key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communities.inbound import addresses
from communities.inbound.addresses import read, reply_address
from communities.models import MailChoice
from tests.communities import groups

pytestmark = pytest.mark.django_db


def test_it_says_who_answers_what(member, thread, address):
    reading = read(address)
    assert (reading.user, reading.thread, reading.post) == (member, thread, None)
    assert not addresses.readers_changed(reading)
    post = groups.reply(thread, thread.author)
    reading = read(reply_address(member, post))
    assert (reading.user, reading.thread, reading.post) == (member, thread, post)


def test_it_fits_into_every_mail_server_whatever_the_case(address):
    local, _at, domain = address.partition("@")
    assert len(local) <= 64
    assert domain == "in.example.org"
    assert address == address.lower()
    for spelled in (address.upper(), address.title(), f" {address} "):
        assert read(spelled) == read(address)


def test_there_is_none_where_no_mail_comes_in(member, thread, address, settings):
    settings.INBOUND_DOMAIN = ""
    assert reply_address(member, thread) == ""
    assert read(address) is None
    assert addresses.found_in(address) == []


def test_a_new_key_kills_the_addresses_that_were_given_out(member, thread, address):
    choice = MailChoice.objects.get(user=member)
    choice.key = "another key"
    choice.save()
    assert read(address) is None
    assert read(reply_address(member, thread)) is not None


def test_a_new_secret_kills_them_unless_the_old_one_is_kept(address, settings):
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another secret"
    assert read(address) is None
    settings.SECRET_KEY_FALLBACKS = [old]
    assert read(address) is not None


def test_no_letter_of_it_can_be_changed(address):
    local, _at, domain = address.partition("@")
    for place in range(len("reply+"), len(local)):
        for letter in ("a", "7"):
            changed = local[:place] + letter + local[place + 1 :]
            assert changed == local or read(f"{changed}@{domain}") is None


@pytest.mark.parametrize(
    "made", ["", "@", "reply+@in.example.org", "reply+" + "a" * 40 + "@in.example.org",
             "reply+" + "1" * 40 + "@in.example.org", "reply+" + "é" * 40 + "@in.example.org",
             "reply+" + "a" * 4000 + "@in.example.org"],
)  # fmt: skip
def test_what_is_made_up_is_none(made):
    assert read(made) is None


def test_it_is_found_in_whatever_a_header_says(address):
    for told in (address, f"Practice Exchange <{address.upper()}>", f'"x, y" <{address}>, <a@b.c>'):
        assert addresses.found_in(told) == [address]
    for told in (f"{address}.evil.example", f"{address}x", "reply+abc@in.example.org", ""):
        assert addresses.found_in(told) == []


def test_a_moved_thread_and_one_opened_to_everybody_have_other_readers(thread, address, group):
    group.visibility = "public"
    group.save()
    assert addresses.readers_changed(read(address))
    group.visibility = "members"
    group.save()
    assert not addresses.readers_changed(read(address))
    thread.community = groups.community()
    thread.save()
    assert addresses.readers_changed(read(address))


def test_what_was_public_may_stay_public(group, thread, member):
    group.visibility = "public"
    group.save()
    thread.refresh_from_db()
    assert not addresses.readers_changed(read(reply_address(member, thread)))


def test_it_still_speaks_when_what_it_answers_is_gone(member, thread, address):
    thread.delete()
    reading = read(address)
    assert (reading.user, reading.thread, reading.post) == (member, None, None)


@given(st.text(max_size=120))
def test_nothing_that_is_typed_makes_it_fail(told):
    assert read(told) is None
    assert addresses.found_in(told) == []
