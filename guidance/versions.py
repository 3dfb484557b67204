"""The versions of a guidance, and what changed between any two of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from core.blocks import TextPart, parts_of
from core.changes import Change, changes
from core.visibility import Audiences, live_for, live_public
from guidance.models import GuidancePage, IndicatorPage


@dataclass(frozen=True)
class Part:
    """A part of a guidance, as `components/compared.html` names it."""

    key: str
    label: str


@dataclass(frozen=True)
class Compared:
    """A part in two versions; `parts` are what stayed, went and came, in order."""

    section: Part
    parts: list[Change]


def line_of(page: GuidancePage, audiences: Audiences) -> list[GuidancePage]:
    """Return the versions of a guidance that these audiences may open, the newest first.

    The page itself is always among them. Two queries, however many versions there are.
    """
    told = GuidancePage.objects.values_list("pk", "supersedes_id")
    older = {pk: supersedes for pk, supersedes in told if supersedes} | (
        {page.pk: page.supersedes_id} if page.supersedes_id else {}
    )
    ages = _ages(page.pk, older)
    if len(ages) == 1:
        return [page]
    pages = GuidancePage.objects.filter(pk__in=ages.keys() - {page.pk}).select_related("locale")
    found = [page, *live_for(pages, audiences)]
    return sorted(found, key=lambda each: (ages[each.pk], each.pk))


def _ages(start: int, older: dict[int, int]) -> dict[int, int]:
    """Return for each version how many steps it is older (or, below nought, newer) than one."""
    ages = {start: 0}
    number = start
    while number in older and older[number] not in ages:
        ages[older[number]] = ages[number] + 1
        number = older[number]
    waiting = [start]
    while waiting:
        number = waiting.pop()
        for pk, before in older.items():
            if before == number and pk not in ages:
                ages[pk] = ages[number] - 1
                waiting.append(pk)
    return ages


def applying_earlier(page: GuidancePage, line: Sequence[GuidancePage]) -> list[Any]:
    """Return the rows of practices that apply an earlier version and not this one."""
    place = [each.pk for each in line].index(page.pk) if page.pk else len(line)
    earlier = [each.pk for each in line[place + 1 :]]
    if not earlier:
        return []
    rows: Any = GuidancePage._meta.get_field("applied_by").related_model._default_manager
    up_to_date = rows.filter(guidance=page).values("page_id")
    found = rows.filter(guidance__in=earlier).exclude(page_id__in=up_to_date)
    return list(found.order_by("page_id", "pk"))


def compare(old: GuidancePage, new: GuidancePage) -> list[Compared]:
    """Return what two versions say otherwise: first what they are, then part by part."""
    about = [part for line in _about(old, new) for part in line]
    found = [Compared(Part("about", _("About this version")), about)] if about else []
    return [*found, *_bodies(list(parts_of(old.body)), list(parts_of(new.body)))]


def _about(old: GuidancePage, new: GuidancePage) -> Iterator[list[Change]]:
    """Yield what each version is called, line by line, where it differs."""
    before, after = _facts(old), _facts(new)
    for name, value in after.items():
        if value != before[name]:
            yield [
                # Set apart, so that each value runs in its own direction beside the label's.
                Change("same", f"{name}: \u2068"),
                *changes(before[name], value),
                Change("same", "\u2069\n"),
            ]


def _facts(page: GuidancePage) -> dict[str, str]:
    return {
        _("Title"): page.title,
        _("Version"): page.version,
        _("Issued"): str(page.issued_on or page.issued or ""),
        _("Issued by"): page.issued_by,
        _("Summary"): page.summary,
        _("Indicators it defines"): ", ".join(_indicators(page)),
    }


def _indicators(page: GuidancePage) -> list[str]:
    """Return the names of the indicators that everybody may read about."""
    public = live_public(IndicatorPage.objects.filter(defined_by__page=page))
    return list(public.order_by("defined_by__sort_order", "pk").values_list("title", flat=True))


def _bodies(old: list[TextPart], new: list[TextPart]) -> Iterator[Compared]:
    """Yield the parts that differ, in the order of the newer; a renamed part is the same part."""
    both = {each.anchor for each in old} & {each.anchor for each in new} - {""}
    before, after = (
        [each.anchor if each.anchor in both else each.heading for each in parts]
        for parts in (old, new)
    )
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            for one, other in zip(old[a:b], new[c:d], strict=True):
                told = changes(*_texts(one, other))
                if any(each.kind != "same" for each in told):
                    yield _compared(other, told)
            continue
        yield from (_compared(each, [Change("gone", each.text)], "gone-") for each in old[a:b])
        yield from (_compared(each, [Change("new", each.text)]) for each in new[c:d])


def _texts(before: TextPart, after: TextPart) -> tuple[str, str]:
    """Return what a part says in two versions, with its headings where they differ."""
    if before.heading == after.heading:
        return before.text, after.text
    return f"{before.heading}\n{before.text}", f"{after.heading}\n{after.text}"


def _compared(part: TextPart, parts: Iterable[Change], place: str = "") -> Compared:
    key = f"{place}{part.anchor or 'beginning'}"
    return Compared(Part(key, part.heading or _("Beginning")), list(parts))
