"""Much more of everything in the world of the table; all of it is invented."""

import datetime
from itertools import count

from django.core.files.base import ContentFile
from django.utils import timezone

from adoption.models import (
    FitAnswer,
    FitCheck,
    GuidanceCheck,
    Hiding,
    OriginAnswer,
    TakenOver,
    TruthAnswer,
    TruthQuestion,
)
from adoption.saying import answer_adoption
from core.classification import TAGS
from core.models import PageSource, SourceDocument
from guidance.models import (
    GuidanceFile,
    GuidanceIndexPage,
    GuidanceIndicator,
    GuidancePage,
    IndicatorIndexPage,
    IndicatorPage,
)
from library.extract import read_file
from library.making import markdown_to_docx
from library.models import LibraryFile
from members.models import Application, Question
from practices.contributing.saving import save_draft
from practices.models import PracticeGuidance, PracticeIndicator, PracticePage
from reviewing.models import Assignment, Clearance, Invitation, SectionComment
from safeguarding.models import Request
from search.models import SavedSearch
from tests import factories
from tests.adoption import told
from tests.members import people
from tests.safeguarding.pages import answer_for_pictures, picture
from workshops.models import (
    WorkshopIndexPage,
    WorkshopOrganiser,
    WorkshopPage,
    WorkshopPractice,
)

_number = count(1)
DAY = datetime.timedelta(days=1)
# What the check for harm finds in a text, differently each time.
UNSAFE = "<p>Write to person{0}@example.org about girl {0}.</p>"
LINKS = (
    '<p><a linktype="page" id="{}">A page</a> and <a linktype="document" id="{}">a file</a>.</p>'
)


def add(who, things, number):
    """Add so much of everything that a page of the site lists or holds."""
    public = PracticePage.objects.get(pk=things["public"])
    for _each in range(number):
        each = next(_number)
        of_practices(who, public, each)
        of_people(who, each)
    say_more(public)
    for name in ("draft", "sent"):
        a_long_text(PracticePage.objects.get(pk=things[name]), who["author"], number)
    on_the_way(who, PracticePage.objects.get(pk=things["sent"]), number)
    a_long_body(number)


def of_practices(who, public, each):
    """Practices, what they cite and what is said of them."""
    page = factories.practice(
        f"Practice {each} (invented)", owner=who["author"], countries=["GEO"], themes=["registers"]
    )
    about(public, each)
    exchange(who, public, page)
    for practice in (page, public):
        asked = TruthQuestion.objects.create(
            practice=practice, asked_at=timezone.now() - DAY, closed_at=timezone.now()
        )
        TruthAnswer.objects.create(question=asked, value="change", at=timezone.now() + DAY)
    SavedSearch.objects.create(
        user=who["author"], name=f"Search {each}", query=f"census {each}", language="en"
    )
    Request.objects.create(page=page, by=who["author"], note="Please look (invented).")


def about(page, each):
    """One more of each thing that a public practice names."""
    for model in TAGS.values():
        model.objects.create(page=page, term=_term(model, each), sort_order=each)
    PageSource.objects.create(page=page, document=_document(each), place="At", sort_order=each)
    guidance = _published(GuidancePage, GuidanceIndexPage, each)
    indicators = IndicatorIndexPage.objects.first() or factories.publish(
        IndicatorIndexPage(title="Indicators", slug="indicators", locale=factories.locale()),
        factories.index(GuidanceIndexPage),
    )
    indicator = _published(IndicatorPage, indicators, each, area="poverty")
    workshop = _published(WorkshopPage, WorkshopIndexPage, each)
    PracticeGuidance.objects.create(page=page, guidance=guidance, sort_order=each)
    PracticeIndicator.objects.create(page=page, indicator=indicator, sort_order=each)
    WorkshopPractice.objects.create(page=workshop, practice=page)
    GuidanceCheck.objects.create(practice=page, newer=guidance, raised_at=timezone.now())


def _published(model, parent, each, **fields):
    name = model.__name__.lower()
    page = model(
        title=f"{name} {each} (invented)",
        slug=f"{name}-{each}",
        locale=factories.locale(),
        **fields,
    )
    place = factories.index(parent) if isinstance(parent, type) else parent
    return factories.publish(page, place)


def _term(model, each):
    term = model._meta.get_field("term").related_model
    if model is TAGS["countries"]:
        return factories.country(f"X{each:02}")
    return term.objects.get_or_create(
        code=f"{term.__name__.lower()}-{each}", locale=factories.locale(), defaults={"label": "Y"}
    )[0]


def _document(each):
    return SourceDocument.objects.get_or_create(
        slug=f"document-{each}",
        defaults={"title": f"Document {each} (invented)", "file": _file(each)},
    )[0]


def _file(each):
    known = LibraryFile.objects.filter(title=f"File {each} (invented)").first()
    if known:
        return known
    file = LibraryFile(title=f"File {each} (invented)")
    content = ContentFile(markdown_to_docx(f"Invented {each}.", "Invented"))
    file.file.save(f"invented-{each}.docx", content)
    file.save()
    read_file(file)
    return file


def say_more(public):
    """Let a public practice link to pages and files in each of its texts."""
    files = list(LibraryFile.objects.order_by("pk"))
    pages = list(GuidancePage.objects.order_by("pk"))
    texts = [LINKS.format(page.pk, file.pk) for page, file in zip(pages, files, strict=False)]
    public.problem = public.results = public.what_failed = texts[0]
    public.steps = [("step", {"title": "A step", "text": text}) for text in texts]
    public.building_blocks = [
        ("building_block", {"title": "A block", "text": text}) for text in texts
    ]
    public.evidence = [("file", {"file": file, "note": "Invented"}) for file in files]
    public.lead_institution = people.institution("A ministry (invented)", "GEO")
    PracticePage.objects.bulk_update(
        [public],
        [
            *("problem", "results", "what_failed", "steps", "building_blocks", "evidence"),
            "lead_institution",
        ],
    )


def exchange(who, page, other):
    """Feedback with answers, hidden and taken over; adaptations; checklists."""
    said = told.feedback(page, people.member("KEN"), kind="suggestion", text=f"{other.title} said")
    told.answer(said, who["author"], text=f"An answer on {other.title}")
    TakenOver.objects.create(feedback=said, by=who["author"], published_at=timezone.now())
    hidden = told.feedback(page, who["member"], text=f"Hidden {other.title}")
    Hiding.objects.create(feedback=hidden, reason="Invented", by=who["secretariat"])
    told.feedback(other, who["member"], text=f"A question on {other.title}")
    adapted = told.adoption(page, people.member("KEN"), own_practice=other)
    answered = OriginAnswer(adoption=adapted, confirms=True, text="Yes (invented).")
    answer_adoption(answered, who["author"])
    for name, shared in (("member", ""), ("colleague", "GEO"), ("author", "GEO")):
        check = FitCheck.objects.create(user=who[name], practice=other, shared_with=shared)
        FitAnswer.objects.create(check_of=check, condition="legal", held="yes")


def a_long_text(page, author, number):
    """A draft with many of all parts, in many versions, with much that must be looked at."""
    numbers = range(1, number + 1)
    themes = {
        name: [_term(model, each).code for each in numbers]
        for name, model in TAGS.items()
        if name != "countries"
    }
    files = list(LibraryFile.objects.order_by("pk")[:number])
    pages = list(GuidancePage.objects.order_by("pk")[:number])
    for each in numbers:
        texts = [LINKS.format(a.pk, b.pk) for a, b in zip(pages, files, strict=False)]
        save_draft(
            page,
            author,
            {
                **themes,
                "countries": ["GEO", *(f"X{one:02}" for one in numbers)],
                "problem": "".join(UNSAFE.format(one) for one in range(each)),
                "steps": [{"type": "step", "value": {"title": "A", "text": t}} for t in texts],
                "sources": [
                    {"document": _document(one), "place": "At", "page_number": one}
                    for one in numbers
                ],
                "evidence": [
                    {"type": "file", "value": {"file": file.pk, "note": ""}} for file in files
                ],
                "indicators": list(IndicatorPage.objects.order_by("pk")[:number]),
                "guidance": pages,
                "lead_institution": people.institution("A ministry (invented)", "GEO"),
            },
        )
        page.refresh_from_db()


def on_the_way(who, page, number):
    """More reviewers, comments, links and clearances of the practice in review; more reviews."""
    round_ = page.current_workflow_state
    for each in range(number):
        reader = people.reviewer("KEN", topics=[f"theme-{each}"], languages=("en", "fr"))
        Assignment.objects.create(
            page=page,
            workflow_state=round_,
            reviewer=reader,
            number=each + 10,
            due=timezone.localdate(),
            state="recommended" if each % 2 else "asked",
            answered_at=timezone.now() if each % 2 else None,
        )
        comment = _comment(page, reader, "reviewer", number=each + 10)
        _comment(page, who["author"], "author", parent=comment)
        link = Invitation.objects.create(
            page=page,
            purpose="clear",
            office=f"Office {each} (invented)",
            language="en",
            institution=people.institution(f"Ministry {each} (invented)", "GEO"),
            issued_by=who["secretariat"],
            issued_at=timezone.now(),
            expires_at=timezone.now() + DAY,
        )
        Clearance.objects.create(
            page=page, invitation=link, institution_name="Invented", voice="personal", digest="x"
        )
        _one_more_in_review(who, each)


def _comment(page, writer, voice, **fields):
    return SectionComment.objects.create(
        page=page,
        section="problem",
        text="Say more (invented).",
        voice=voice,
        writer=writer,
        once=f"{voice}-{next(_number)}",
        **fields,
    )


def _one_more_in_review(who, each):
    page = factories.practice(
        f"In review {next(_number)} (invented)",
        draft=True,
        owner=who["author"],
        countries=["GEO"],
    )
    save_draft(page, who["author"], {"problem": "<p>Invented.</p>"})
    page.refresh_from_db()
    page.get_workflow().start(page, who["author"])
    Assignment.objects.get_or_create(
        page=page,
        workflow_state=PracticePage.objects.get(pk=page.pk).current_workflow_state,
        reviewer=who["reviewer"],
        defaults={"number": 1, "due": timezone.localdate()},
    )


def of_people(who, each):
    """Members in the directory, applications with questions, reviewers with what they know."""
    listed = people.representative("CHL").profile
    listed.listed = listed.ask_me = True
    listed.save()
    listed.topics.set([factories.theme(f"theme-{each}"), factories.theme("registers")])
    listed.languages.get_or_create(code="en")
    applicant = people.person(name=f"Applicant {each}")
    wanted = {"role": "member", "motivation": "Invented", "country": factories.country("PAN")}
    body = people.institution(f"Body {each} (invented)", "PAN")
    for state in ("declined", "sent"):
        sent = Application.objects.create(user=applicant, state=state, institution=body, **wanted)
        Question.objects.create(application=sent, text="Why?", asked_by=who["secretariat"])
    for name in ("applicant", "refused"):
        mine = Application.objects.create(user=who[name], state="declined", **wanted)
        Question.objects.create(application=mine, text="Why?", asked_by=who["secretariat"])


def a_long_body(number):
    """Pages of other types whose texts hold many pictures, files and links, and name much."""
    guidance = GuidancePage.objects.order_by("pk").first()
    workshop = WorkshopPage.objects.order_by("pk").first()
    news = factories.news(f"News {next(_number)} (invented)")
    files, pages = LibraryFile.objects.order_by("pk"), GuidancePage.objects.order_by("pk")
    for page in (guidance, workshop, news):
        page.body = [
            part
            for file, to in zip(files[:number], pages[:number], strict=False)
            for part in (
                ("text", LINKS.format(to.pk, file.pk)),
                ("figure", {"image": picture(f"Picture {next(_number)}"), "alt": "Invented"}),
                ("download", {"file": file, "note": "Invented"}),
            )
        ]
        type(page).objects.bulk_update([page], ["body"])
        answer_for_pictures(page)
    for each, file in enumerate(files[:number]):
        GuidanceFile.objects.create(page=guidance, file=file)
        body = people.institution(f"Organiser {each} (invented)", "GEO")
        WorkshopOrganiser.objects.create(page=workshop, institution=body)
    for each in IndicatorPage.objects.order_by("pk")[:number]:
        GuidanceIndicator.objects.create(page=guidance, indicator=each)
    for each in PracticePage.objects.live().order_by("pk")[:number]:
        WorkshopPractice.objects.create(page=workshop, practice=each)
