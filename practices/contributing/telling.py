"""What a contributor is told after a form was sent."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from practices.contributing.merging import Outcome
from practices.sections import Section


def at_once(errors: list[tuple[str, str, str]]) -> list[dict[str, str]]:
    """Return what is wrong as plain values, for a script."""
    return [{"id": place, "label": label, "error": error} for place, label, error in errors]


def saved_words() -> str:
    """Return when it was saved, in words."""
    now = timezone.localtime()
    return _("Saved at %(time)s") % {"time": date_format(now, "TIME_FORMAT")}


def told_saved(request: HttpRequest, errors: list[tuple[str, str, str]]) -> None:
    """Say after a step without scripts that the draft is kept, and what is not."""
    if errors:
        labels = get_text_list([label for _place, label, _error in errors], _("and"))
        told = _("Saved, except: %(labels)s.") % {"labels": labels}
        messages.warning(request, told)
    else:
        messages.success(request, _("Saved as a draft. Only its writers see it."))


def merged_message(outcome: Outcome) -> str:
    """Return what others have changed meanwhile."""
    names = get_text_list([str(section.label) for section in outcome.theirs], _("and"))
    return _("%(who)s changed “%(sections)s” meanwhile; both are kept.") % {
        "who": outcome.by or _("Somebody"),
        "sections": names,
    }


def clash_message(outcome: Outcome) -> str:
    """Return whose changes meet one's own, for a script to show."""
    names = get_text_list([str(each.section.label) for each in outcome.clashes], _("and"))
    return _(
        "%(who)s has changed “%(sections)s”, too. Press “Save” to see both and choose; "
        "nothing is lost."
    ) % {"who": outcome.by or _("Somebody"), "sections": names}


def look_again_message(who: Any, sections: Iterable[Section]) -> str:
    """Return what others have changed since somebody looked at the differences."""
    names = get_text_list([str(section.label) for section in sections], _("and"))
    if not names:
        return _("Somebody has saved this practice meanwhile. Look at the differences again.")
    return _(
        "%(who)s changed “%(sections)s” meanwhile. Nothing is saved yet: look at the differences "
        "again."
    ) % {"who": who or _("Somebody"), "sections": names}
