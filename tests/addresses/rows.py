"""What a row of the table of addresses is made of: the people, the sets of them, a row."""

from dataclasses import dataclass, field

PEOPLE = (
    "visitor",
    "outsider",  # an account, no membership
    "applicant",
    "refused",
    "former member",  # the role has ended, the session lives on
    "member",
    "author",  # a representative of Georgia, whose practice it is
    "colleague",  # another representative of Georgia
    "other representative",  # of Chile
    "reviewer",  # assigned to the practice
    "section editor",  # of guidance, in Wagtail's own interface
    "secretariat",
    "administrator",
    "group member",  # of the private community "group"
    "group facilitator",
    "former group member",  # removed from it, still a member of the Alliance
)
EVERYBODY = frozenset(PEOPLE)
SIGNED_IN = EVERYBODY - {"visitor"}
OFFICE = frozenset({"secretariat", "administrator"})
REPRESENTATIVES = frozenset({"author", "colleague", "other representative"})
IN_GROUP = frozenset({"group member", "group facilitator"})
FACILITATING = frozenset({"group facilitator"})
MEMBERS = REPRESENTATIVES | OFFICE | IN_GROUP | {"member", "reviewer", "former group member"}
WRITERS = OFFICE | {"author", "colleague"}
READERS = WRITERS | {"reviewer"}
PEERS = MEMBERS - {"author", "colleague"}
SIGNING_PEERS = PEERS - OFFICE  # the office has no country to sign with
ASKING = MEMBERS - {"other representative"}  # who is the one to be asked
NOBODY = frozenset()


@dataclass(frozen=True)
class Row:
    """Who may use one address; `things` are what its place holders stand for, by name."""

    route: str
    get: set | frozenset | None
    post: set | frozenset | None = None
    things: dict = field(default_factory=dict)
    sent: dict = field(default_factory=dict)  # what a form or a search sends
    signed: bool = False  # what is sent proves itself and needs no token of a form

    def __str__(self):
        return self.route


def on(thing):
    return {"pk": thing}
