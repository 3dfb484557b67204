"""Invented facts about countries, some of them private, for tests of what is comparable."""

from search.viewer import ANYONE, Viewer

OFFICE = "secretariat-of-facts"


def team(country):
    return Viewer(ANYONE.audiences | {f"team:{country}"})


SECRETARIAT = Viewer(ANYONE.audiences | {OFFICE})


class Register:
    """A tiny provider: what is recorded is public, or known to a country's team and an office."""

    def __init__(self):
        self.public: dict[str, set] = {}
        self.private: dict[str, set] = {}
        self.told = 0

    def __call__(self, viewer):
        self.told += 1
        countries = {*self.public, *self.private}
        return {code: frozenset(self.visible(code, viewer)) for code in countries}

    def visible(self, country, viewer):
        inside = {f"team:{country}", OFFICE} & viewer.audiences
        return self.public.get(country, set()) | (
            self.private.get(country, set()) if inside else set()
        )

    def name(self, fact):
        return {"no-register": "No register of children (invented)"}.get(fact[1], "")

    def record(self, country, *facts, public=True):
        (self.public if public else self.private).setdefault(country, set()).update(facts)
