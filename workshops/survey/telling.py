"""What came of a survey: to read, as a table, and for the public page of its workshop."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from workshops import findings
from workshops.models import Survey, SurveyItem, SurveyQuestion, WorkshopPage
from workshops.survey.results import Group, Result, Results, broken_down, counted
from workshops.survey.shares import of


def groups_of(survey: Survey) -> list[tuple[SurveyQuestion, list[Group]]]:
    """Return for each question that tells groups apart what they said."""
    asked = survey.questions.filter(groups=True)
    told = [(question, broken_down(survey, question)) for question in asked]
    return [(question, groups) for question, groups in told if groups]


def head() -> list[str]:
    """Return the head of the table."""
    return [_("Question"), _("Group"), _("Answer"), _("Answers"), "n", "%"]


def rows(survey: Survey, found: Results) -> Iterator[list[Any]]:
    """Yield what may be told: counts and percentages with n, and words that may be quoted."""
    yield [_("All"), "", _("Answers to the survey"), found.n, found.n, ""]
    for result in found.results:
        yield from _lines(result, "")
        for text in result.quotable:
            yield [result.question.text, "", text, "", result.n, ""]
    for question, groups in groups_of(survey):
        for group in groups:
            name = f"{question.text}: {group.label}"
            if group.n is None:
                yield [_("All"), name, _("too few to be told"), "", "", ""]
            for cell in group.results:
                if cell is not None:
                    yield from _lines(cell, name)


def _lines(result: Result, group: str) -> Iterator[list[Any]]:
    text = result.question.text
    if not result.is_told:
        yield [text, group, _("too few to be told"), "", "", ""]
    for line in result.lines:
        yield [text, group, line.label, line.count, result.n, line.percent]


def as_text(survey: Survey, found: Results) -> str:
    """Return what may be told in public as lines to write with: shares with n, then quotations."""
    lines = [_note(survey, found), ""]
    for result in found.results:
        if result.question.statement and result.is_told:
            count = counted(result)
            told = {"share": of(count, result.n), "count": count, "n": result.n}
            share = _("%(share)s %% (%(count)s of %(n)s)") % told
            lines.append(f"{share}: {result.question.statement}")
    lines += ["", *(f"“{text}”" for text in found.quotes)]
    return "\n".join(lines).strip() + "\n"


def may_tell(survey: Survey, user: Any) -> bool:
    """Return whether somebody may put results into the draft of the workshop's public page."""
    page = survey.workshop.page_id
    return bool(page) and findings.changeable(user).filter(pk=page).exists()


def into_page(survey: Survey, found: Results, quotes: Sequence[str], user: Any) -> Page:
    """Put the figures, and these words, into the draft of the public page; nothing is published.

    A second time they replace what the first time has put there.
    """
    key = f"survey-{survey.pk}"
    with transaction.atomic():
        pages = WorkshopPage.objects.select_for_update()
        stored = pages.get(pk=findings.changeable(user).get(pk=survey.workshop.page_id).pk)
        page: WorkshopPage = stored.get_latest_revision_as_object()
        page.survey_answers = found.n
        page.survey_note = _note(survey, found)
        page.survey_items = [
            SurveyItem(
                question=result.question.statement,
                count=counted(result),
                asked=result.n if result.n != found.n else None,
            )
            for result in found.results
            if result.question.statement and result.is_told
        ]
        blocks = [
            block for block in page.body.raw_data if not str(block.get("id")).startswith(f"{key}-")
        ]
        blocks += [
            {
                "type": "quote",
                "id": f"{key}-{number}",
                "value": {"text": quote, "source": _("Somebody who took part, in the survey")},
            }
            for number, quote in enumerate(quotes)
        ]
        page.body = page._meta.get_field("body").stream_block.to_python(blocks)
        page.save_revision(user=user, log_action=True)
    return stored


def _note(survey: Survey, found: Results) -> str:
    told = ngettext(
        "An anonymous survey among those who took part; %(number)s answered.",
        "An anonymous survey among those who took part; %(number)s answered.",
        found.n,
    )
    return told % {"number": found.n}
