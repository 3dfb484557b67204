"""Do no harm: what must not stand in a text that everybody is going to read."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from safeguarding.detectors import find_in
from safeguarding.detectors.sentences import sentences
from safeguarding.kinds import KINDS


def harm_in(text: str) -> Iterator[str]:
    """Yield a sentence for each thing that may harm somebody: what it is, and what to do."""
    seen = set()
    for sentence in sentences(text):
        for kind, found in find_in(sentence):
            if (kind, found) not in seen:
                seen.add((kind, found))
                about = KINDS[kind]
                told = {"found": found, "label": about.label, "advice": about.advice}
                yield _("%(label)s (“%(found)s”). %(advice)s") % told
