"""How django-allauth works here: its mail, its limits, its addresses, the doors of others."""

import unicodedata
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import ratelimit
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, override

from core.mail import deliver, one_line
from users.models import User


def mailbox(address: str) -> str:
    """Return one name for all ways to write to a mailbox: no case, no tag, no dots before the @."""
    local, _at, domain = unicodedata.normalize("NFKC", address).strip().lower().rpartition("@")
    return f"{local.partition('+')[0].replace('.', '')}@{domain}"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts with mail by the worker, in the reader's language, and links to this site alone."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue a mail; beyond the limit of its mailbox it is dropped, and nobody can tell.

        Known and unknown addresses cost the same: the worker talks to the mail server.
        """
        if not ratelimit.consume(self.request, action="mail", key=mailbox(email)):
            return
        user = context.get("user")
        language = getattr(user, "language", "") or get_language() or settings.LANGUAGE_CODE
        told = {
            **{name: _at_home(value) for name, value in context.items()},
            "request": self.request,
            "email": email,
            "reader": user,
            "site_name": settings.WAGTAIL_SITE_NAME,
            "site_url": settings.WAGTAILADMIN_BASE_URL.rstrip("/"),
            "current_site": {"name": settings.WAGTAIL_SITE_NAME, "domain": _home().netloc},
        }
        with override(language):
            message = self.render_mail(template_prefix, email, told)
        deliver.enqueue(
            one_line(email), one_line(message.subject), f"{message.body.strip()}\n", "", {}
        )

    def send_account_already_exists_mail(self, email: str) -> None:
        """Tell the owner; a new account would have cost a hash of its password, so this does."""
        get_user_model()().set_password(email)
        super().send_account_already_exists_mail(email)

    def format_email_subject(self, subject: str) -> str:
        """Return the subject as it is: the sender's name says which site it is."""
        return str(subject)

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Save a new account; its mail will be in the language it was made in."""
        user.language = (get_language() or "")[:2]
        saved: User = super().save_user(request, user, form, commit)
        return saved

    def clean_email(self, email: str) -> str:
        """Return the address as accounts store it, in lower case."""
        return str(super().clean_email(email)).lower()

    def is_safe_url(self, url: str | None) -> bool:
        """Return whether an address to go on to is on this site; control characters never are."""
        if not url or "\\" in url or not url.isprintable():
            return False
        return bool(super().is_safe_url(url))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead to the person's own page."""
        return reverse("members-me")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count attempts by address alone: with the Host header in it, each port counted anew."""
        login = credentials.get("email") or credentials.get("username") or ""
        return unicodedata.normalize("NFKC", str(login)).strip().lower()


class SocialAdapter(DefaultSocialAccountAdapter):
    """An organisation's account opens an account here, and nothing beyond it."""

    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> User:
        """Save a new account; membership is applied for, like everybody's."""
        sociallogin.user.language = (get_language() or "")[:2]
        sociallogin.user.email = (sociallogin.user.email or "").lower()
        saved: User = super().save_user(request, sociallogin, form)
        return saved


def _home() -> Any:
    return urlsplit(settings.WAGTAILADMIN_BASE_URL)


def _at_home(value: Any) -> Any:
    """Return an address with this site's own host, whatever host the request named."""
    if not isinstance(value, str) or not value.startswith(("http://", "https://")):
        return value
    return urlsplit(value)._replace(scheme=_home().scheme, netloc=_home().netloc).geturl()
