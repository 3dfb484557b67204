"""The secretariat's desk: what waits, the plan, the chapters, the chair; rights follow the term."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities.models import Decision
from members.models import Application, Role
from tests import factories
from tests.communities import groups
from tests.mail import sent
from tests.members import people
from workshops.desk import access, chairing, reminding
from workshops.models import AnnualReport, ChairTerm, Contribution, WorkItem

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def office():
    return people.secretariat()


@pytest.fixture
def desk(client, office):
    client.force_login(office)
    return client


def today():
    return timezone.localdate()


def chapter(owner=None, in_days=0, **fields):
    report, _new = AnnualReport.objects.get_or_create(year=2026, defaults={"title": "Invented"})
    deadline = today() + in_days * DAY
    return Contribution.objects.create(
        report=report, chapter="A chapter (invented)", owner=owner, deadline=deadline, **fields
    )


def term(user, starts=-10, ends=10):
    return ChairTerm(
        user=user,
        institution=people.institution("Agency (invented)"),
        starts=today() + starts * DAY,
        ends=today() + ends * DAY,
    )


def test_one_page_counts_what_waits_and_leads_there(desk, django_assert_max_num_queries):
    Application.objects.create(
        user=people.person(), state="sent", role="member", motivation="Invented",
        country=factories.country("PAN"),
    )  # fmt: skip
    WorkItem.objects.create(title="Overdue (invented)", due_on=today() - DAY)
    chapter(in_days=3)
    desk.get(reverse("desk"))
    with django_assert_max_num_queries(25):
        shown = desk.get(reverse("desk")).content.decode()
    board = shown.split(f'href="{reverse("members-board")}"')[1]
    assert '<strong class="waiting__number">1</strong>' in board[:120]
    assert "Overdue (invented)" in shown
    assert "A chapter (invented)" in shown
    for name in ("safeguarding-desk", "exchange-stale", "review-overview", "search_gaps"):
        assert reverse(name) in shown
    assert '<a href="/en/desk/">Desk</a>' in desk.get("/en/desk/plan/").content.decode()


def test_decisions_are_shown_with_their_day_to_who_reads_their_group(desk, office):
    inside, outside = groups.community("Inside"), groups.community("Outside")
    groups.join(office, inside)
    for group in (inside, outside):
        Decision.objects.create(
            community=group, number=1, title=f"Decided {group.name}", text="Invented.",
            adopted_on=today(), review_on=today() + 5 * DAY, author=office,
        )  # fmt: skip
    shown = desk.get(reverse("desk")).content.decode()
    assert "Decided Inside" in shown
    assert "Decided Outside" not in shown


def test_the_plan_is_kept_and_nothing_typed_is_lost(desk, office):
    new = reverse("desk-work-new")
    told = {"title": "Write the report", "owner": office.pk, "due_on": "2026-12-24",
            "status": "going", "url": "javascript:alert(1)"}  # fmt: skip
    refused = desk.post(new, told)
    assert refused.status_code == 400
    assert "Write the report" in refused.content.decode()
    assert desk.post(new, told | {"url": "/en/practices/"}).status_code == 302
    item = WorkItem.objects.get()
    assert (item.owner, item.status, item.is_overdue) == (office, "going", False)
    desk.post(reverse("desk-work", args=[item.pk]), told | {"url": "", "status": "done"})
    assert "Done or given up" in desk.get(reverse("desk-plan")).content.decode()


def test_a_chapter_is_asked_for_written_and_handed_in(desk):
    writer = people.member("KEN")
    asked = {"year": 2026, "chapter": "Children in transit", "owner": writer.pk, "status": "asked",
             "deadline": "2026-12-20", "brief": "Two pages"}  # fmt: skip
    assert desk.post(reverse("desk-contribution-new"), asked).status_code == 302
    [mail] = sent()
    assert mail.to == [writer.email]
    one = Contribution.objects.get()
    address = reverse("desk-contribution", args=[one.pk])
    assert address in mail.body
    hers = Client()
    hers.force_login(writer)
    assert "Two pages" in hers.get(address).content.decode()
    assert hers.post(address, {"status": "handed-in"}).status_code == 400
    # She says where it stands; what is asked of her, and whether it is accepted, she does not.
    sly = {"status": "accepted", "url": "https://example.org/text", "deadline": "2027-01-01"}
    assert hers.post(address, sly).status_code == 400
    assert hers.post(address, sly | {"status": "handed-in"}).status_code == 302
    one.refresh_from_db()
    assert (one.status, str(one.deadline)) == ("handed-in", "2026-12-20")
    assert "https://example.org/text" in desk.get(reverse("desk-report")).content.decode()
    Contribution.objects.update(status="accepted")
    assert "It is accepted." in hers.get(address).content.decode()
    assert hers.post(address, sly | {"status": "writing"}).status_code == 400
    assert Contribution.objects.get().status == "accepted"
    stranger = Client()
    stranger.force_login(people.member("COL"))
    assert stranger.get(address).status_code == 404
    assert hers.get(reverse("desk-report")).status_code == 404


def test_writers_are_reminded_before_and_after_the_day_and_never_twice():
    writer, start = people.member("KEN"), today()
    one = chapter(writer, in_days=14)
    chapter(writer, in_days=14, status="handed-in")
    chapter(None, in_days=14)
    days = []
    for day in range(40):
        moment = start + day * DAY
        one.refresh_from_db()
        if reminding.is_due(one, moment):
            days.append(day)
            Contribution.objects.filter(pk=one.pk).update(reminded_on=moment)
    assert days == [0, 11, 18, 25, 32, 39]
    # The deadline is put off: there is a fortnight's reminder of the new one, too.
    Contribution.objects.filter(pk=one.pk).update(deadline=start + 60 * DAY, reminded_on=start)
    one.refresh_from_db()
    assert next(day for day in range(50) if reminding.is_due(one, start + day * DAY)) == 46
    Contribution.objects.filter(pk=one.pk).update(deadline=start + 14 * DAY, reminded_on=None)
    assert reminding.remind_all() == 1
    assert reminding.remind_all() == 0
    assert [mail.to for mail in sent()] == [[writer.email]]


def test_the_rights_of_the_chair_begin_and_end_with_the_term(desk, office):
    person = people.member("KEN")
    hers = Client()
    hers.force_login(person)
    statuses = []
    for starts, ends in ((1, 30), (-30, -1), (0, 0)):
        ChairTerm.objects.all().delete()
        term(person, starts, ends).save()
        statuses.append(hers.get(reverse("desk-plan")).status_code)
    assert statuses == [404, 404, 302]  # she has to set a second factor up first
    people.second_factor(person)
    assert hers.get(reverse("desk-plan")).status_code == 200
    # While somebody chairs, it is the chair who freezes, and no longer the whole office.
    assert access.may_freeze(person)
    assert not access.may_freeze(office)
    # Whoever is no member any more chairs no more either; then the office freezes.
    Role.objects.filter(user=person).update(ended_at=timezone.now())
    person = type(person).objects.get(pk=person.pk)
    assert hers.get(reverse("desk-plan")).status_code == 404
    assert access.may_freeze(office)
    Role.objects.filter(user=person).update(ended_at=None)
    person = type(person).objects.get(pk=person.pk)
    assert access.may_freeze(person)
    assert "/en/members/board/" not in hers.get(reverse("desk")).content.decode()
    assert hers.post(reverse("desk-chair"), {}).status_code == 404  # nobody names themselves
    desk.post(reverse("desk-chair-end", args=[ChairTerm.objects.get().pk]))
    assert hers.get(reverse("desk-plan")).status_code == 404
    assert access.may_freeze(office)
    history = hers.get(reverse("desk-chair")).content.decode()
    assert "Agency (invented)" in history


def test_nobody_chairs_beside_somebody_else(office, desk):
    first = chairing.name(term(people.member("KEN")), office)
    with pytest.raises(chairing.OverlapError):
        chairing.name(term(people.member("COL"), 10, 20), office)
    chairing.name(term(people.member("COL"), 11, 20), office)
    assert chairing.end(first)
    assert not chairing.end(first)
    chairing.name(term(people.member("GEO"), 0, 10), office)  # the day on which it was ended
    # A term that has not begun is taken back, and its days are free.
    wrong = chairing.name(term(people.member("PAN"), 40, 50), office)
    assert "Take it back" in desk.get(reverse("desk-chair")).content.decode()
    shown = desk.post(reverse("desk-chair-end", args=[wrong.pk]), follow=True).content.decode()
    assert "The term is taken back." in shown
    assert "· taken back" in shown
    chairing.name(term(people.member("PER"), 40, 50), office)


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten_unseen(desk):
    """G07: two who have a form open at once, and a form that is sent twice."""
    writer = people.member("KEN")
    one = chapter(writer, in_days=5)
    address = reverse("desk-contribution", args=[one.pk])
    mark = desk.get(address.replace("/en/", "/es/")).context["form"].mark
    hers = Client()
    hers.force_login(writer)
    text = "https://example.org/text"
    handed = {"status": "handed-in", "url": text, "mark": hers.get(address).context["form"].mark}
    assert hers.post(address, handed).status_code == 302
    old = {"year": 2026, "chapter": "A new name", "owner": writer.pk, "status": "asked",
           "deadline": str(one.deadline), "brief": "", "url": "", "mark": mark}  # fmt: skip
    refused = desk.post(address, old)
    assert refused.status_code == 409
    shown = refused.content.decode()
    assert all(said in shown for said in ("A new name", text, "What stands there now"))
    one.refresh_from_db()
    assert (one.status, one.url) == ("handed-in", text)
    again = old | {"mark": refused.context["form"].mark, "url": text, "status": "accepted"}
    assert desk.post(address, again).status_code == 302
    one.refresh_from_db()
    assert (one.chapter, one.status, one.url) == ("A new name", "accepted", text)
    new = reverse("desk-contribution-new")
    assert desk.post(new, old | {"chapter": "a NEW name"}).status_code == 400
    plan = [desk.post(reverse("desk-work-new"), {"title": "Once", "status": "planned"}).status_code
            for _twice in range(2)]  # fmt: skip
    assert (plan, Contribution.objects.count(), WorkItem.objects.count()) == ([302, 400], 1, 1)
