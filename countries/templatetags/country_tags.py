"""What is said of a country, for templates."""

from dataclasses import dataclass

from django import template
from django.db.models import Prefetch
from django.template.context import RequestContext
from django.utils.translation import get_language

from countries import access
from countries.assessing.public import PublicAnswer, public_answers
from countries.open_questions import OpenQuestion, open_questions
from countries.showing import Said
from members.access import may_see_directory
from members.directory import listed, narrowed
from members.models import Profile, Role
from vocabulary.labels import labels

register = template.Library()
# A country's page names so many; the directory names them all.
MOST_PEOPLE = 12


@register.simple_tag
def said_publicly(code: str) -> Said:
    """Return what everybody may read of a country, whoever looks: its team, too."""
    return Said(code)


@register.simple_tag(takes_context=True)
def may_open_desk(context: RequestContext, code: str) -> bool:
    """Return whether the reader works at the desk of a country."""
    return access.may_edit(getattr(context.get("request"), "user", None), code)


@register.simple_tag
def answers_of(code: str) -> list[PublicAnswer]:
    """Return what a country has made public of its assessments."""
    return public_answers(code)


@register.simple_tag(takes_context=True)
def questions_about(context: RequestContext, code: str) -> list[OpenQuestion]:
    """Return the open questions that the reader may read."""
    return open_questions(getattr(context.get("request"), "user", None), code)


@dataclass(frozen=True)
class Listed:
    """The people of a country who agreed to be listed, for readers who may see the directory."""

    may_see: bool
    people: list[Profile]
    more: bool


@register.simple_tag(takes_context=True)
def listed_people(context: RequestContext, code: str) -> Listed:
    """Return who agreed to be listed for a country; members agreed to be seen by members only."""
    if not may_see_directory(getattr(context.get("request"), "user", None)):
        return Listed(False, [], False)
    held = Role.objects.held().filter(country__code=code).select_related("institution")
    profiles = narrowed(listed(), {"country": code}).select_related("user")
    profiles = profiles.prefetch_related(Prefetch("user__roles", queryset=held))
    found = list(profiles.order_by("user__last_name", "user__first_name", "pk")[: MOST_PEOPLE + 1])
    return Listed(True, found[:MOST_PEOPLE], len(found) > MOST_PEOPLE)


@register.filter
def labelled(codes: list[str], kind: str) -> str:
    """Return terms of the vocabulary by their labels, in the order of the vocabulary."""
    known = labels(kind, get_language() or "en")
    held = [known[code] for code in known if code in codes]
    return ", ".join([*held, *(code for code in codes if code not in known)])
