"""Several people write at one practice: what each changed is kept, section by section."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Revision

from practices.contributing.drafts import newest_of
from practices.contributing.fields import put
from practices.contributing.form import PracticeForm
from practices.contributing.saving import ChangedMeanwhileError, save_draft, version_of
from practices.contributing.told import digests, in_words
from practices.models import PracticePage
from practices.sections import SECTIONS, Section

MOST_TRIES = 5


@dataclass(frozen=True)
class Clash:
    """A section that two people have changed since both had the same before them."""

    section: Section
    mine: str
    theirs: str


@dataclass(frozen=True)
class Outcome:
    """What became of a form: saved (`revision`, None where nothing had changed), or clashes."""

    now: dict[str, str]  # the tokens of the sections as they stand
    revision: Revision | None = None
    clashes: list[Clash] = field(default_factory=list)
    theirs: list[Section] = field(default_factory=list)  # changed by others, and kept
    by: Any = None  # who saved last before this


def save_form(
    form: PracticeForm,
    user: Any,
    was: Mapping[str, str],
    take_theirs: Collection[str] = (),
    renew: int | None = None,
) -> Outcome:
    """Save the sections that this form changed; others' changes to other sections stay.

    `was` are the tokens of the sections when the form was shown. Where another has changed a
    section that this form changes, too, nothing at all is saved: the clashes are for a person to
    decide, who then sends the form again with the tokens of now and `take_theirs`.
    """
    names = set(form.names)
    changed = form.changed()
    for _try in range(MOST_TRIES):
        stored = PracticePage.objects.select_related("latest_revision__user", "locale").get(
            pk=form.page.pk
        )
        newest = newest_of(stored)
        # A published practice is its own newest version: the copy must be another one.
        mine = newest_of(stored if newest is not stored else PracticePage.objects.get(pk=stored.pk))
        put(mine, changed)
        now, then = digests(newest, names), digests(mine, names)
        before = {key: was.get(key) or token for key, token in now.items()}
        touched = [
            section
            for section in SECTIONS
            if section.key not in take_theirs and then[section.key] != before[section.key]
        ]
        theirs = [section for section in SECTIONS if now[section.key] != before[section.key]]
        both = [each for each in touched if each in theirs and then[each.key] != now[each.key]]
        by = stored.latest_revision and stored.latest_revision.user
        if both:
            clashes = [Clash(each, in_words(mine, each), in_words(newest, each)) for each in both]
            return Outcome(now, clashes=clashes, by=by)
        wanted = {name for section in touched for name in _written(section)}
        ours = {name: value for name, value in changed.items() if name in wanted}
        if not ours:
            return Outcome(now, theirs=theirs, by=by)
        version = version_of(stored)
        try:
            revision = save_draft(stored, user, ours, version=version, renew=renew)
        except ChangedMeanwhileError:
            continue
        return Outcome(
            now=now | {section.key: then[section.key] for section in touched},
            revision=revision,
            theirs=[each for each in theirs if each not in touched],
            by=by,
        )
    raise RuntimeError("The practice is saved by others all the time.")


def _written(section: Section) -> tuple[str, ...]:
    """Return the names under which the fields of a section are written."""
    return tuple(
        "lead_institution_id" if name == "lead_institution" else name for name in section.fields
    )
