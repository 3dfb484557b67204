"""What production demands of its environment."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

import dj_email_url
from django.http.request import validate_host

from communities.inbound.place import MailboxError, mailbox_at
from config.settings.mail import brings_mail, inbound_provider_of, is_provider, provider_of

SECRET_KEY_LENGTH = 50
INBOUND_SECRET_LENGTH = 32
DOMAIN = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
OFF = {"", "0", "false", "no", "off"}
A_NEW_KEY = "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"


def unmet_demands(environment: Mapping[str, str]) -> list[str]:
    """Return one sentence for each demand that is not met, saying what to set."""
    hosts = [host.strip() for host in environment.get("ALLOWED_HOSTS", "").split(",")]
    hosts = [host for host in hosts if host]
    found = [
        _about_key(environment.get("SECRET_KEY", "")),
        _about_hosts(hosts),
        _about_address(environment.get("SITE_URL", ""), hosts),
        _about_mail(environment.get("EMAIL_URL", "")),
        _about_provider(provider_of(environment)),
        _about_oidc(environment),
        *_about_inbound(environment),
    ]
    if environment.get("DEBUG", "").lower() not in OFF:
        found.append(
            "Unset DEBUG: its error pages would show visitors settings, queries and private text."
        )
    found += [
        f"Set {name} to a whole number of seconds, not {environment[name]!r}."
        for name in ("HSTS_SECONDS", "STATEMENT_TIMEOUT_SECONDS")
        if not environment.get(name, "0").isdecimal()
    ]
    return [sentence for sentence in found if sentence]


def _about_key(key: str) -> str:
    if not key:
        return f"Set SECRET_KEY to a long random text and keep it secret. A new one: {A_NEW_KEY}"
    if key.startswith("only-for-"):
        return f"Set a SECRET_KEY of your own: this one is in the source code. One: {A_NEW_KEY}"
    if len(key) < SECRET_KEY_LENGTH or len(set(key)) < 10:
        return (
            f"Set a SECRET_KEY of at least {SECRET_KEY_LENGTH} random characters. One: {A_NEW_KEY}"
        )
    return ""


def _about_hosts(hosts: list[str]) -> str:
    if not hosts:
        return "Set ALLOWED_HOSTS to the site's host names, separated by commas."
    if "*" in hosts:
        return (
            "Set ALLOWED_HOSTS to the site's host names instead of *: with * a forged Host header "
            "could put another site's address into our mails."
        )
    return ""


def _about_address(address: str, hosts: list[str]) -> str:
    if not address:
        return "Set SITE_URL to the site's public address, such as https://data.example.org."
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        host = None
    if not host or parts.scheme != "https" or parts.path or parts.query or parts.fragment:
        return f"Set SITE_URL to https:// and the host name, nothing after it, not {address!r}."
    if hosts and "*" not in hosts and not validate_host(host, hosts):
        return f"Add {host} to ALLOWED_HOSTS: SITE_URL names it."
    return ""


def _about_mail(address: str) -> str:
    try:
        known = not address or "EMAIL_BACKEND" in dj_email_url.parse(address)
    except ValueError:
        known = False
    if not known:  # the value holds a password, so it is not repeated
        return (
            "Set EMAIL_URL like submission://user:password@mail.example.org:587 "
            "(special characters in the password as %XX), or unset it."
        )
    return ""


def _about_provider(name: str) -> str:
    if name and not is_provider(name):
        return f"Set MAIL_PROVIDER to a provider that django-anymail knows, not {name!r}."
    return ""


def _about_inbound(environment: Mapping[str, str]) -> list[str]:
    domain, url = environment.get("INBOUND_DOMAIN", ""), environment.get("MAILBOX_URL", "")
    name, secret = inbound_provider_of(environment), environment.get("INBOUND_SECRET", "")
    found = []
    if domain and not DOMAIN.fullmatch(domain.strip()):
        found.append(f"Set INBOUND_DOMAIN to a name such as in.example.org, not {domain!r}.")
    if name and not brings_mail(name):
        found.append(f"Set INBOUND_PROVIDER to a provider that brings mail, not {name!r}.")
    if name and (":" not in secret or len(secret) < INBOUND_SECRET_LENGTH):
        found.append(
            "Set INBOUND_SECRET to user:password, at least 32 characters, and put both into the "
            "address that the provider calls: https://user:password@host/mail/in/"
        )
    if (name or url) and not domain:
        found.append(
            "Set INBOUND_DOMAIN to the domain whose mail INBOUND_PROVIDER or MAILBOX_URL "
            "bring, or unset these."
        )
    try:
        mailbox_at(url)
    except MailboxError as error:  # the value holds a password, so it is not repeated
        found.append(str(error))
    return found


def _about_oidc(environment: Mapping[str, str]) -> str:
    server = environment.get("OIDC_SERVER", "")
    if server and not server.startswith("https://"):
        return f"Set OIDC_SERVER to an address that begins with https://, not {server!r}."
    if server and not (environment.get("OIDC_CLIENT_ID") and environment.get("OIDC_CLIENT_SECRET")):
        return "Set OIDC_CLIENT_ID and OIDC_CLIENT_SECRET: OIDC_SERVER needs them."
    return ""
