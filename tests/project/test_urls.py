"""Every address of the project, whatever stands in its place holders, answers without a failure."""

import itertools

import pytest
from django.urls import Resolver404, URLResolver, get_resolver, resolve
from django.utils.regex_helper import normalize

pytestmark = pytest.mark.django_db

# What place holders are filled with; the first that the pattern accepts is asked for.
FILLINGS = ("1", "en", "00000000-0000-4000-8000-000000000000", "practices.PracticePage")


def routes(resolver, before=("",)):
    """All routes below a resolver, as texts with %(name)s for each place holder, and the names."""
    for entry in resolver.url_patterns:
        here = normalize(entry.pattern.regex.pattern)
        both = [(start + text, names) for start in before for text, names in here]
        if isinstance(entry, URLResolver):
            yield from routes(entry, [text for text, _names in both])
        else:
            yield from (text for text, _names in both)


def filled(route):
    """The first filling of the place holders that leads anywhere, or None."""
    names = set()

    class Names(dict):
        def __missing__(self, name):
            names.add(name)
            return ""

    _ = route % Names()
    for filling in itertools.islice(itertools.product(FILLINGS, repeat=len(names)), 64):
        address = "/" + route % dict(zip(sorted(names), filling, strict=True))
        try:
            resolve(address)
        except Resolver404:
            continue
        return address
    return None


def addresses():
    return sorted({filled(route) for route in routes(get_resolver())} - {None})


def test_no_address_fails_for_a_visitor(seeded, client):
    client.raise_request_exception = False
    asked = addresses()
    assert len(asked) > 100
    assert {"/health/", "/api/v1/search/", "/p/1/", "/accounts/login/"} <= set(asked)
    failed = {address: status for address in asked
              if (status := client.get(address).status_code) >= 500}  # fmt: skip
    assert failed == {}
