"""The people of the table and the things they may or may not use; all of it is invented."""

import datetime

from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.models import GroupPagePermission

from adoption.models import FitCheck, TruthQuestion
from adoption.saying import edit
from adoption.truth import PURPOSE as STILL_TRUE
from core import links
from guidance.models import GuidanceIndexPage
from library.extract import read_file
from library.making import markdown_to_docx
from library.models import LibraryFile
from members.models import Application, Kind, Role
from practices.contributing.saving import save_draft
from reviewing.inviting import PURPOSE as REVIEW
from reviewing.inviting import issue
from reviewing.models import Invitation
from reviewing.workflow import ensure_workflow
from search.models import SavedSearch
from tests import factories
from tests.addresses import group
from tests.addresses.countries import country_things
from tests.addresses.countries_assessing import assessed_things
from tests.addresses.desk import desk_things
from tests.addresses.guidance import guidance_things
from tests.addresses.workshop_reports import report_things
from tests.addresses.workshop_surveys import survey_things
from tests.addresses.workshops import workshop_things
from tests.adoption import told
from tests.members import people


def build():
    """Return (people by name, things by name)."""
    who = everybody()
    who |= group.people_of_group()
    found = things(who) | group.things(who) | country_things(who) | assessed_things(who)
    found |= guidance_things() | workshop_things(who) | survey_things()
    return who, found | desk_things(who) | report_things(who)


def everybody():
    who = {
        "outsider": people.person(name="Outsider"),
        "applicant": people.person(name="Applicant"),
        "refused": people.person(name="Refused"),
        "former member": people.person(name="Former member"),
        "member": people.member("COL"),
        "author": people.representative("GEO"),
        "colleague": people.representative("GEO"),
        "other representative": people.representative("CHL"),
        "reviewer": people.reviewer("MEX"),
        "section editor": people.person(name="Section editor"),
        "secretariat": people.secretariat(),
        "administrator": people.superuser(),
    }
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    last_year = yesterday - datetime.timedelta(days=365)
    people.give(who["former member"], Role(kind=Kind.MEMBER, starts=last_year, ends=yesterday))
    wanted = {"role": "member", "motivation": "Invented", "country": factories.country("PAN")}
    for name, state in (("applicant", "sent"), ("refused", "declined")):
        Application.objects.create(user=who[name], state=state, **wanted)
    make_section_editor(who["section editor"])
    listed = who["other representative"].profile
    listed.listed = listed.ask_me = True
    listed.save()
    return who


def make_section_editor(user):
    group = Group.objects.create(name="Editors of guidance (invented)")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    section = factories.index(GuidanceIndexPage)
    for codename in ("add_page", "change_page"):
        right = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.create(group=group, page=section, permission=right)
    user.groups.add(group)
    people.second_factor(user)


def clients(who):
    found = {"visitor": Client()}
    for name, user in who.items():
        found[name] = Client()
        found[name].force_login(user)
    return found


def things(who):
    author = who["author"]
    public = told.practice_of(author)
    draft, sent = (draft_of(author, title) for title in ("A draft", "A practice in review"))
    ensure_workflow()
    sent.get_workflow().start(sent, author)
    said = told.feedback(public, who["member"], kind="suggestion")
    edit(said, "Said better (invented)")
    adapted = told.adoption(public, who["member"])
    shared = FitCheck.objects.create(user=who["colleague"], practice=public, shared_with="GEO")
    FitCheck.objects.create(user=who["member"], practice=public)
    invitation = Invitation(
        page=sent,
        purpose="advise",
        office="Adviser (invented)",
        address="adviser@example.org",
        language="en",
    )
    issue(invitation, sent, who["secretariat"])
    question = TruthQuestion.objects.create(practice=public, asked_at=timezone.now())
    file = LibraryFile(title="A file (invented)")
    file.file.save("invented.docx", ContentFile(markdown_to_docx("Invented.", "Invented")))
    file.save()
    read_file(file)
    law = ContentFile(markdown_to_docx("A law (invented).", "A law"), name="law.docx")
    own = LibraryFile.attach(sent, author, law)
    return {
        "author": author.pk,
        "public": public.pk,
        "draft": draft.pk,
        "version": draft.revisions.earliest("pk").pk,
        "sent": sent.pk,
        "feedback": said.pk,
        "adaptation": adapted.pk,
        "checklist of colleague": shared.pk,
        "application": Application.objects.get(user=who["applicant"]).pk,
        "role": Role.objects.get(user=who["colleague"]).pk,
        "listed person": who["other representative"].pk,
        "invitation": invitation.pk,
        "saved search": SavedSearch.objects.create(
            user=author, name="Mine", query="census", language="en"
        ).pk,
        "file": file.pk,
        "file name": file.filename,
        "evidence": own.pk,
        "evidence name": own.filename,
        "token of an adviser": links.issue(REVIEW, invitation, 3),
        "token of a contact": links.issue(STILL_TRUE, question, 3, data={"user": author.pk}),
        "format": "ttl",
        "path": public.get_url(None).removeprefix("/en/"),
        "language": "en",
        "table": "csv",
        "answer": "true",
    }


def draft_of(author, title):
    page = factories.practice(f"{title} (invented)", draft=True, owner=author, countries=["GEO"])
    save_draft(page, author, {"problem": "<p>Nobody could count them.</p>"})
    page.refresh_from_db()
    return page
