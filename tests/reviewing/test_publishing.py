"""Nobody publishes their own item, by whatever route: I10."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.blocks import BlockField
from wagtail.models import GroupPagePermission, Page, WorkflowState
from wagtail.test.utils.form_data import rich_text

from core.publication import PublicationBlocked
from practices.contributing.saving import save_draft
from practices.models import PracticeIndexPage, PracticePage
from reviewing.models import SignOff
from reviewing.signing import sign_off
from tests import factories
from tests.kept import kept
from tests.members.people import person, second_factor, secretariat
from tests.reviewing.conftest import act, send_in, step_of
from users.models import User

pytestmark = pytest.mark.django_db


@kept
def ready(draft, author, peer):
    """The practice, recommended, waiting for publication."""
    send_in(draft, author)
    act(draft, peer, "approve")
    assert step_of(draft) == "PublicationTask"
    return draft


def is_public(page):
    return PracticePage.objects.get(pk=page.pk).live


def editing(user):
    """Give somebody the editor's interface, with every right a group can give on practices."""
    group = Group.objects.create(name=f"Editors of {user.pk}")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page"):
        GroupPagePermission.objects.create(
            group=group,
            page=PracticeIndexPage.objects.first(),
            permission=Permission.objects.get(
                content_type__app_label="wagtailcore", codename=codename
            ),
        )
    user.groups.add(group)
    second_factor(user)
    return User.objects.get(pk=user.pk)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def fields_of_form(client, page):
    """What the editor's form of a page would send."""
    answer = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert answer.status_code == 200
    form, data = answer.context["form"], {}
    for formset in form.formsets.values():
        data |= {field.html_name: field.value() for field in formset.management_form}
    for each in (form, *(row for formset in form.formsets.values() for row in formset)):
        for field in each:
            if isinstance(field.field, BlockField):
                data[f"{field.html_name}-count"] = 0
            elif field.html_name in ("problem", "results", "what_failed"):
                data[field.html_name] = rich_text(field.value() or "")
            elif field.value() not in (None, "", False):
                data[field.html_name] = field.value()
    return data


def test_the_editors_form_publishes_what_was_signed_off(draft, office):
    """The allowed twin of all that is refused below: the same form, the same button."""
    sign_off(draft, office)
    other = editing(secretariat("another@example.org"))
    client = signed_in(other)
    data = fields_of_form(client, draft) | {"action-publish": "action-publish"}
    client.post(reverse("wagtailadmin_pages:edit", args=[draft.pk]), data)
    # Sending the form makes its sender a writer, but the signed text is still the same.
    assert is_public(draft)


def test_the_secretariat_publishes_what_the_author_wrote(ready, office):
    act(ready, office, "approve")
    assert is_public(ready)
    assert SignOff.objects.get(page=ready).signed_by == office


def test_nobody_publishes_what_they_wrote_at_the_last_step(ready, author):
    with pytest.raises(PermissionDenied):
        act(ready, author, "approve")
    assert not is_public(ready)


def test_the_secretariat_does_not_publish_what_it_wrote_itself(draft, peer, office):
    PracticePage.objects.filter(pk=draft.pk).update(owner=office)
    draft.refresh_from_db()
    send_in(draft, office)
    act(draft, peer, "approve")
    with pytest.raises(PermissionDenied):
        act(draft, office, "approve")
    assert not is_public(draft)
    act(draft, secretariat("another@example.org"), "approve")
    assert is_public(draft)


def test_whoever_changed_a_word_does_not_publish_it_either(draft, author, peer, office):
    save_draft(draft, office, {"problem": "<p>Changed by the secretariat.</p>"})
    draft.refresh_from_db()
    send_in(draft, author)
    act(draft, peer, "approve")
    with pytest.raises(PermissionDenied):
        act(draft, office, "approve")


@pytest.mark.parametrize("step", ["review", "publication"])
@pytest.mark.parametrize("who", ["author", "superuser"])
def test_the_editors_buttons_approve_nobodys_own_item(who, step, draft, author, peer):
    if who == "superuser":
        author.is_superuser = True
        author.save()
    send_in(draft, author)
    if step == "publication":
        act(draft, peer, "approve")
    client = signed_in(editing(author))
    state = PracticePage.objects.get(pk=draft.pk).current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[draft.pk, "approve", state.pk])
    client.post(url, {"comment": ""})
    state.refresh_from_db()
    assert state.status == "in_progress"
    assert not is_public(draft)


def test_the_secretariat_may_press_the_editors_button(ready, office):
    client = signed_in(editing(office))
    state = PracticePage.objects.get(pk=ready.pk).current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[ready.pk, "approve", state.pk])
    client.post(url, {"comment": ""})
    assert is_public(ready)


def test_the_right_for_one_practice_does_not_approve_another(ready, office):
    """Wagtail takes the practice and the step from two places of the address."""
    own = factories.practice("One's own (invented)", draft=True, owner=office)
    send_in(own, office)
    state = PracticePage.objects.get(pk=own.pk).current_workflow_task_state
    client = signed_in(editing(office))
    url = reverse("wagtailadmin_pages:workflow_action", args=[ready.pk, "approve", state.pk])
    client.post(url, {"comment": ""})
    state.refresh_from_db()
    assert state.status == "in_progress"


@pytest.fixture(params=["author", "administrator", "editor"])
def insider(request, draft, author):
    """Somebody with the editor's interface who wrote the practice, with all rights of a group."""
    if request.param == "administrator":
        author.is_superuser = True
        author.save()
        second_factor(author)
        return User.objects.get(pk=author.pk)
    if request.param == "editor":
        other = person("editor@example.org", name="Editor")
        save_draft(draft, other, {"problem": "<p>Changed by an editor.</p>"})
        draft.refresh_from_db()
        return editing(other)
    return editing(author)


def test_the_publish_button_does_not_publish_ones_own(draft, insider):
    client = signed_in(insider)
    data = fields_of_form(client, draft) | {"action-publish": "action-publish"}
    client.post(reverse("wagtailadmin_pages:edit", args=[draft.pk]), data)
    assert not is_public(draft)


def test_cancelling_the_review_and_publishing_does_not(draft, insider):
    send_in(draft, insider)
    client = signed_in(insider)
    url = reverse("wagtailadmin_pages:confirm_workflow_cancellation", args=[draft.pk])
    client.post(url)
    data = fields_of_form(client, draft)
    client.post(
        reverse("wagtailadmin_pages:edit", args=[draft.pk]),
        data | {"action-cancel-workflow": "1", "action-publish": "1"},
    )
    client.post(reverse("wagtailadmin_pages:edit", args=[draft.pk]), data | {"action-publish": "1"})
    assert not is_public(draft)


def test_bulk_publishing_does_not(draft, insider):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    signed_in(insider).post(f"{url}?id={draft.pk}", {"include_descendants": "on"})
    assert not is_public(draft)


def test_a_schedule_does_not(draft, insider):
    client = signed_in(insider)
    data = fields_of_form(client, draft) | {
        "go_live_at": (timezone.now() + timezone.timedelta(seconds=2)).strftime("%Y-%m-%d %H:%M"),
        "action-publish": "action-publish",
    }
    client.post(reverse("wagtailadmin_pages:edit", args=[draft.pk]), data)
    assert not draft.revisions.exclude(approved_go_live_at=None).exists()
    draft.revisions.update(approved_go_live_at=timezone.now())
    call_command("publish_scheduled")
    assert not is_public(draft)


def test_reverting_and_publishing_does_not(draft, insider):
    client = signed_in(insider)
    first = draft.revisions.order_by("created_at").first()
    data = fields_of_form(client, draft) | {"revision": first.pk, "action-publish": "1"}
    client.post(reverse("wagtailadmin_pages:edit", args=[draft.pk]), data)
    assert not is_public(draft)


def copy_form(page, parent, **more):
    return {
        "new_title": "A copy",
        "new_slug": "a-copy",
        "new_parent_page": parent.pk,
        "publish_copies": "on",
        **more,
    }


@pytest.mark.parametrize("alias", [False, True])
def test_copies_and_aliases_are_not_public(draft, insider, alias):
    more = {"alias": "on"} if alias else {}
    parent = draft.get_parent()
    url = reverse("wagtailadmin_pages:copy", args=[draft.pk])
    signed_in(insider).post(url, copy_form(draft, parent, **more))
    assert not PracticePage.objects.filter(live=True).exists()


def test_a_copy_of_what_is_public_is_a_draft(author):
    public = factories.practice("A public one (invented)", countries=["GEO"])
    client = signed_in(editing(author))
    url = reverse("wagtailadmin_pages:copy", args=[public.pk])
    client.post(url, copy_form(public, public.get_parent()))
    assert PracticePage.objects.filter(live=True).count() == 1


def test_moving_does_not(draft, insider):
    elsewhere = factories.index(PracticeIndexPage, "es")
    url = reverse("wagtailadmin_pages:move_confirm", args=[draft.pk, elsewhere.pk])
    signed_in(insider).post(url)
    assert not is_public(draft)


@pytest.mark.parametrize("row", ["live page", "plain page", "revision"])
def test_writing_it_in_a_shell_does_not(draft, row):
    page = Page.objects.get(pk=draft.pk) if row == "plain page" else draft
    page.live = True
    write = page.latest_revision.publish if row == "revision" else page.save
    with pytest.raises(PublicationBlocked):
        write()
    assert not is_public(draft)


def test_what_nobody_contributed_is_published_from_the_command_line():
    assert is_public(factories.practice("From a document (invented)"))


def test_a_sign_off_holds_for_the_text_it_was_given_for_alone(draft, author, office):
    sign_off(draft, office)
    save_draft(draft, author, {"problem": "<p>Another text.</p>"})
    with pytest.raises(PublicationBlocked):
        PracticePage.objects.get(pk=draft.pk).latest_revision.publish()
    assert not is_public(draft)


def test_a_new_version_waits_while_the_published_one_stays(ready, author, office):
    act(ready, office, "approve")
    page = PracticePage.objects.get(pk=ready.pk)
    save_draft(page, author, {"problem": "<p>Newer.</p>"})
    page.refresh_from_db()
    with pytest.raises(PublicationBlocked):
        page.latest_revision.publish()
    page.refresh_from_db()
    assert "Nobody could count them" in page.problem
    send_in(page, author)
    assert step_of(page) == "PeerReviewTask"


def test_a_correction_is_published_by_somebody_else(ready, author, office, client):
    act(ready, office, "approve")
    page = PracticePage.objects.get(pk=ready.pk)
    save_draft(page, office, {"problem": "<p>A slip corrected.</p>"})
    page.refresh_from_db()
    other = secretariat("another@example.org")
    data = {"decision": "approve", "seen": page.latest_revision_id}
    url = reverse("review-decide", args=[page.pk])
    assert signed_in(office).post(url, data).status_code == 404
    page.refresh_from_db()
    assert "slip" not in page.problem
    signed_in(other).post(url, data)
    page.refresh_from_db()
    assert "slip" in page.problem


def test_a_record_of_a_sign_off_is_written_once(draft, office):
    signed = sign_off(draft, office)
    signed.reason = "Another"
    with pytest.raises(TypeError):
        signed.save()


def test_a_change_of_a_date_on_a_public_practice_needs_no_new_sign_off(ready, office):
    act(ready, office, "approve")
    page = PracticePage.objects.get(pk=ready.pk)
    page.last_confirmed = timezone.localdate()
    page.save()
    page.refresh_from_db()
    assert page.last_confirmed


def test_the_round_is_over_when_it_is_published(ready, office):
    act(ready, office, "approve")
    state = WorkflowState.objects.for_instance(ready).get()
    assert state.status == WorkflowState.STATUS_APPROVED
