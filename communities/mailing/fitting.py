"""Which questions a reader may have an answer to: by what both name, never by guessing."""

from dataclasses import dataclass

from django.utils.translation import get_language

from communities.models import Post, Thread
from members.models import Profile
from members.roles import country_of
from users.models import User
from vocabulary.labels import label, regions_of
from vocabulary.recognise import concepts_in


@dataclass(frozen=True)
class Reader:
    """What is known of a reader: the country they sign with and the topics they know."""

    country: str
    topics: frozenset[str]

    @classmethod
    def of(cls, user: User) -> "Reader":
        """Return what a person says of themselves; two queries."""
        topics = Profile.topics.through.objects.filter(profile__user=user)
        return cls(country_of(user), frozenset(topics.values_list("theme__code", flat=True)))

    def shares(self, thread: Thread, first: Post) -> tuple[str, ...]:
        """Return the labels of what a question and this reader have in common, in their language:
        topics and the country that it names, and the region from which it is asked.
        """
        if not (self.country or self.topics):
            return ()
        language = get_language() or "en"
        named = concepts_in(f"{thread.title}\n{first.text}", thread.language)
        said = {(each.kind, each.code) for each in named}
        topics = [code for code in sorted(self.topics) if said & _concepts_of(code)]
        here = ("country", self.country) in said
        labels = [label("theme", code, language) for code in topics]
        if here:
            labels.append(label("country", self.country, language))
        # Those who ask are neighbours: what they can do may be done alike.
        near = regions_of(self.country)[:1]
        if near and near == regions_of(thread.country)[:1]:
            labels.append(label("region", near[0], language))
        return tuple(labels)


def _concepts_of(topic: str) -> set[tuple[str, str]]:
    """Return a topic and the concepts that its name names: "Refugees and asylum" names two."""
    named = concepts_in(label("theme", topic, "en"), "en")
    return {("theme", topic), *((each.kind, each.code) for each in named)}
