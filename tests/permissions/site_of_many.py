"""Builds the site of these tests: first what everybody may see, then all the rest."""

from datetime import timedelta
from io import BytesIO

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from PIL import Image
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupPagePermission,
    Page,
    PageViewRestriction,
)

from core.models import PageSource, SiteImage, SourceDocument
from countries.models import CountryIndexPage, CountryPage
from guidance.models import GuidanceIndexPage
from library.extract import read_file
from library.making import markdown_to_docx
from library.models import LibraryFile
from pages.models import NewsIndexPage, NewsPage
from practices.models import PracticeIndexPage, PracticePage
from tests import factories
from tests.members.people import second_factor
from tests.permissions import many_groups
from tests.permissions.many_groups import HIDDEN_COUNTRY, HIDDEN_THEME
from tests.permissions.things import BY_NAME
from tests.safeguarding.pages import answer_for_pictures
from users.models import Institution
from workshops.models import WorkshopIndexPage

PUBLIC_TEXTS = [
    "The registry links births to school records.",
    "Ministries share one identifier for each child.",
    "Border posts count arrivals by age and sex.",
    "Surveys ask households about absent children.",
    "A dashboard shows asylum decisions each month.",
    "Health workers record the language a family speaks.",
    "Local councils publish the number of foster places.",
]
MANY = 22  # more than one page of a list
LINK = (
    '<p>Read <a linktype="page" id="{}">this</a> and <a linktype="document" id="{}">that</a>.</p>'
)
NOTHING = 999_999


def build_public():
    """What everybody may see, in the state before anything else exists."""
    home = factories.home()
    for language in ("es", "fr", "ar"):
        factories.home(language)
    practices = factories.index(PracticeIndexPage)
    for model in (NewsIndexPage, GuidanceIndexPage, WorkshopIndexPage):
        factories.index(model)
    countries = factories.index(CountryIndexPage)
    for code in ("CHL", "GEO", HIDDEN_COUNTRY):
        factories.publish(
            CountryPage(title=code, slug=code.lower(), country=factories.country(code)), countries
        )
    factories.theme(HIDDEN_THEME)
    for number in range(MANY):
        text = PUBLIC_TEXTS[number % len(PUBLIC_TEXTS)]
        factories.practice(
            f"Invented practice {number}",
            summary=f"{text} Case {number}.",
            problem=LINK.format(NOTHING, NOTHING) if number == 0 else "",
            countries=["CHL"] if number % 2 else ["GEO"],
            themes=["registers"] if number % 3 else ["surveys"],
        )
    factories.practice("The live page", slug=BY_NAME["newer"].slug, summary="It is live.")
    factories.news("Invented news", summary="A meeting took place.")
    factories.plain_page("About", summary="What this is.")
    file = LibraryFile(title="A public file", file=_word("public.docx", "Anyone may read this."))
    file.save()
    read_file(file)
    many_groups.build_public()
    return home, practices


def build_people():
    """Return {persona: user}; groups 1 and 2, an editors' group and the secretariat's."""
    groups = {name: Group.objects.create(name=name) for name in ("one", "two", "desk", "office")}
    member_of = {"X": "one", "M1": "one", "M2": "two", "E": "desk", "S": "office"}
    guidance = GuidanceIndexPage.objects.get()
    for name, page in (("desk", guidance), ("office", Page.get_first_root_node())):
        for codename in ("add_page", "change_page", "publish_page"):
            GroupPagePermission.objects.create(
                group=groups[name], page=page, permission=_permission(codename)
            )
    may_edit = Permission.objects.get(codename="access_admin")
    groups["desk"].permissions.add(may_edit)
    people = {}
    for persona in ("O", "P", "R", "X", "M1", "M2", "E", "S"):
        user = get_user_model().objects.create_user(f"{persona.lower()}@example.org", "x")
        if persona in member_of:
            user.groups.add(groups[member_of[persona]])
        people[persona] = user
    people["SU"] = get_user_model().objects.create_superuser("su@example.org", "x")
    for persona in ("E", "S", "SU"):
        second_factor(people[persona])
    return people, groups


def sessions(people):
    """Return {persona: client}, signed in once and for all tests."""
    clients = {"A": Client()}
    for persona, user in people.items():
        clients[persona] = Client()
        clients[persona].force_login(user)
    return clients


def build_for_accounts():
    """What everybody with an account may see: it must be there before O's twin is looked at."""
    _restrict(_page(BY_NAME["login"]))
    _restrict(_list("members"))
    _file(BY_NAME["file-login"], _closed_collection())


def build_the_rest(groups, editor):
    """Everything else, each by the way it happens on a real site."""
    one, two = groups["one"], groups["two"]
    _restrict(_page(BY_NAME["group-1"], first_slug="cnryoldaddress"), one)
    _rename(BY_NAME["group-1"])
    _restrict(_page(BY_NAME["group-2"]), two)
    _restrict(_page(BY_NAME["either"]), one, two)
    members = PracticeIndexPage.objects.get(slug="members")
    _restrict(_page(BY_NAME["below-login"], members), one)
    _restrict(_page(BY_NAME["below-group-2"], _restrict(_list("twos"), two)), one)
    page = _page(BY_NAME["password"])
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="x")
    _page(BY_NAME["draft"], published=False)
    _newer(BY_NAME["newer"])
    _page(BY_NAME["scheduled"], go_live_at=timezone.now() + timedelta(days=1))
    _page(BY_NAME["expired"], expire_at=timezone.now() - timedelta(minutes=1))
    _page(BY_NAME["unpublished"]).unpublish()
    _page(BY_NAME["deleted"]).delete()
    page = _page(BY_NAME["moderation"], published=False)
    page.get_workflow().start(page, editor)
    _restrict(_news(BY_NAME["news"]), two)
    _file(BY_NAME["file-group-1"], _closed_collection(one))
    # A public page that points at what is not public.
    hidden = PracticePage.objects.get(slug=BY_NAME["group-1"].slug)
    file = LibraryFile.objects.get(title=BY_NAME["file-group-1"].title)
    shell = PracticePage.objects.filter(title="Invented practice 0")
    shell.update(problem=LINK.format(hidden.pk, file.pk))


def address(thing):
    """The path at which a page stands."""
    above = {"below-login": "members/", "below-group-2": "twos/", "news": None}.get(thing.name, "")
    where = "newsindexpage/" if above is None else f"practiceindexpage/{above}"
    return f"/en/{where}{thing.slug}/"


def file_name(thing):
    return f"{thing.canary('filename')}.docx"


def _permission(codename):
    return Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)


def _word(name, text):
    return ContentFile(markdown_to_docx(text, "Invented"), name=name)


def _page(thing, parent=None, published=True, first_slug="", **more):
    page = factories.practice(
        thing.title,
        slug=first_slug or thing.slug,
        parent=parent,
        draft=True,
        countries=[HIDDEN_COUNTRY],
        themes=[HIDDEN_THEME],
    )
    _fill(page, thing)
    for name, value in more.items():
        setattr(page, name, value)
    revision = page.save_revision()
    if published:
        revision.publish()
        page.refresh_from_db()
    return page


def _fill(page, thing):
    page.title = thing.title
    page.summary = f"A summary: {thing.canary('summary')}"
    page.problem = f"<p>{thing.text}</p>"
    page.cost = thing.canary("problem")
    page.steps = [("step", {"title": thing.canary("step"), "text": "<p>Done.</p>"})]
    page.results = f"<p>{thing.canary('results')}</p>"
    page.what_failed = f"<p>{thing.canary('failed')}</p>"
    page.organisation, page.contact = thing.canary("organisation"), thing.canary("contact")
    page.condition_legal = thing.canary("condition")
    page.building_blocks = [
        ("building_block", {"title": thing.subject, "text": f"<p>{thing.text}</p>"}),
        ("building_block", {"title": thing.canary("block"), "text": "<p>A part.</p>"}),
    ]
    name = thing.canary("institution")
    page.lead_institution = Institution.objects.create(
        slug=name, name=name.upper(), kind=Institution.Kind.MINISTRY
    )
    source = SourceDocument.objects.create(
        slug=thing.canary("source"), title=thing.canary("source").upper()
    )
    page.sources = [PageSource(document=source, place="Chapter 1")]


def _newer(thing):
    page = PracticePage.objects.get(slug=thing.slug)
    _fill(page, thing)
    page.save_revision()


def _news(thing):
    image = SiteImage(
        title=thing.canary("alt"), file=ContentFile(_pixel(), f"{thing.canary('filename')}.png")
    )
    image.save()
    figure = {"image": image, "alt": thing.canary("alt"), "caption": thing.canary("caption")}
    page = NewsPage(
        title=thing.title,
        slug=thing.slug,
        locale=factories.locale(),
        summary=f"A summary: {thing.canary('summary')}",
        body=[("text", f"<p>{thing.text}</p>"), ("figure", figure)],
    )
    answer_for_pictures(page)
    return factories.publish(page, NewsIndexPage.objects.get())


def _pixel():
    content = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(content, "PNG")
    return content.getvalue()


def _rename(thing):
    page = PracticePage.objects.get(slug="cnryoldaddress")
    page.slug = thing.slug
    page.save_revision().publish()


def _list(slug):
    page = PracticeIndexPage(title=slug, slug=slug, locale=factories.locale())
    return factories.publish(page, PracticeIndexPage.objects.get(slug="practiceindexpage"))


def _restrict(page, *groups):
    """As the editor does it: first the restriction, then its groups."""
    kind = "groups" if groups else "login"
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind)
    restriction.groups.set(groups)
    return page


def _closed_collection(*groups):
    collection = Collection.get_first_root_node().add_child(name="Closed")
    restriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type="groups" if groups else "login"
    )
    restriction.groups.set(groups)
    return collection


def _file(thing, collection):
    content = f"{thing.text}\n\n## Cost\n\n{thing.canary('problem')}"
    file = LibraryFile(
        title=thing.title,
        description=thing.canary("summary"),
        file=_word(file_name(thing), content),
        collection=collection,
    )
    file.save()
    read_file(file)
    return file
