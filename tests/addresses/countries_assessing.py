"""Rows of assessments, for the table; what is assessed is invented."""

from countries.gaps.finding import refresh
from tests.addresses.rows import EVERYBODY, OFFICE, WRITERS, Row
from tests.countries import asked, shown

CODE = {"code": "assessed country"}
ASSESSED = CODE | {"pk": "assessment"}
# Those who write for Georgia are its team, and the office.
ASSESSING = [
    Row("en/country/%(code)s/assessments/", WRITERS, WRITERS, CODE),
    Row("en/country/%(code)s/assessments/%(pk)s/", WRITERS, None, ASSESSED),
    Row("en/country/%(code)s/assessments/%(pk)s/compared/", WRITERS, None, ASSESSED),
    Row(
        "en/country/%(code)s/assessments/%(pk)s/delete/",
        WRITERS,
        WRITERS,
        CODE | {"pk": "empty assessment"},
    ),
    Row("en/country/%(code)s/assessments/%(pk)s/last-day/", OFFICE, OFFICE, ASSESSED),
    Row(
        "en/country/%(code)s/assessments/%(pk)s/modules/%(module)s/",
        WRITERS,
        WRITERS,
        ASSESSED | {"module": "module"},
    ),
    Row(
        "en/country/%(code)s/assessments/%(pk)s/answers/%(question)s/withdraw/",
        None,
        WRITERS,
        ASSESSED | {"question": "assessed question"},
    ),
    # One of its answers is public.
    Row(
        "en/country/%(code)s/assessments/%(pk)s.%(ending)s",
        EVERYBODY,
        None,
        ASSESSED | {"ending": "table"},
    ),
]


def assessed_things(who):
    question = asked.question("census", may_be_public=True)
    empty, assessment = (
        asked.assessment(question, days=days, by=who["author"]) for days in (-1, 30)
    )
    shown.rule(("census", "is", "yes"))
    asked.answer(assessment, question, "yes", by=who["author"], public=True)
    refresh(assessment)
    return {
        "country gap": shown.gap().code,
        "country goal": shown.goal(by=who["author"]).pk,
        "assessed country": "GEO",
        "assessment": assessment.pk,
        "empty assessment": empty.pk,
        "module": "sources",
        "assessed question": "census",
    }
