"""Whom a report names: for whoever publishes it to ask whether they agreed.

The do-no-harm check stops what is told of a person's life; that a speaker is named does no harm by
itself, but somebody has to have seen it.
"""

from safeguarding.detectors.names import is_given, names_in
from safeguarding.detectors.sentences import normal
from safeguarding.passages import content_of
from workshops.models import ReportPage

MOST = 100


def named_in(page: ReportPage) -> list[tuple[str, str]]:
    """Return (name, passage) of the people that a version names in full, each once."""
    found: dict[str, str] = {}
    for passage in content_of(page).passages:
        for name in names_in(normal(passage.sentence)):
            if " " in name and is_given(name):
                found.setdefault(name, passage.sentence)
    return list(found.items())[:MOST]
