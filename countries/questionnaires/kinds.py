"""What an answer of each kind is: the value that is stored, and how it reads.

yes-no-partly: "yes", "no", "partly"; one-of: a code of its choices; several-of: a list of codes in
the order of the choices; number: an int or a float; text: a str; year: an int.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from countries.models.questionnaire import Question

Kind = Question.Kind

YES_NO = (
    ("yes", gettext_lazy("Yes")),
    ("no", gettext_lazy("No")),
    ("partly", gettext_lazy("Partly")),
)
OFFERING = (Kind.ONE_OF, Kind.SEVERAL_OF)
FIRST_YEAR, LAST_YEAR = 1900, 2100
LARGEST_NUMBER = 10**15
LONGEST_TEXT = 5000


def offered(question: Question) -> list[tuple[str, str]]:
    """Return the answers that a question offers, as (code, label in the reader's language)."""
    if question.kind == Kind.YES_NO:
        return [(code, str(label)) for code, label in YES_NO]
    return [(choice.code, choice.title) for choice in question.choices.all()]


def checked(question: Question, value: Any) -> Any:
    """Return a value as it is stored, None for no answer; `ValidationError` for any other shape."""
    if value in (None, "", []):
        return None
    codes = [code for code, _label in offered(question)]
    if question.kind == Kind.SEVERAL_OF:
        if isinstance(value, list) and set(value) <= set(codes):
            return [code for code in codes if code in value]
    elif question.kind in (Kind.YES_NO, Kind.ONE_OF):
        if value in codes:
            return value
    elif question.kind == Kind.TEXT:
        if isinstance(value, str) and len(value) <= LONGEST_TEXT:
            return value.strip() or None
    elif _is_number(value) and question.kind == Kind.NUMBER:
        if 0 <= value < LARGEST_NUMBER:
            return int(value) if value == int(value) else float(value)
    elif _is_number(value) and value == int(value) and FIRST_YEAR <= value <= LAST_YEAR:
        return int(value)
    raise ValidationError(_("This is not an answer to the question."))


def in_words(question: Question, value: Any) -> str:
    """Return a stored value as people read it, in their language; "" for no answer."""
    if value is None:
        return ""
    if question.kind in (Kind.TEXT, Kind.YEAR):
        return str(value)
    if question.kind == Kind.NUMBER:
        return number_format(value, force_grouping=True)
    labels = dict(offered(question))
    if question.kind == Kind.SEVERAL_OF:
        return get_text_list([labels.get(code, code) for code in value], _("and"))
    return labels.get(value, str(value))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value == value
