"""A workshop whose countries answer a questionnaire of two questions; all of it is invented."""

import datetime

from django.utils import timezone

from countries.gaps.finding import refresh
from countries.models import Assessment
from tests.countries import asked, said, shown
from tests.members import people
from tests.workshops import room

SLUG = "invented"
GAP = "Nobody counts them (invented)"
ANOTHER = "No law asks for it (invented)"


def in_days(number):
    return timezone.localdate() + datetime.timedelta(days=number)


class Room:
    """A workshop of Georgia, Colombia and Kenya, of which each has somebody; one facilitates."""

    def __init__(self):
        self.questions = [asked.question("census"), asked.question("law")]
        said.page_of("GEO")
        asked.publish(self.questions[0].version)
        self.workshop = room.workshop(
            "GEO", "COL", "KEN", questionnaire=SLUG, answer_by=in_days(20)
        )
        for code in self.workshop.codes:
            said.page_of(code)
        self.people = {code: people.representative(code) for code in self.workshop.codes}
        self.lead, self.office = room.facilitator(self.workshop), people.secretariat()
        kind = shown.gap("uncounted", title_en=GAP, ask_en="Who counts them?")
        shown.rule(("census", "is", "no"), kind=kind)
        kind = shown.gap("lawless", title_en=ANOTHER, ask_en="Who has a law?", order=1)
        shown.rule(("law", "is", "no"), kind=kind)
        self.address = f"{self.workshop.get_absolute_url()}preparation/"

    def answered(self, code, *values, days=30):
        """A round of a country with these answers, one for each question; None: not answered."""
        by = self.people.get(code)
        made = asked.assessment(*self.questions, about=code, by=by, days=days)
        for question, value in zip(self.questions, values, strict=False):
            if value is not None:
                told = {"not_known": True} if value == "not known" else {"value": value}
                asked.answer(made, question, by=by, **told)
        refresh(made)
        return made

    def share(self, code):
        self.workshop.countries.filter(code=code).update(gaps_shared_at=timezone.now())

    def round_of(self, code):
        return Assessment.objects.filter(about=code).order_by("-round").first()
