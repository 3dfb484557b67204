"""The gap map and the page of a country cost few queries: 60 countries with 200 answers each."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from countries.models import Answer, Assessment, Gap, Question
from countries.questionnaires.versions import publish
from guidance.models import IndicatorPage
from members.models import Profile
from practices.models import PracticeIndicator
from tests import factories
from tests.communities import groups as communities
from tests.countries import asked, said, shown
from tests.countries.map import world
from tests.members import people

pytestmark = pytest.mark.django_db
MOST, COUNTRIES, ANSWERS = 25, 60, 200


def assessed(codes, each):
    """So many public answers of each country, and a gap of every tenth."""
    module = asked.module(slug="crowd")
    first = asked.question("q-0", slug="crowd", may_be_public=True)
    Question.objects.bulk_create(
        Question(module=module, version=module.version, code=f"q-{n}", kind=first.kind, order=n,
                 may_be_public=True, **asked.worded("text", f"Question {n} (invented)?"))
        for n in range(1, each)
    )  # fmt: skip
    publish(module.version)
    version = module.version
    rounds = Assessment.objects.bulk_create(
        Assessment(about=code, version=version, questionnaire=version.questionnaire,
                   locks_on=timezone.localdate())
        for code in codes
    )  # fmt: skip
    questions = list(version.questions.all())
    Answer.objects.bulk_create(
        Answer(assessment=round_, question=question, value="no", public=True)
        for round_ in rounds
        for question in questions
    )
    kinds = [shown.gap(f"kind-{n}", action_points=[str(n % 5 + 1)]) for n in range(each // 10)]
    gaps = Gap.objects.bulk_create(
        Gap(about=round_.about, kind=kind, assessment=round_) for round_ in rounds for kind in kinds
    )
    through = Gap.answers.through
    answers = dict(Answer.objects.filter(question=questions[0]).values_list("assessment", "pk"))
    through.objects.bulk_create(
        through(gap=gap, answer_id=answers[gap.assessment_id]) for gap in gaps
    )


def everything(code, team, member):
    """What the page of a country can show, all at once."""
    for number in range(2):
        said.entry("transit" if number else "origin", code, public=True, by=team)
        said.source(f"Register {number} (invented)", code, public=True, by=team)
        indicator = world.put(IndicatorPage, f"Indicator {number} (invented)", area="core")
        pledge = said.commitment(
            f"Pledge {number}", code, public=True, by=team, indicator=indicator
        )
        said.progress(pledge, public=True)
        followed = world.practice(f"Followed {number} (invented)")
        shown.goal(about=code, practice=followed, public=True)
        practice = factories.practice(f"Practice {number} (invented)", countries=[code])
        PracticeIndicator.objects.create(page=practice, indicator=indicator)
    group = communities.community(region="145")
    communities.join(member, group)
    communities.thread(group, member, "How are children counted in Georgia?")
    Profile.objects.filter(user=team).update(listed=True)
    world.searched("theme:education", days=3)


def queries(client, address):
    with CaptureQueriesContext(connection) as sent:
        assert client.get(address).status_code == 200
    return len(sent)


def test_sixty_countries_cost_no_more_than_few_queries(client, vocabulary):
    world.load()
    page = said.page_of("GEO")
    team, member, office = people.representative("GEO"), people.member("PER"), people.secretariat()
    everything("GEO", team, member)
    codes = ["GEO", *[c for c in world.codes(COUNTRIES) if c != "GEO"][: COUNTRIES - 1]]
    for code in codes[1:4]:
        world.country_page(code)
    assessed(codes, ANSWERS)
    addresses = [
        page.url,
        *("/en/gap-map/?across=country", "/en/gap-map/table.csv"),
        "/en/gap-map/list/?across=country&region=145&column=GEO",
    ]
    # What a process keeps for good, as content types, is kept after the first time.
    for user in (team, None):
        client.force_login(user) if user else client.logout()
        client.get(page.url)
    found = {}
    for user in (None, member, office):
        client.logout()
        if user:
            client.force_login(user)
        found |= {(str(user), address): queries(client, address) for address in addresses}
    assert {place: number for place, number in found.items() if number > MOST} == {}
