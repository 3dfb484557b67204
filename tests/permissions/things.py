"""What there is to see on the site of these tests, who may find and who may open each of it.

Every thing that is not for everybody holds a canary, a word of its own in each of its fields, and
a sentence of its own whose paraphrase is asked for, so that it is the true nearest neighbour.
"""

from dataclasses import dataclass
from hashlib import blake2b

# A visitor; accounts without, before, refused and after membership; members of two groups; an
# editor of one section; the secretariat; an administrator.
PERSONAS = ("A", "O", "P", "R", "X", "M1", "M2", "E", "S", "SU")
SIGNED_IN = set(PERSONAS) - {"A"}
FIELDS = (
    "title",
    "slug",
    "summary",
    "problem",
    "step",
    "results",
    "failed",
    "organisation",
    "institution",
    "contact",
    "block",
    "condition",
    "source",
    "filename",
    "alt",
    "caption",
)


@dataclass(frozen=True)
class Thing:
    """One thing: who finds it, who may open it (`None`: it has no address of its own)."""

    name: str
    finds: frozenset
    opens: frozenset | None
    subject: str
    sentence: str
    restated: str
    paraphrase: str

    @property
    def kind(self):
        return self.name.partition("-")[0]

    def canary(self, field):
        """A word that stands in this field of this thing and nowhere else."""
        letters = blake2b(f"{self.name}.{field}".encode(), digest_size=20).digest()
        return "cnry" + "".join(chr(ord("a") + each % 26) for each in letters[:7])

    @property
    def canaries(self):
        """All of them, but for an address that is public: that of a page with a newer draft."""
        return {self.canary(field) for field in FIELDS if (self.name, field) != ("newer", "slug")}

    @property
    def title(self):
        return f"{self.subject} {self.canary('title').upper()}"

    @property
    def text(self):
        """What it says; the paraphrase that is asked for says the same in other words."""
        return f"{self.sentence} It is about {self.restated}."

    @property
    def slug(self):
        return self.canary("slug")


def thing(name, finds, opens, *texts):
    return Thing(name, frozenset(finds), None if opens is None else frozenset(opens), *texts)


NOBODY = set()
THINGS = [
    thing(
        "login", SIGNED_IN, SIGNED_IN,
        "Storks", "A lighthouse keeper counts the storks that fly past in spring.",
        "how many migratory birds fly by",
        "how many migratory birds pass the tower in spring",
    ),
    thing(
        "group-1", {"M1", "SU"}, {"M1", "SU"},
        "Bread", "The bakery hands its unsold bread to a night shelter for the homeless.",
        "donating leftover loaves and pastry to homeless people",
        "donating leftover loaves and pastry to those who sleep rough",
    ),
    thing(
        "group-2", {"M2", "SU"}, {"M2", "SU"},
        "Boats", "Carpenters repair wooden boats in a shed by the harbour.",
        "woodworkers who mend ships near a port",
        "joiners mending ships near the port",
    ),
    thing(
        "either", {"M1", "M2", "SU"}, {"M1", "M2", "SU"},
        "Violins", "The orchestra tunes its violins before the concert begins.",
        "musicians prepare string instruments for a performance",
        "musicians prepare string instruments for a symphony performance",
    ),
    thing(
        "below-login", {"M1", "SU"}, {"M1", "SU"},
        "Hives", "Beekeepers move their hives when the orchards blossom.",
        "honey farmers who relocate bees to flowering fruit trees",
        "relocating bees to fruit trees in flower",
    ),
    thing(
        "below-group-2", NOBODY, {"SU"},
        "Telescope", "Astronomers polish the mirror of a large telescope.",
        "scientists cleaning the glass of an observatory instrument",
        "cleaning the optics of an observatory",
    ),
    thing(
        "password", NOBODY, NOBODY,
        "Reefs", "Divers map coral reefs with underwater cameras.",
        "snorkelling photographers chart the sea floor",
        "photographing the ocean floor while scuba diving",
    ),
    thing(
        "draft", NOBODY, NOBODY,
        "Uniforms", "A tailor sews uniforms for the fire brigade.",
        "making clothes for firefighters",
        "sewing clothing that firefighters wear",
    ),
    thing(
        "newer", NOBODY, NOBODY,
        "Glass", "Glassblowers heat sand until it melts into bottles.",
        "molten silica is shaped into vessels and flasks",
        "molten silica is shaped into glass vessels",
    ),
    thing(
        "scheduled", NOBODY, NOBODY,
        "Ropes", "Mountain guides test their ropes before each climb.",
        "alpinists check their safety gear before going up a cliff",
        "rock climbers inspect safety equipment on an alpine tour",
    ),
    thing(
        "expired", NOBODY, NOBODY,
        "Kiln", "Potters fire clay bowls in a kiln.",
        "baking ceramic clay dishes in an oven",
        "ceramic dishes baked from clay",
    ),
    thing(
        "unpublished", NOBODY, NOBODY,
        "Chess", "Chess players study openings of old masters.",
        "learning how grandmasters began their games with pawn and queen",
        "learning how grandmasters began their games with pawn and queen",
    ),
    thing(
        "deleted", NOBODY, NOBODY,
        "Apples", "Gardeners graft apple twigs onto wild stems.",
        "joining fruit tree cuttings to a rootstock",
        "fruit tree cuttings on a rootstock",
    ),
    thing(
        "moderation", NOBODY, NOBODY,
        "Newspaper", "Printers set the newspaper in letters of lead.",
        "typesetting the daily press with metal type",
        "typography of the daily press with metal type",
    ),
    thing(
        "news", {"M2", "SU"}, {"M2", "SU"},
        "Cyclists", "Cyclists cross the desert with panniers full of water.",
        "riding a bike through the Sahara with enough to drink",
        "bike ride through the Sahara carrying drinks",
    ),
    thing(
        "file-login", SIGNED_IN, SIGNED_IN,
        "Wool", "Weavers dye their wool with walnut shells.",
        "colouring yarn with the hulls of nuts",
        "nut hulls for colouring yarn",
    ),
    thing(
        "file-group-1", {"M1", "SU"}, {"M1", "SU"},
        "Tides", "Ferrymen study the tide tables before the boat leaves the harbour.",
        "boat captains check high and low sea level before departing",
        "boat captains check high and low sea level before they depart",
    ),
    # What stands in communities 1 to 3, and what they are called; 3 is known to all members.
    thing(
        "community-1", {"M1"}, {"M1"},
        "Lions", "Sculptors carve lions of marble.",
        "artists make stone statues of big cats",
        "artists make stone statues of big cats",
    ),
    thing(
        "community-2", {"M2"}, {"M2"},
        "Chestnuts", "Cooks roast chestnuts over a fire in winter.",
        "grilling nuts on hot coals in the cold season",
        "nuts grilled on hot coals",
    ),
    thing(
        "community-3", {"M1"}, {"M1"},
        "Skates", "Children lace their skates beside the frozen canal.",
        "kids put on ice blades next to a waterway in frost",
        "kids with ice blades near a waterway in frost",
    ),
    thing(
        "place-1", NOBODY, {"M1", "SU"},
        "Masons", "A group of masons.", "people who build with stone", "stone builders meet",
    ),
    thing(
        "place-2", NOBODY, {"M2", "SU"},
        "Bakers", "A group of bakers.", "people who make loaves", "loaf makers meet",
    ),
    thing(
        "place-3", NOBODY, {"M1", "M2", "X", "SU"},
        "Skaters", "A group of skaters.", "people who glide on ice", "ice gliders meet",
    ),
    # In the community that everybody reads: who its people are, what was taken away or back.
    thing(
        "kept-names", NOBODY, {"SU"},
        "Names", "Names of people.", "what people are called", "what people are called",
    ),
    thing(
        "kept-gone", NOBODY, NOBODY,
        "Accordion", "An accordion player rests on a bench in the square.",
        "a musician with a squeezebox takes a break outdoors",
        "a musician with a squeezebox takes a break outdoors",
    ),
    thing(
        "kept-hidden", NOBODY, NOBODY,
        "Kites", "Kites rise over the dunes when the wind turns.",
        "toys on strings fly above sand hills in a breeze",
        "flying toys on strings above sand hills",
    ),
]  # fmt: skip
BY_NAME = {each.name: each for each in THINGS}
PAGES = [each for each in THINGS if each.kind not in ("file", "community", "place", "kept")]
FILES = [each for each in THINGS if each.kind == "file"]
GROUPS = [each for each in THINGS if each.kind == "community"]


def hidden_from(persona):
    """The canaries that this persona must never be shown."""
    hidden = [each for each in THINGS if persona not in each.finds | (each.opens or set())]
    return {canary for each in hidden for canary in each.canaries}
