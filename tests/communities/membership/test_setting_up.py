"""Opening a community and changing who can see it; the search follows in the same transaction."""

import pytest

from communities import access
from communities.groups import setting_up
from communities.models import Act, Community
from search.viewer import ANYONE
from tests.communities import groups
from tests.communities.membership.test_asking import at
from tests.kept import kept
from tests.members import people

pytestmark = pytest.mark.django_db


def sent(group, **changed):
    values = setting_up.values_of(group) | {"languages": ["en"]} | changed
    if not values["holds_first_posts"]:
        values.pop("holds_first_posts")
    return values | {"mark": setting_up.mark_of(group)}


@kept
def lead(private):
    return groups.facilitator_of(private)


@pytest.fixture
def client(lead, client_of):
    return client_of(lead)


def test_settings_are_changed_and_logged(private, client, lead):
    changed = sent(private, name="Another name (invented)", holds_first_posts=True)
    assert client.post(at(private, "settings"), changed).status_code == 302
    private.refresh_from_db()
    assert private.name == "Another name (invented)"
    act = Act.objects.get()
    assert (act.kind, act.by) == ("settings", lead)
    assert act.detail["holds_first_posts"] == [False, True]
    assert "purpose" not in act.detail


def test_a_private_community_becomes_public_only_when_its_name_is_typed(
    private, client, lead, client_of
):
    thread = groups.thread(private, lead, title="Register of crossings (invented)")
    groups.reply(thread, lead)
    public = sent(private, visibility="public")
    asked = client.post(at(private, "settings"), public)
    assert "2 posts written for members alone" in asked.content.decode()
    wrong = client.post(at(private, "settings"), public | {"confirm": "1", "typed": "yes"})
    assert wrong.status_code == 400
    private.refresh_from_db()
    assert private.visibility == "private"
    assert client_of(None).get(at(private)).status_code == 404
    assert found_by_anyone("crossings") == []

    client.post(at(private, "settings"), public | {"confirm": "1", "typed": private.name.upper()})
    private.refresh_from_db()
    assert private.visibility == "public"
    assert client_of(None).get(at(private)).status_code == 200
    assert found_by_anyone("crossings") == ["Register of crossings (invented)"]
    assert Act.objects.get().detail["visibility"] == ["private", "public"]

    client.post(at(private, "settings"), sent_again(private) | {"confirm": "1"})
    assert client_of(None).get(at(private)).status_code == 404
    assert found_by_anyone("crossings") == []


def sent_again(private):
    private.refresh_from_db()
    return sent(private, visibility="private")


def found_by_anyone(words):
    from search import engine

    return sorted({hit.card.title for hit in engine.find(words, ANYONE).hits})


def test_what_is_typed_is_sent_again_with_the_confirmation(private, client):
    new = sent(private, visibility="members", name="Name typed (invented)", themes=[])
    page = client.post(at(private, "settings"), new).content.decode()
    assert 'name="name" value="Name typed (invented)"' in page
    client.post(at(private, "settings"), new | {"confirm": "1"})
    private.refresh_from_db()
    assert (private.visibility, private.name) == ("members", "Name typed (invented)")


def test_a_conflict_is_shown_and_nothing_is_lost(private, client, client_of):
    mine = sent(private, purpose="Mine (invented).")
    other = groups.facilitator_of(private, "PER")
    theirs = sent(private, purpose="Theirs (invented).")
    client_of(other).post(at(private, "settings"), theirs)
    refused = client.post(at(private, "settings"), mine)
    assert refused.status_code == 409
    assert "Mine (invented)." in refused.content.decode()
    assert "Theirs (invented)." in refused.content.decode()
    private.refresh_from_db()
    assert private.purpose == "Theirs (invented)."
    again = mine | {"mark": setting_up.mark_of(private)}
    client.post(at(private, "settings"), again)
    private.refresh_from_db()
    assert private.purpose == "Mine (invented)."


def test_a_closed_community_is_read_and_nobody_writes(private, client, lead):
    assert client.get(at(private, "settings", "close")).status_code == 200
    client.post(at(private, "settings", "close"))
    private.refresh_from_db()
    assert not access.may_write(lead, private)
    assert client.get(at(private)).status_code == 200
    client.post(at(private, "settings", "close"))
    assert Act.objects.count() == 1
    client.post(at(private, "settings", "reopen"))
    private.refresh_from_db()
    assert access.may_write(lead, private)


def test_others_change_nothing(private, lead, client_of):
    new = sent(private, name="Not mine (invented)")
    member = groups.member_of(private, "MEX")
    for person in (None, member, people.member("KEN"), people.secretariat()):
        assert client_of(person).post(at(private, "settings"), new).status_code == 404
    private.refresh_from_db()
    assert private.name != "Not mine (invented)"


NEW = {
    "name": "Working group (invented)",
    "purpose": "Invented for a test.",
    "kind": "working-group",
    "visibility": "members",
    "languages": ["en", "fr"],
}


def test_the_secretariat_opens_a_community_and_is_not_in_it(client_of):
    office = people.secretariat()
    answer = client_of(office).post("/en/communities/new/", NEW)
    group = Community.objects.get()
    assert answer["Location"] == at(group, "facilitators")
    assert (group.slug, group.created_by) == ("working-group-invented", office)
    assert not access.is_in(office, group)
    again = client_of(office).post("/en/communities/new/", NEW)
    assert again.status_code == 400
    assert Community.objects.count() == 1


@pytest.mark.parametrize("slug", ["new", "alerts", "New", "-", "ü"])
def test_a_short_name_is_free_and_no_word_of_the_site(client_of, slug):
    office = client_of(people.secretariat())
    answer = office.post("/en/communities/new/", NEW | {"slug": slug})
    assert answer.status_code == 400
    assert Community.objects.count() == 0


def test_a_name_in_arabic_asks_for_a_short_name(client_of):
    office = client_of(people.secretariat())
    arabic = NEW | {"name": "مجموعة (مختلقة)"}
    assert office.post("/en/communities/new/", arabic).status_code == 400
    assert office.post("/en/communities/new/", arabic | {"slug": "arabic"}).status_code == 302
