"""What templates of assessments need."""

from django import template

from countries.assessing.reading import Asked
from countries.assessing.rounds import said as words
from countries.models import Answer
from members.signing import signature

register = template.Library()


@register.filter
def said(asked: Asked) -> str:
    """Return an answer in words, "not known" among them."""
    return words(asked)


@register.filter
def signed(answer: Answer) -> str:
    """Return who answered: the person, if they are still here, with institution and country."""
    name = answer.author.get_full_name() if answer.author else ""
    return ", ".join(filter(None, [name, signature(answer)]))
