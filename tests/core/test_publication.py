"""No route makes a page public that does not meet a condition; the draft is always kept."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Page, PageViewRestriction, Workflow, WorkflowTask

from core import publication
from core.blocked import ToldWhenBlocked
from core.publication import PublicationBlocked, Reason
from pages.models import StandardPage
from tests.core.routes import (
    EVERY,
    WORD,
    WRITE,
    closed,
    copy_of_a_tree,
    draft,
    said_in_public,
    slipped_in,
)
from tests.factories import home, plain_page
from tests.members.people import superuser

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def condition(monkeypatch):
    """The only condition: nothing is public that says the word in its title or summary."""
    monkeypatch.setattr(publication, "_conditions", [])

    def never_said(page):
        said = f"{page.title} {getattr(page, 'summary', '')}"
        return [Reason("It says the word.", "/en/why/")] if WORD in said else []

    publication.register(never_said)


@pytest.fixture
def admin(client):
    client.force_login(superuser("admin@example.org"))
    return client


@pytest.mark.parametrize("route", EVERY)
def test_no_route_makes_it_public(route):
    home()
    with pytest.raises(PublicationBlocked) as blocked:
        route()
    assert [str(reason) for reason in blocked.value.reasons] == ["It says the word."]
    if route in WRITE:
        assert not said_in_public()


@pytest.mark.parametrize("route", EVERY)
def test_what_meets_the_conditions_goes_every_route(route, monkeypatch):
    monkeypatch.setattr(publication, "_conditions", [])
    home()
    route()


def test_a_tree_is_copied_wholly_or_not_at_all():
    home()
    before = Page.objects.count()
    with pytest.raises(PublicationBlocked):
        copy_of_a_tree()
    assert Page.objects.count() == before + 2
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_refused_version_leaves_the_schedule_of_another():
    page = plain_page("Harmless")
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    page.go_live_at, page.summary = None, WORD
    with pytest.raises(PublicationBlocked):
        page.save_revision().publish()
    assert page.revisions.filter(approved_go_live_at__isnull=False).count() == 1


def test_one_scheduled_page_that_may_not_be_published_does_not_hold_up_the_others(monkeypatch):
    told = []

    def note(page, reasons, **kwargs):
        told.append((page.pk, [str(reason) for reason in reasons]))

    publication.postponed.connect(note)
    with monkeypatch.context() as before:
        before.setattr(publication, "_conditions", [])
        early, late = timezone.now() - timedelta(hours=2), timezone.now() - timedelta(hours=1)
        bad, good = draft(), plain_page("Harmless")
        bad.save_revision(approved_go_live_at=early)
        good.unpublish()
        good.save_revision(approved_go_live_at=late)
    call_command("publish_scheduled")
    assert told == [(bad.pk, ["It says the word."])]
    assert StandardPage.objects.get(pk=good.pk).live
    assert not said_in_public()
    call_command("publish_scheduled")
    assert len(told) == 1, "tried once, not every minute"
    assert StandardPage.objects.get(pk=bad.pk).summary == WORD


def test_what_was_public_before_may_be_saved_as_it_is():
    page = slipped_in(home())
    page.save()
    page.save_revision()
    Page.objects.get(pk=page.pk).save()
    page.unpublish()
    assert not StandardPage.objects.get(pk=page.pk).live


def test_a_draft_of_what_is_public_may_say_anything():
    page = plain_page("Harmless")
    page.summary = WORD
    page.save_revision()
    assert not said_in_public()


def test_a_page_goes_with_its_restriction():
    section = plain_page("Section")
    closed(section)
    slipped_in(section)
    Page.objects.get(pk=section.pk).delete()
    assert not PageViewRestriction.objects.exists()


def test_a_restricted_page_stays_where_it_is_while_others_move():
    section = plain_page("Section")
    page = slipped_in(section)
    closed(page)
    Page.objects.get(pk=section.pk).move(home(), pos="first-child")
    closed(section).delete()


# What editors see.


def form_of(page, **changes):
    return {
        "title": page.title,
        "slug": page.slug,
        "summary": page.summary,
        "body-count": "0",
        "seo_title": "",
        "search_description": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        **changes,
    }


def told(client, answer):
    """What the editor is told on the page that follows."""
    assert answer.status_code == 302, answer.status_code
    return client.get(answer["Location"]).content.decode()


def test_the_editor_is_told_and_the_text_is_kept(admin):
    page = plain_page("Harmless")
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = admin.post(url, form_of(page, summary=WORD, **{"action-publish": "1"}))
    html = told(admin, answer)
    assert "It says the word." in html
    assert "/en/why/" in html
    assert not said_in_public()
    assert StandardPage.objects.get(pk=page.pk).get_latest_revision_as_object().summary == WORD


def test_a_new_page_that_is_refused_is_kept_as_a_draft(admin):
    url = reverse("wagtailadmin_pages:add", args=["pages", "standardpage", home().pk])
    page = StandardPage(title="New", slug="new", summary=WORD)
    html = told(admin, admin.post(url, form_of(page, **{"action-publish": "1"})))
    assert "It says the word." in html
    kept = StandardPage.objects.get(slug="new")
    assert (kept.live, kept.summary) == (False, WORD)


def test_a_new_page_is_published_as_ever(admin):
    url = reverse("wagtailadmin_pages:add", args=["pages", "standardpage", home().pk])
    page = StandardPage(title="New", slug="new", summary="Fine")
    assert admin.post(url, form_of(page, **{"action-publish": "1"})).status_code == 302
    assert StandardPage.objects.get(slug="new").live


def test_bulk_publishing_tells_which_page_it_was(admin):
    bad, good = draft(), plain_page("Harmless")
    good.unpublish()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = admin.post(f"{url}?id={good.pk}&id={bad.pk}", {"include_descendants": "on"})
    assert "“Draft” was not published." in told(admin, answer)
    assert not said_in_public()


def test_copying_tells_why(admin):
    page = slipped_in(home())
    url = reverse("wagtailadmin_pages:copy", args=[page.pk])
    sent = {
        "new_title": "Copy", "new_slug": "copy", "new_parent_page": home().pk,
        "publish_copies": "on", "copy_subpages": "",
    }  # fmt: skip
    assert "It says the word." in told(admin, admin.post(url, sent))
    assert not StandardPage.objects.filter(slug="copy").exists()


def test_moving_tells_why(admin):
    section = plain_page("Section")
    closed(section)
    page = slipped_in(section)
    url = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, home().pk])
    assert "It says the word." in told(admin, admin.post(url))
    assert page.get_parent().pk == section.pk


def test_opening_a_section_tells_why(admin):
    section = plain_page("Section")
    closed(section)
    slipped_in(section)
    url = reverse("wagtailadmin_pages:set_privacy", args=[section.pk])
    answer = admin.post(
        url, {"restriction_type": "none"}, headers={"x-requested-with": "XMLHttpRequest"}
    )
    assert (answer.status_code, answer.json()["error"]) == (409, "publication_blocked")
    # Django has rolled back to where the deletion began, which here is the test itself.
    transaction.set_rollback(False)
    assert PageViewRestriction.objects.exists()


def test_the_editors_api_tells_why(admin):
    page = draft()
    url = reverse("wagtailadmin_api:pages:action", args=[page.pk, "publish"])
    answer = admin.post(url, "{}", content_type="application/json")
    assert answer.status_code == 409
    assert answer.json()["reasons"] == [{"text": "It says the word.", "url": "/en/why/"}]
    assert not said_in_public()


def test_approving_in_a_workflow_tells_why_and_leaves_the_task_open(admin):
    task = GroupApprovalTask.objects.create(name="Look at it")
    workflow = Workflow.objects.create(name="Looked at")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    page = draft()
    state = workflow.start(page, None)
    url = reverse(
        "wagtailadmin_pages:workflow_action",
        args=[page.pk, "approve", state.current_task_state.pk],
    )
    html = told(admin, admin.post(url, {"comment": ""}))
    assert "It says the word." in html
    state.refresh_from_db()
    assert state.status == state.STATUS_IN_PROGRESS
    assert state.current_task_state.status == "in_progress"
    assert not said_in_public()


def test_elsewhere_the_reasons_stand_on_a_page_of_their_own(rf):
    request = rf.post("/en/somewhere/")
    request.user, request.session = AnonymousUser(), {}
    error = PublicationBlocked(draft(), [Reason("It says the word.", "/en/why/")])
    answer = ToldWhenBlocked(lambda _request: None).process_exception(request, error)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "It says the word." in html
    assert "/en/why/" in html
    assert "What you wrote is kept as a draft." in html
    assert ToldWhenBlocked(lambda _request: None).process_exception(request, ValueError()) is None
