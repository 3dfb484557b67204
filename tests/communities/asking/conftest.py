"""Some practices to be found, and two communities that ask; all of it is invented."""

from wagtail.models import PageViewRestriction

from search.encoding import encode_all
from tests import factories
from tests.adoption.conftest import signed_in  # noqa: F401 - fixture
from tests.communities import groups
from tests.kept import kept

TITLE = "How are children of seasonal workers counted?"
TEXT = "They move with the harvest, and neither the school nor the registry knows where they are."


@kept
def practices(vocabulary):
    """{name: practice}: one that fits, one on something else, one for signed-in people alone."""
    made = {
        "fits": factories.practice(
            "Counting the children of seasonal workers at the harvest",
            summary="Inspectors visit farms and note every child of a seasonal worker.",
            problem="<p>Children of seasonal workers move with the harvest and no school or "
            "registry knows where they are, so inspectors count them on the farms.</p>",
            countries=["CHL"],
            themes=["surveys"],
        ),
        "other": factories.practice(
            "Border posts share their arrival books",
            summary="Arrivals of asylum seekers are counted by age at border posts.",
            problem="<p>Each border post kept a book of its own on arrivals by age.</p>",
            countries=["GEO"],
        ),
        "closed": factories.practice(
            "A closed count of the children of seasonal workers",
            summary="Children of seasonal workers at the harvest, told to some.",
            problem="<p>How children of seasonal workers are counted at the harvest.</p>",
        ),
    }
    PageViewRestriction.objects.create(page=made["closed"], restriction_type="login")
    encode_all()
    return made


@kept
def group(db):
    return groups.community()


@kept
def asker(group):
    return groups.member_of(group, "GEO")


@kept
def peer(group):
    return groups.member_of(group, "MEX")


@kept
def earlier(group, peer):
    """A thread of the community on the same."""
    return groups.thread(
        group,
        peer,
        "Who counts the children of seasonal workers at the harvest?",
        "Has anybody counted the children of seasonal workers while the harvest lasts?",
    )
