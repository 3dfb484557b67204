"""A person takes their data along, and leaves nothing behind that names them."""

import json
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, PageLogEntry, Revision

from core import links, mail
from members import erasing
from members.exporting import as_json, export
from members.leftovers import mentions
from members.models import Application, Erased, Profile, Question, Role
from search.models import SavedSearch
from tests import factories
from tests.kept import kept
from tests.mail import sent
from tests.members import people
from users import personal
from users.models import User

pytestmark = pytest.mark.django_db

ADDRESS = "needle.in.haystack@example.org"
NAME = "Nadel Ähre"


@pytest.fixture(autouse=True)
def own_folder(tmp_path, settings):
    settings.DATA_DIR = tmp_path


@kept
def leaver():
    """Somebody who has done all there is to do here."""
    user = people.representative("GEO", email=ADDRESS)
    user.first_name, user.last_name = NAME.split()
    user.save()
    people.second_factor(user)
    client = Client()
    client.force_login(user)
    data = {"first_name": user.first_name, "last_name": user.last_name, "language": "en"}
    client.post("/en/members/me/", {**data, "languages": ["ka"], "listed": "on"})
    Client().post("/accounts/password/reset/", {"email": ADDRESS})
    Client().post("/accounts/login/", {"login": ADDRESS, "password": people.PASSWORD})
    SavedSearch.objects.create(user=user, name="Mine", query=f"what {NAME} asks", language="en")
    application = Application.objects.create(
        user=user, role="member", motivation=f"I am {NAME}, {ADDRESS}.", state="accepted"
    )
    Question.objects.create(application=application, text=f"Dear {NAME}?", answer="Yes.")
    UserSession.objects.create(
        user=user, session_key="k", ip="203.0.113.77", user_agent="Needle/1.0", data={}
    )
    page = factories.practice("What the office did (invented)")
    page.owner = user
    page.save()
    page.save_revision(user=user, log_action=True)
    log(user, "wagtail.edit", title=f"{NAME} {ADDRESS}")
    log(page, "wagtail.publish", user=user)
    links.issue("review", page, 5, for_address=ADDRESS)
    user.page = page
    return user


def erase(user, by=None):
    """Erase, and commit in thought."""
    erasing.erase(user, by)
    sent()


def every_byte():
    """All that the database holds, as text."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


TRACES = [ADDRESS, "needle", "Nadel", "Ähre", "203.0.113.77", json.dumps("Ähre")[1:-1]]


def test_after_erasure_nothing_names_the_person(leaver):
    before = every_byte()
    assert all(trace in before for trace in TRACES if "\\" not in trace)
    erase(leaver)
    after = every_byte().lower()
    assert [trace for trace in TRACES if trace.lower() in after] == []
    assert mentions([NAME, ADDRESS]) == []
    assert ADDRESS not in erasing.log_file().read_text()


def test_what_was_written_stays_with_the_institution(leaver):
    page = leaver.page
    erase(leaver)
    page.refresh_from_db()
    former = "former member of Statistical office of GEO (invented)"
    assert str(page.owner) == former
    assert str(Revision.objects.filter(user=leaver).latest("pk").user) == former
    assert PageLogEntry.objects.filter(user=leaver).exists()
    assert Role.objects.get(user=leaver).country.code == "GEO"


def test_the_account_is_closed_for_good(leaver):
    client = Client()
    client.force_login(leaver)
    erase(leaver)
    assert client.get("/en/members/me/").status_code == 302
    data = {"login": ADDRESS, "password": people.PASSWORD}
    client.post("/accounts/login/", data)
    assert client.get("/en/members/me/").status_code == 302
    leaver.refresh_from_db()
    assert not leaver.is_active
    assert not leaver.groups.exists()
    assert not EmailAddress.objects.filter(user=leaver).exists()
    Client().post("/accounts/signup/", {"email": ADDRESS, "password1": people.PASSWORD,
                                        "password2": people.PASSWORD})  # fmt: skip
    assert User.objects.filter(email=ADDRESS).exists()


def test_others_keep_what_is_theirs(leaver):
    other = people.member("MAR")
    SavedSearch.objects.create(user=other, name="Theirs", query="data", language="en")
    session = Client()
    session.force_login(other)
    erase(leaver)
    other.refresh_from_db()
    assert other.email.startswith("member-of-mar")
    assert SavedSearch.objects.filter(user=other).count() == 1
    assert other.roles.count() == 1
    assert session.get("/en/members/me/").status_code == 200


def test_a_name_that_is_a_common_word_costs_others_nothing():
    user = people.member("GEO")
    user.first_name, user.last_name = "e", "a"
    user.save()
    staff, session = people.secretariat(), Client()
    session.force_login(staff)
    mail.send("member_question", staff, {"question": "The area, e a, is near."})
    erasing.erase(user)
    assert session.get("/en/members/board/").status_code == 200
    assert [each.to for each in sent()] == [[staff.email]]


def test_pages_that_the_person_locked_are_open_again(leaver):
    page = leaver.page
    type(page).objects.filter(pk=page.pk).update(locked=True, locked_by=leaver)
    erase(leaver)
    page.refresh_from_db()
    assert (page.locked, page.locked_by) == (False, None)


def test_the_export_holds_what_is_known(leaver):
    told = as_json(export(leaver))
    found = json.loads(told)
    assert found["account"]["email"] == ADDRESS
    assert found["data"]["search.SavedSearch"][0]["query"] == f"what {NAME} asks"
    assert found["data"]["members.Application"][0]["motivation"].startswith("I am")
    assert found["data"]["members.Question"][0]["answer"] == "Yes."
    assert found["data"]["members.SpokenLanguage"] == [{"code": "ka"}]
    assert found["data"]["members.Role"][0]["country__code"] == "GEO"
    assert "203.0.113.77" in {row["ip"] for row in found["data"]["usersessions.UserSession"]}
    assert found["data"]["wagtailcore.Page"][0]["title"] == "What the office did (invented)"


def test_the_export_holds_nothing_of_others_and_no_secret(leaver):
    other = people.member("MAR", email="other@example.org")
    SavedSearch.objects.create(user=other, name="Theirs", query="their question", language="en")
    told = as_json(export(leaver))
    assert "their question" not in told
    assert "other@example.org" not in told
    assert "secret" not in told
    assert leaver.password not in told


def test_every_model_with_a_link_to_a_person_is_declared():
    assert personal.undeclared() == []


def test_a_model_that_nobody_declared_is_noticed(monkeypatch):
    known = {name: each for name, each in personal._declared.items() if "savedsearch" not in name}
    monkeypatch.setattr(personal, "_declared", known)
    assert personal.undeclared() == ["search.SavedSearch"]


@pytest.mark.parametrize("each", personal.declared(), ids=lambda each: each.model)
def test_what_is_declared_can_be_exported_and_erased(each):
    apps.get_model(each.model)
    user = people.person()
    assert isinstance(list(each.export(user)), list)
    each.erase(user)


def test_the_commands_say_what_they_did(leaver, tmp_path):
    file, out = tmp_path / "export.json", StringIO()
    call_command("export_user", ADDRESS.upper(), "--to", str(file), stdout=out)
    assert json.loads(file.read_text())["account"]["email"] == ADDRESS
    assert file.stat().st_mode & 0o077 == 0
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_user", ADDRESS, "--to", str(file), stdout=out)
    type(leaver.page).objects.filter(pk=leaver.page.pk).update(summary=f"Ask {NAME}.")
    call_command("erase_user", ADDRESS, stdout=out)
    assert "The account is erased." in out.getvalue()
    assert f"still stands in practices.PracticePage {leaver.page.pk}" in out.getvalue()
    for command in ("export_user", "erase_user"):
        options = ["--to", str(tmp_path / "x")] if command == "export_user" else []
        with pytest.raises(CommandError, match="no account"):
            call_command(command, ADDRESS, *options, stdout=out)


def test_a_restored_backup_is_erased_again(leaver, tmp_path):
    other = people.member("MAR")
    erase(leaver)
    # The backup of before: the account is there again, and the table knows nothing of it.
    User.objects.filter(pk=leaver.pk).update(email=ADDRESS, first_name="Nadel", is_active=True)
    Erased.objects.all().delete()
    Profile.objects.create(user=leaver, expertise=f"I am {NAME}")
    out = StringIO()
    call_command("erase_user", "--replay", stdout=out)
    assert "1 accounts were erased again" in out.getvalue()
    assert ADDRESS not in every_byte()
    other.refresh_from_db()
    assert other.is_active
    call_command("erase_user", "--replay", stdout=out)
    assert "0 accounts were erased again" in out.getvalue()


def reauthenticated(client, address, data):
    """Post, give the password that is asked for, and return what comes then."""
    answer = client.post(address, data)
    assert "/accounts/reauthenticate/" in answer.url
    return client.post(answer.url, {"password": people.PASSWORD})


def test_one_takes_one_s_data_after_the_password(client):
    user = people.member()
    client.force_login(user)
    answer = reauthenticated(client, "/en/members/me/export/", {})
    assert "attachment" in answer["Content-Disposition"]
    assert json.loads(answer.content)["account"]["email"] == user.email
    assert client.get("/en/members/me/export/").status_code == 405


def test_a_wrong_password_gives_no_data(client):
    client.force_login(people.member())
    answer = client.post("/en/members/me/export/")
    answer = client.post(answer.url, {"password": "wrong"})
    assert "Content-Disposition" not in answer
    assert client.post("/en/members/me/export/").status_code == 302


def test_one_erases_oneself_after_the_password(client):
    user = people.member()
    client.force_login(user)
    assert "What stays" in client.get("/en/members/me/erase/").content.decode()
    answer = reauthenticated(client, "/en/members/me/erase/", {"sure": "on"})
    assert answer.url == "/accounts/login/"
    user.refresh_from_db()
    assert user.is_erased
    assert client.get("/en/members/me/").status_code == 302


def test_without_the_tick_nothing_is_erased(client):
    user = people.member()
    client.force_login(user)
    assert reauthenticated(client, "/en/members/me/erase/", {}).status_code == 400
    user.refresh_from_db()
    assert not user.is_erased


def test_the_last_administrator_stays(client):
    user = people.superuser()
    client.force_login(user)
    answer = reauthenticated(client, "/en/members/me/erase/", {"sure": "on"})
    assert answer.status_code == 409
    user.refresh_from_db()
    assert not user.is_erased


def test_strangers_export_and_erase_nothing(client):
    for address in ("/en/members/me/export/", "/en/members/me/erase/"):
        assert client.post(address, {"sure": "on"}).url.startswith("/accounts/login/")


def test_who_erased_is_in_the_log_without_a_name(leaver):
    staff = people.secretariat()
    erase(leaver, by=staff)
    entry = ModelLogEntry.objects.get(action="members.erase")
    assert entry.user == staff
    assert "Nadel" not in entry.label
    assert sent() is not None
