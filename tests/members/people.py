"""People for tests; all of them are invented and named by what they are."""

from itertools import count

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.utils.text import slugify

from members.models import Kind, Profile, Role
from tests import factories
from users.models import Institution, User

PASSWORD = "a-long-invented-password"
_number = count(1)


def institution(name="Statistical office (invented)", country=None, kind="statistical-office"):
    return Institution.objects.get_or_create(
        slug=slugify(name),
        defaults={
            "name": name,
            "kind": kind,
            "country": factories.country(country) if country else None,
        },
    )[0]


def person(email=None, *roles, name="Visitor", language="en", password=PASSWORD):
    """Somebody with a confirmed address; roles: kinds, (kind, country) or a new Role."""
    email = email or f"{slugify(name)}-{next(_number)}@example.org"
    user = User.objects.create_user(
        email, password, first_name=name, last_name="(invented)", language=language
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    for role in roles:
        give(user, role)
    return user


def give(user, role, country=None, **fields):
    """Give a role; whoever has to have a second factor gets one, too."""
    if isinstance(role, tuple):
        role, country = role
    if not isinstance(role, Role):
        role = Role(kind=role, **fields)
    if country:
        role.country = factories.country(country)
        role.institution = role.institution or institution(
            f"Statistical office of {country} (invented)", country
        )
    role.user = user
    role.save()
    if role.kind in (Kind.SECRETARIAT, Kind.FACILITATOR):
        second_factor(user)
    return role


def second_factor(user):
    """An authenticator app and its secret; logging in asks for its codes from now on."""
    secret = totp.generate_totp_secret()
    if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        totp.TOTP.activate(user, secret)
    return secret


def member(country="GEO", email=None, **kwargs):
    user = person(email, (Kind.MEMBER, country), name=f"Member of {country}", **kwargs)
    Profile.objects.get_or_create(user=user)
    return user


def representative(country="GEO", email=None, **kwargs):
    user = person(
        email, (Kind.REPRESENTATIVE, country), name=f"Representative of {country}", **kwargs
    )
    Profile.objects.get_or_create(user=user)
    return user


def reviewer(country="GEO", *, topics=(), languages=("en",), email=None, **kwargs):
    user = person(email, (Kind.REVIEWER, country), name=f"Reviewer of {country}", **kwargs)
    profile = Profile.objects.get_or_create(user=user)[0]
    profile.topics.set(factories.theme(code) for code in topics)
    for code in languages:
        profile.languages.get_or_create(code=code)
    return user


def facilitator(country=None, email=None, **kwargs):
    return person(email, (Kind.FACILITATOR, country), name="Facilitator", **kwargs)


def secretariat(email=None, **kwargs):
    return person(email, Kind.SECRETARIAT, name="Secretariat", **kwargs)


def superuser(email="administrator@example.org", password=PASSWORD):
    user = User.objects.create_superuser(email, password)
    second_factor(user)
    return user
