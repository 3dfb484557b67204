"""Fixtures whose rows stay in the database for as long as one test after the other asks for them.

    @kept
    def author(db):
        return representative("GEO")

What such a fixture writes is a savepoint below the transaction of the test. The next test of this
process that asks for the same one finds the rows there and gets a copy of what was returned; the
first that asks for others rolls back to what both have in common. So a table of a hundred tests
builds its world once. A kept fixture may ask for `db` and other kept fixtures only, is built under
the usual settings, and leaves nothing behind but rows: no mail, no file, no entry of the index.
"""

import inspect
from copy import deepcopy

import pytest


def kept(build):
    """Make a function a fixture that is built once for consecutive tests."""

    def fixture(request, **asked):
        if commits(request):
            return build(**asked)
        return request.getfixturevalue("kept_values")[fixture]

    fixture.__name__, fixture.__doc__ = build.__name__, build.__doc__
    fixture.__module__, fixture.__wrapped_build__ = build.__module__, build
    own = inspect.signature(fixture).parameters["request"]
    fixture.__signature__ = inspect.Signature([own, *inspect.signature(build).parameters.values()])
    return pytest.fixture(fixture)


class Savepoints:
    """What stands in the database of this process below the tests' own transactions."""

    def __init__(self):
        self.stack = []

    def settle(self, wanted):
        """Let exactly these (function of a fixture, its arguments by name) stand, in this order."""
        built = [fixture for fixture, _, _ in self.stack]
        same = next(
            (n for n, (old, (new, _)) in enumerate(zip(built, wanted, strict=False)) if old != new),
            min(len(built), len(wanted)),
        )
        while len(self.stack) > same:
            self._pop()
        for fixture, arguments in wanted[same:]:
            self._push(fixture, arguments)

    def clear(self):
        """Roll everything back."""
        while self.stack:
            self._pop()

    def values(self):
        """Copies of what the fixtures returned; what they have in common is copied once."""
        return deepcopy({fixture: value for fixture, _, value in self.stack})

    def _push(self, fixture, arguments):
        from django.db import transaction

        block = transaction.atomic()
        block.__enter__()
        values = {made: value for made, _, value in self.stack}
        try:
            given = {name: values.get(source) for name, source in arguments.items()}
            self.stack.append((fixture, block, fixture.__wrapped_build__(**given)))
        except BaseException:
            transaction.set_rollback(True)
            block.__exit__(None, None, None)
            raise

    def _pop(self):
        from django.db import transaction

        _, block, _ = self.stack.pop()
        transaction.set_rollback(True)
        block.__exit__(None, None, None)


# Of the one connection that a test process has.
standing = Savepoints()


@pytest.fixture
def kept_values(db):
    """What the kept fixtures of this test returned."""
    return standing.values()


def wanted_by(request):
    """The kept fixtures of a test, each after those it asks for: (function, arguments by name)."""
    found = {}
    if commits(request):
        return []

    def add(name):
        function = function_of(request, name)
        if function is None or function in found:
            return
        sources = {}
        for taken in inspect.signature(function.__wrapped_build__).parameters:
            add(taken)
            sources[taken] = function_of(request, taken)
        found[function] = sources

    names = [name for name in request.fixturenames if function_of(request, name)]
    for name in sorted(names, key=lambda name: place_of(request, name)):
        add(name)
    return list(found.items())


def commits(request):
    """Whether what the test writes is committed and not rolled back."""
    marker = request.node.get_closest_marker("django_db")
    asked = marker and (marker.kwargs.get("transaction") or marker.args[:1] == (True,))
    return asked or {"transactional_db", "live_server", "own_database"} & set(request.fixturenames)


def function_of(request, name):
    """The function of a kept fixture as this test sees it, or None for any other fixture."""
    defined = request._fixturemanager.getfixturedefs(name, request.node)
    function = defined[-1].func if defined else None
    return function if hasattr(function, "__wrapped_build__") else None


def place_of(request, name):
    """Where a fixture is written: those of outer folders first, then from top to bottom."""
    code = function_of(request, name).__wrapped_build__.__code__
    return code.co_filename.count("/"), code.co_filename, code.co_firstlineno
