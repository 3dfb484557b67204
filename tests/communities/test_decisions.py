"""The register of decisions: numbered, written once, reviewed on its day, for its readers."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities.decisions import register
from communities.models import Act, Decision, DecisionReview
from core.written_once import WrittenOnceError
from tests.communities import groups
from tests.kept import kept
from tests.members import people

pytestmark = pytest.mark.django_db
SENT = {
    "title": "Count by the day of entry (invented)",
    "text": "Countries count children **on the day of entry** (invented).",
    "adopted_on": "2026-01-10",
    "review_on": "2026-06-01",
}


@kept
def group():
    return groups.community()


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


@kept
def lead(group):
    return groups.facilitator_of(group)


def entered(group, lead, **changed):
    new = reverse("community-decision-new", args=[group.slug])
    client_of(lead).post(new, SENT | changed)
    return Decision.objects.filter(community=group).order_by("number").last()


def test_a_decision_is_numbered_signed_and_stays_as_adopted(group, lead):
    first = entered(group, lead)
    second = entered(group, lead, title="Another (invented)")
    assert (first.number, second.number, first.country) == (1, 2, "GEO")
    assert entered(group, lead) == second  # the first, entered twice, is no third
    first.text = "Something else"
    with pytest.raises(WrittenOnceError):
        first.save()
    with pytest.raises(WrittenOnceError):
        Decision.objects.filter(pk=first.pk).update(text="Something else")


def test_members_read_the_register_and_only_facilitators_write_in_it(group, lead):
    decision = entered(group, lead)
    member = groups.member_of(group, "MEX")
    pages = [
        reverse("community-decisions", args=[group.slug]),
        reverse("community-decision", args=[group.slug, decision.number]),
    ]
    for page in pages:
        assert SENT["title"] in client_of(member).get(page).content.decode()
        assert client_of(people.member("CHL")).get(page).status_code == 404
        assert Client().get(page).status_code == 404
    review = reverse("community-decision-review", args=[group.slug, decision.number])
    sent = {"finding": "stands", "note": ""}
    assert client_of(member).post(review, sent).status_code == 404
    new = reverse("community-decision-new", args=[group.slug])
    assert client_of(member).post(new, SENT | {"title": "Mine"}).status_code == 404
    assert (Decision.objects.count(), DecisionReview.objects.count()) == (1, 0)


def test_a_decision_waits_for_review_from_its_day_until_it_is_noted(group, lead):
    decision = entered(group, lead)
    assert register.due(group) == [decision]
    later = timezone.localdate() + datetime.timedelta(days=200)
    review = reverse("community-decision-review", args=[group.slug, decision.number])
    client_of(lead).post(review, {"finding": "stands", "note": "Fine", "review_on": later})
    assert register.due(group) == []
    shown = register.in_order(group).get()
    assert register.review_day(shown) == later


def test_one_decision_is_replaced_by_one(group, lead):
    first = entered(group, lead)
    newer = entered(group, lead, title="Newer (invented)", replaces=first.pk)
    new = reverse("community-decision-new", args=[group.slug])
    answer = client_of(lead).post(new, SENT | {"title": "Third", "replaces": first.pk})
    assert answer.status_code == 400
    assert Decision.objects.count() == 2
    page = reverse("community-decision", args=[group.slug, first.number])
    assert f"Decision {newer.number}" in client_of(lead).get(page).content.decode()
    assert register.due(group) == [newer]


def test_nothing_of_another_community_can_be_named(group, lead):
    other = groups.community()
    groups.join(lead, other, facilitator=True)
    foreign = entered(other, lead)
    new = reverse("community-decision-new", args=[group.slug])
    answer = client_of(lead).post(new, SENT | {"replaces": foreign.pk})
    assert answer.status_code == 400
    assert not Decision.objects.filter(community=group).exists()


def test_a_hidden_thread_is_not_named_beside_its_decision(group, lead):
    author, member = groups.member_of(group, "COL"), groups.member_of(group, "MEX")
    thread = groups.thread(group, author, title="Canary of a thread")
    decision = entered(group, lead, thread=thread.pk)
    page = reverse("community-decision", args=[group.slug, decision.number])
    assert "Canary of a thread" in client_of(member).get(page).content.decode()
    from communities.models import Hiding

    Hiding.objects.create(post=thread.posts.get(), by=lead, reason="Invented")
    assert "Canary of a thread" not in client_of(member).get(page).content.decode()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"adopted_on": "2999-01-01"}, "Enter a decision when it is adopted"),
        ({"review_on": "2025-01-01"}, "The review comes after the adoption."),
        ({"text": ""}, "This field is required."),
        ({"adopted_on": "yesterday"}, "Enter a valid date."),
    ],
)
def test_what_cannot_be_meant_is_said(group, lead, wrong, told):
    new = reverse("community-decision-new", args=[group.slug])
    answer = client_of(lead).post(new, SENT | wrong)
    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert not Decision.objects.exists()


def test_the_register_costs_the_same_with_many(group, lead, django_assert_max_num_queries):
    for number in range(1, 40):
        Decision(
            community=group,
            number=number,
            title=f"Decision {number}",
            text="Invented",
            adopted_on=timezone.localdate(),
        ).save()
    client = client_of(lead)
    client.get(reverse("community-decisions", args=[group.slug]))
    with django_assert_max_num_queries(25):
        client.get(reverse("community-decisions", args=[group.slug]))
    assert not Act.objects.exists()


def test_what_cannot_be_seen_is_no_text_and_is_not_kept(group, lead):
    assert entered(group, lead, text="\u200b\u202e ") is None
    kept = entered(group, lead, text="We count\u202e once\u200b (invented).")
    assert kept.text == "We count once (invented)."


def test_no_browser_cuts_an_adopted_text_off_and_too_long_a_one_is_not_lost(group, lead):
    new = reverse("community-decision-new", args=[group.slug])
    form = client_of(lead).get(new).content.decode()
    box = form.split("<textarea")[1].split(">")[0]
    assert 'name="text"' in box
    assert "maxlength" not in box
    answer = client_of(lead).post(new, SENT | {"text": "w" * 20_001})
    assert answer.status_code == 400
    assert "w" * 20_001 in answer.content.decode()
    assert not Decision.objects.exists()


def test_the_address_of_a_review_leads_back_to_the_decision(group, lead):
    decision = entered(group, lead)
    review = reverse("community-decision-review", args=[group.slug, decision.number])
    assert client_of(lead).get(review).url.endswith(f"/decisions/{decision.number}/")
    assert client_of(groups.member_of(group, "MEX")).get(review).status_code == 404
