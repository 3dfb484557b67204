"""Membership is applied for and decided once, by somebody else, with the applicant kept in view."""

import threading

import pytest
from django.db import connection
from django.test import Client

from members import applying, roles
from members.forms import country_of_code
from members.models import Application, Kind, Profile, Role, State
from members.roles import is_member
from tests import factories
from tests.mail import sent
from tests.members import people
from users.models import Institution

pytestmark = pytest.mark.django_db

APPLY = "/en/members/apply/"


def form(**changes):
    factories.country("GEO")
    factories.theme("transit")
    return {
        "first_name": "Official",
        "last_name": "of a statistical office (invented)",
        "institution": "Office of numbers (invented)",
        "institution_kind": "statistical-office",
        "country": "GEO",
        "role": "representative",
        "languages": ["en", "ka"],
        "topics": ["transit"],
        "expertise": "Registers.",
        "motivation": "To share how we count.",
        **changes,
    }


def applied(client, applicant=None, **changes):
    """An application sent through the form."""
    user = applicant or people.person()
    client.force_login(user)
    answer = client.post(APPLY, form(**changes))
    assert answer.status_code == 302
    return Application.objects.filter(user=user).latest("pk")


def as_secretariat(**kwargs):
    client = Client()
    client.user = people.secretariat(**kwargs)
    client.force_login(client.user)
    return client


def acceptance(**changes):
    return {
        "kinds": ["representative"],
        "country": "GEO",
        "starts": "2026-01-01",
        "ends": "2099-12-31",
        **changes,
    }


def test_a_visitor_reads_what_membership_is_and_is_led_to_an_account(client):
    text = client.get(APPLY).content.decode()
    assert "/accounts/signup/?next=/en/members/apply/" in text
    assert "<form" not in text.partition("<main")[2]


def test_the_secretariat_is_told_of_an_application_in_its_language(client):
    people.secretariat(language="fr")
    application = applied(client)
    [mail] = sent()
    assert f"/fr/members/board/{application.pk}/" in mail.body
    assert application.user.email not in mail.body


def test_an_account_without_membership_is_a_visitor_with_a_name(client):
    application = applied(client)
    assert not is_member(application.user)
    assert str(application.user) == "Official of a statistical office (invented)"
    assert client.get("/en/members/directory/").status_code == 403
    assert client.get("/en/members/board/").status_code == 404


def test_accepting_gives_the_roles_the_profile_and_the_institution(client):
    application = applied(client, people.person(language="es"))
    staff = as_secretariat()
    staff.post(f"/en/members/board/{application.pk}/accept/", acceptance())
    user = application.user
    assert roles.countries_of(user) == {"GEO"}
    role = Role.objects.get(user=user)
    assert (str(role.starts), str(role.ends)) == ("2026-01-01", "2099-12-31")
    assert role.given_by == staff.user
    assert role.institution == Institution.objects.get(name="Office of numbers (invented)")
    profile = Profile.objects.get(user=user)
    assert set(profile.languages.values_list("code", flat=True)) == {"en", "ka"}
    assert [topic.code for topic in profile.topics.all()] == ["transit"]
    assert not profile.listed
    mail = sent()[-1]
    assert mail.to == [user.email]
    assert "/es/members/me/" in mail.body
    application.refresh_from_db()
    assert application.decided_by == staff.user
    assert client.get("/en/members/directory/").status_code == 200


def test_an_institution_in_the_list_is_found_by_name_and_not_made_again(client):
    known = people.institution()
    application = applied(client, institution=known.name.upper(), institution_kind="")
    assert application.institution == known
    as_secretariat().post(f"/en/members/board/{application.pk}/accept/", acceptance())
    assert Role.objects.filter(institution=known, user=application.user).exists()
    assert Institution.objects.count() == 1


def test_the_secretariat_asks_the_applicant_answers(client):
    application = applied(client)
    staff = as_secretariat()
    staff.post(f"/en/members/board/{application.pk}/ask/", {"text": "Which register?"})
    assert "Which register?" in sent()[-1].body
    page = client.get(APPLY).content.decode()
    assert "Which register?" in page
    client.post("/en/members/apply/answer/", {"text": "The civil one."})
    application.refresh_from_db()
    assert application.state == State.SENT
    assert "The civil one." in staff.get(f"/en/members/board/{application.pk}/").content.decode()


def test_a_refusal_has_a_reason_and_one_may_apply_again(client):
    application = applied(client)
    staff = as_secretariat()
    staff.post(f"/en/members/board/{application.pk}/decline/", {"text": "No office is named."})
    assert "No office is named." in sent()[-1].body
    page = client.get(APPLY).content.decode()
    assert "No office is named." in page
    assert 'name="motivation"' in page
    again = applied(client, application.user)
    assert again.pk != application.pk
    assert again.state == State.SENT


def test_a_refusal_without_a_reason_is_not_taken(client):
    application = applied(client)
    answer = as_secretariat().post(f"/en/members/board/{application.pk}/decline/", {"text": " "})
    assert answer.status_code == 400
    application.refresh_from_db()
    assert application.state == State.SENT


@pytest.mark.parametrize("step", ["accept", "ask", "decline"])
def test_nobody_decides_their_own_application(step):
    factories.country("GEO")
    staff = as_secretariat()
    fields = {"role": "member", "motivation": "Mine."}
    own = Application.objects.create(user=staff.user, **fields)
    other = Application.objects.create(user=people.person(), **fields)
    data = {"text": "Yes.", **acceptance()}
    assert staff.post(f"/en/members/board/{own.pk}/{step}/", data).status_code == 404
    own.refresh_from_db()
    assert own.state == State.SENT
    staff.post(f"/en/members/board/{other.pk}/{step}/", data)
    other.refresh_from_db()
    assert other.state != State.SENT


@pytest.mark.parametrize("who", ["anonymous", "visitor", "applicant", "member", "facilitator"])
@pytest.mark.parametrize("step", ["", "accept/", "ask/", "decline/"])
def test_only_the_secretariat_decides(client, who, step):
    application = applied(client)
    client.logout()
    if who == "applicant":
        client.force_login(application.user)
    elif who != "anonymous":
        client.force_login(people.person() if who == "visitor" else getattr(people, who)())
    address = f"/en/members/board/{application.pk}/{step}"
    data = {"text": "Yes.", **acceptance()}
    answer = client.post(address, data) if step else client.get(address)
    missing = f"/en/members/board/999999/{step}"
    same = client.post(missing, data) if step else client.get(missing)
    assert answer.status_code == same.status_code == 404
    application.refresh_from_db()
    assert application.state == State.SENT
    assert not Role.objects.filter(user=application.user).exists()


def test_a_demoted_secretariat_with_an_open_page_decides_nothing(client):
    application, staff = applied(client), as_secretariat()
    assert staff.get(f"/en/members/board/{application.pk}/").status_code == 200
    Role.objects.filter(user=staff.user).update(starts="2026-01-01", ends="2026-01-02")
    address = f"/en/members/board/{application.pk}/accept/"
    assert staff.post(address, acceptance()).status_code == 404
    application.refresh_from_db()
    assert application.state == State.SENT


def test_what_is_decided_is_not_decided_again(client):
    application, staff = applied(client), as_secretariat()
    address = f"/en/members/board/{application.pk}/"
    staff.post(f"{address}accept/", acceptance())
    answer = staff.post(f"{address}decline/", {"text": "Too late."}, follow=True)
    assert "Somebody was faster" in answer.content.decode()
    staff.post(f"{address}accept/", acceptance())
    application.refresh_from_db()
    assert application.state == State.ACCEPTED
    assert Role.objects.filter(user=application.user).count() == 1


def test_only_one_application_is_open(client):
    application = applied(client)
    client.post(APPLY, form())
    assert Application.objects.filter(user=application.user).count() == 1


def test_somebody_who_applies_all_day_has_to_wait(client):
    user = people.person()
    for _time in range(3):
        applied(client, user)
        client.post("/en/members/apply/withdraw/")
    assert client.post(APPLY, form()).status_code == 429
    assert Application.objects.filter(user=user).count() == 3


def test_members_cannot_apply_to_be_members(client):
    client.force_login(people.member())
    assert 'name="motivation"' not in client.get(APPLY).content.decode()
    client.post(APPLY, form())
    assert not Application.objects.exists()


def test_fields_that_are_not_in_the_form_are_not_taken(client):
    application = applied(client, state="accepted", decided_by="1", user="1", is_superuser="1")
    assert application.state == State.SENT
    assert application.decided_by is None
    assert not application.user.is_superuser


def test_bad_input_is_told_and_nothing_typed_is_lost(client):
    client.force_login(people.person())
    answer = client.post(APPLY, form(institution_kind="", country="", languages=[]))
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "Say what kind it is" in text
    assert "needs a country" in text
    assert "To share how we count." in text
    assert not Application.objects.exists()


@pytest.mark.parametrize("bad", ["\0", "x" * 5000, "<script>alert(1)</script>", "\u202eabc"])
def test_odd_text_is_refused_or_shown_as_text(client, bad):
    client.force_login(people.person())
    answer = client.post(APPLY, form(motivation=bad, institution=bad, first_name=bad), follow=True)
    assert answer.status_code in (200, 400)
    assert "<script>alert(1)</script>" not in answer.content.decode()
    application = Application.objects.first()
    if application:
        staff = as_secretariat()
        text = staff.get(f"/en/members/board/{application.pk}/").content.decode()
        assert "<script>alert(1)</script>" not in text
        assert "<script>" not in "".join(mail.subject for mail in sent())


def test_what_was_done_is_in_the_log_with_who_did_it(client):
    from wagtail.models import ModelLogEntry

    application, staff = applied(client), as_secretariat()
    staff.post(f"/en/members/board/{application.pk}/accept/", acceptance())
    entries = ModelLogEntry.objects.filter(user=staff.user).values_list("action", flat=True)
    assert set(entries) >= {"members.accept", "members.give"}


@pytest.mark.django_db(transaction=True)
def test_parallel_clicks_make_one_membership():
    from members.giving import Terms

    factories.country("GEO")
    application = Application.objects.create(
        user=people.person(), role="member", motivation="x", country=country_of_code("GEO")
    )
    deciders = [people.secretariat() for _each in range(6)]
    begin, done = threading.Barrier(6), []

    def decide(by):
        try:
            import datetime

            terms = Terms(datetime.date(2026, 1, 1), None, None, application.country)
            mine = Application.objects.get(pk=application.pk)
            begin.wait()
            done.append(applying.accept(mine, [Kind.MEMBER], terms, by))
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=[by]) for by in deciders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [False] * 5 + [True]
    assert Role.objects.filter(user=application.user).count() == 1
