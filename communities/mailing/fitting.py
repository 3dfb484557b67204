"""Which questions a reader may have an answer to: by what both name, never by guessing."""

from dataclasses import dataclass

from django.utils.translation import get_language

from communities.models import Post, Thread
from members.models import Profile
from members.roles import country_of
from users.models import User
from vocabulary.labels import label
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
        """Return the labels of what a question names and this reader knows, in their language."""
        if not (self.country or self.topics):
            return ()
        language = get_language() or "en"
        named = concepts_in(f"{thread.title}\n{first.text}", thread.language)
        topics = [c.code for c in named if c.kind == "theme" and c.code in self.topics]
        here = any(c.kind == "country" and c.code == self.country for c in named)
        labels = [label("theme", code, language) for code in topics]
        return (*labels, *([label("country", self.country, language)] if here else []))
