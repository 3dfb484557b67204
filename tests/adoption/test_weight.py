"""However much is said about a practice, its pages stay light."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.adoption import told
from tests.adoption.told import url
from tests.members import people

pytestmark = pytest.mark.django_db
MOST_QUERIES, MOST_BYTES = 25, 100_000


def talk(practice, author, number):
    """Let peers say and adapt so much."""
    peers = [people.member(code) for code in ("CHL", "MAR", "TUN")]
    for each in range(number):
        peer = peers[each % 3]
        words = f"Remark {each} of {number} (invented) " * 20
        said = told.feedback(practice, peer, words, "suggestion")
        for reply in range(3):
            told.answer(said, author, f"Answer {each}-{reply} of {number} (invented)")
        told.adoption(practice, peer, "everybody", changed=f"Change {each} of {number}")


def addresses(practice):
    return [practice.url, url("practice", practice.pk), url("overview")]


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(captured), len(answer.content)


@pytest.mark.parametrize("who", ["visitor", "member", "author", "secretariat"])
def test_pages_take_as_many_queries_whatever_is_said(who, practice, author, signed_in):
    user = {
        "visitor": lambda: None,
        "member": lambda: people.member("MAR"),
        "author": lambda: author,
        "secretariat": people.secretariat,
    }[who]()
    client = signed_in(user)
    pages = addresses(practice)
    if who == "secretariat":
        pages += [url("stale"), url("adaptations-csv")]
    talk(practice, author, 6)
    before = {address: queries(client, address)[0] for address in pages}
    talk(practice, author, 24)
    after = {address: queries(client, address) for address in pages}
    assert {address: count for address, (count, _size) in after.items()} == before
    if who == "visitor":
        assert max(count for count, _size in after.values()) <= MOST_QUERIES
        assert max(size for _count, size in after.values()) < MOST_BYTES


def test_the_pages_of_the_exchange_take_few_queries(practice, author, signed_in):
    talk(practice, author, 6)
    client = signed_in(people.member("MAR"))
    for address in addresses(practice)[1:]:
        assert queries(client, address)[0] <= MOST_QUERIES


def test_a_practice_costs_a_member_little_more_than_others(practice, author, signed_in):
    talk(practice, author, 6)
    others = queries(signed_in(people.person()), practice.url)[0]
    assert queries(signed_in(people.member("MAR")), practice.url)[0] <= others + 4


def test_the_lists_of_checklists_take_few_queries(practice, signed_in):
    from tests import factories

    peer = people.member("CHL")
    client = signed_in(peer)
    for number in range(12):
        page = factories.practice(title=f"Invented practice {number}")
        client.post(url("fit", page.pk), {"held_legal": "yes"})
    assert queries(client, url("fits"))[0] <= MOST_QUERIES
    assert queries(client, url("fit", practice.pk))[0] <= MOST_QUERIES
