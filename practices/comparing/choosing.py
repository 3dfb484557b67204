"""Which practices somebody asks to see side by side, and which of them they may open."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import BadRequest
from django.utils.translation import gettext as _

from core.visibility import Audiences, live_for
from practices.models import PracticePage

FEWEST, MOST = 2, 4
# More than any list of ours offers on one page: whoever sends more is only trying.
MOST_NAMED, MOST_DIGITS = 50, 9


def asked_numbers(values: Iterable[str]) -> list[int]:
    """Return the numbers of an address, each once and in order; `BadRequest` for another text."""
    texts = list(dict.fromkeys(filter(None, values)))
    if len(texts) > MOST_NAMED or not all(_is_number(text) for text in texts):
        raise BadRequest(
            _(
                "A comparison names its practices by their numbers. Choose two to four practices "
                "in a list of them."
            )
        )
    return list(dict.fromkeys(int(text) for text in texts))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS


def openable(numbers: Sequence[int], audiences: Audiences) -> list[PracticePage]:
    """Return those of the practices that these audiences may open now, in the order asked for."""
    if not numbers:
        return []
    pages = PracticePage.objects.filter(pk__in=numbers).select_related(*PracticePage.read_with)
    found = {page.pk: page for page in live_for(pages, audiences)}
    return [found[number] for number in numbers if number in found]
