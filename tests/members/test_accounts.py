"""Signing up and in: the same answer to everybody, slow for guessers, mail with a measure."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user
from django.test import Client

from members.accounts import mailbox
from tests.mail import sent
from tests.members import people
from users.models import User

pytestmark = pytest.mark.django_db

PASSWORD = people.PASSWORD


def without_tokens(answer):
    """The page without what differs at every request."""
    text = answer.content.decode()
    for mark in ("csrfmiddlewaretoken", "nonce="):
        parts = text.split(mark)
        text = parts[0] + "".join(part[part.find(">") :] for part in parts[1:])
    return text


FORMS = {
    "/accounts/signup/": lambda email: {"email": email, "password1": PASSWORD,
                                        "password2": PASSWORD},
    "/accounts/password/reset/": lambda email: {"email": email},
    "/accounts/login/": lambda email: {"login": email, "password": "wrong"},
}  # fmt: skip


@pytest.mark.parametrize("address", FORMS)
def test_known_and_unknown_addresses_get_the_same_answer(address):
    known = people.member("GEO", email="kn@example.org").email
    told = []
    for email in (known, "un@example.org"):
        client = Client()
        before = len(sent())
        answer = client.post(address, FORMS[address](email), follow=True)
        told.append(
            (
                answer.status_code,
                answer.redirect_chain,
                without_tokens(answer).replace(email, "*"),
                len(sent()) - before,
            )
        )
    assert told[0] == told[1]


def test_changing_to_a_known_address_is_answered_like_to_an_unknown_one():
    known = people.member("GEO", email="kn@example.org").email
    told = []
    for email in (known, "un@example.org"):
        client, user = Client(), people.person()
        client.force_login(user)
        data = {"email": email, "action_add": ""}
        answer = client.post("/accounts/email/", data)
        if answer.status_code == 302 and "reauthenticate" in answer.url:
            answer = client.post(answer.url, {"password": PASSWORD})
        told.append((answer.status_code, answer.get("Location", "")))
    assert told[0] == told[1]


def test_an_account_opens_when_its_address_is_confirmed(client):
    client.post("/accounts/signup/", FORMS["/accounts/signup/"]("New@Example.org"))
    user = User.objects.get()
    assert user.email == "new@example.org"
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert not get_user(client).is_authenticated
    link = next(part for part in sent()[0].body.split() if "/confirm-email/" in part)
    path = "/accounts/" + link.partition("/accounts/")[2]
    client.get(path)
    assert not EmailAddress.objects.get().verified  # programs that read mail open links, too
    client.post(path)
    assert EmailAddress.objects.get().verified
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert get_user(client) == user


def test_mail_comes_in_the_language_of_the_account(client):
    client.get("/accounts/login/?next=/es/")
    client.post("/accounts/signup/", FORMS["/accounts/signup/"]("nueva@example.org"))
    assert User.objects.get().language == "es"
    assert "correo" in sent()[0].body


@pytest.mark.parametrize("variant", ["{}", "{}:1", "{}:8080"])
def test_guessing_is_stopped_whatever_host_or_proxy_is_named(client, variant):
    user = people.member()
    for number in range(8):
        client.post(
            "/accounts/login/",
            {"login": user.email.title(), "password": f"wrong-{number}"},
            headers={"Host": variant.format(f"h{number}.example.org"),
                     "X-Forwarded-For": f"203.0.113.{number}"},
        )  # fmt: skip
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert not get_user(client).is_authenticated
    other = people.member()
    client.post("/accounts/login/", {"login": other.email, "password": PASSWORD})
    assert get_user(client) == other


def test_a_new_password_lets_its_owner_in_again_at_once(client):
    user = people.member()
    for _attempt in range(8):
        client.post("/accounts/login/", {"login": user.email, "password": "wrong"})
    client.post("/accounts/password/reset/", {"email": user.email})
    link = next(part for part in sent()[-1].body.split() if "/password/reset/key/" in part)
    page = client.get("/accounts/" + link.partition("/accounts/")[2], follow=True)
    new = "another-long-one-9"
    client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    client.post("/accounts/login/", {"login": user.email, "password": new})
    assert get_user(client) == user


@pytest.mark.parametrize(
    ("address", "same"),
    [
        ("a.b+c@example.org", "ab@example.org"),
        ("AB@EXAMPLE.ORG", "ab@example.org"),
        ("ab@example.org", "ab@example.org"),
    ],
)
def test_a_mailbox_has_one_name(address, same):
    assert mailbox(address) == same


def test_no_mailbox_is_flooded_under_other_names():
    variants = [f"vic.tim+{number}@example.org" for number in range(10)]
    for email in variants:
        Client().post("/accounts/password/reset/", {"email": email})
        Client().post("/accounts/signup/", FORMS["/accounts/signup/"](email))
    assert 1 <= len(sent()) <= 5


def test_too_many_requests_are_told_so_in_the_site_s_look(client):
    for number in range(25):
        answer = client.post("/accounts/password/reset/", {"email": f"n{number}@example.org"})
    assert answer.status_code == 429
    assert "Wait some minutes" in answer.content.decode()


def test_links_in_mail_lead_to_this_site_whatever_host_was_asked_for(client, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://practices.example.org"
    user = people.member()
    for address in ("/accounts/password/reset/", "/accounts/signup/"):
        for email in (user.email, "nobody@example.org"):
            client.post(address, FORMS[address](email), headers={"Host": "evil.example"})
    mails = sent()
    assert len(mails) == 4
    for mail in mails:
        assert "evil.example" not in f"{mail.subject} {mail.body}"
        assert "https://practices.example.org/accounts/" in mail.body


ELSEWHERE = ["//e.example", "https:e.example", "\\\\e.example", "/\t/e.example",
             "/%09/e.example", "javascript:alert(1)", "https://e.example",
             "/\\e.example", "///e.example"]  # fmt: skip


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_nobody_is_led_elsewhere(client, elsewhere):
    user = people.member()
    data = {"login": user.email, "password": PASSWORD, "next": elsewhere}
    answer = client.post("/accounts/login/", data)
    assert answer.url.startswith("/")
    assert not answer.url.startswith(("//", "/\\", "/\t"))
    answer = client.post("/accounts/logout/", {"next": elsewhere})
    assert answer.url.startswith("/")
    assert not answer.url.startswith(("//", "/\\", "/\t"))


def test_within_the_site_people_come_back_to_where_they_were(client):
    user = people.member()
    data = {"login": user.email, "password": PASSWORD, "next": "/fr/search/?q=a"}
    assert client.post("/accounts/login/", data).url == "/fr/search/?q=a"


def test_after_logging_out_the_old_cookie_is_dead(client):
    user = people.member()
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    old = client.cookies["sessionid"].value
    client.post("/accounts/logout/")
    client.cookies["sessionid"] = old
    assert not get_user(client).is_authenticated


def test_a_session_begun_before_logging_in_is_not_kept(client):
    client.get("/accounts/login/")
    client.post("/accounts/password/reset/", {"email": "x@example.org"})
    before = client.cookies.get("sessionid")
    user = people.member()
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert get_user(client) == user
    assert before is None or client.cookies["sessionid"].value != before.value


def test_a_changed_password_ends_the_other_sessions(client):
    user, elsewhere = people.member(), Client()
    for each in (client, elsewhere):
        each.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    new = "another-long-one-9"
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    client.post("/accounts/password/change/", data)
    assert get_user(elsewhere).is_authenticated is False


@pytest.mark.parametrize("language", ["en", "es", "fr", "ar"])
@pytest.mark.parametrize(
    "page", ["login", "signup", "password/reset", "email", "password/change", "2fa", "sessions"]
)
def test_account_pages_are_the_site_s_own_in_each_language(client, language, page):
    client.get(f"/accounts/login/?next=/{language}/")
    if page not in ("login", "signup", "password/reset"):
        client.force_login(people.member())
    text = client.get(f"/accounts/{page}/").content.decode()
    assert f'<html lang="{language}"' in text
    assert 'class="strip"' in text
    assert "style=" not in text


def test_every_post_of_an_account_needs_its_token():
    client = Client(enforce_csrf_checks=True)
    for address, fields in FORMS.items():
        assert client.post(address, fields("x@example.org")).status_code == 403
    assert client.post("/accounts/logout/").status_code == 403
