"""From a draft to a published practice and on: sent in, taken back, revised, thrown away."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowState, WorkflowTask

from practices import access
from practices.contributing.saving import save_draft
from practices.models import PracticeIndexPage, PracticePage
from tests.kept import kept
from tests.members.people import member, representative, superuser
from tests.practices.contributing.writing import draft, filled, newest, publish, sign_off

pytestmark = pytest.mark.django_db
STEP = {"type": "step", "value": {"title": "", "text": "<p>Counted.</p>"}}
READY = {
    "problem": "<p>Nobody knew.</p>",
    "steps": [STEP],
    "condition_legal": "A law.",
    "contact": "The office",
}


@kept
def workflow(writer):
    """A review of one step, which closes the practice for its writers."""
    WorkflowPage.objects.all().delete()
    task = GroupApprovalTask.objects.create(name="Peer review")
    task.groups.add(Group.objects.create(name="Reviewers (invented)"))
    made = Workflow.objects.create(name="Practices (invented)")
    WorkflowTask.objects.create(workflow=made, task=task)
    WorkflowPage.objects.create(workflow=made, page=PracticeIndexPage.objects.get())
    return made


def address(name, page):
    return reverse(f"contribute-{name}", args=[page.pk])


def send(client, page):
    return client.post(address("send", page), follow=True)


def test_what_is_missing_is_one_list_with_links_to_the_fields(writing, writer, workflow):
    page = draft(writer, countries=())
    text = writing.get(address("send", page)).content.decode()
    for place in ("about", "problem", "steps", "conditions", "standing"):
        assert f'{address("edit", page)}#form-{place}"' in text
        assert f'id="form-{place}"' in writing.get(address("edit", page)).content.decode()
    send(writing, page)
    assert not WorkflowState.objects.exists()


def test_a_finished_draft_is_sent_in_once(writing, writer, workflow):
    page = draft(writer, **READY)
    for _press in range(3):
        send(writing, page)
    state = WorkflowState.objects.get()
    assert state.requested_by == writer
    assert not access.may_edit(writer, PracticePage.objects.get(pk=page.pk))


def test_rows_filled_in_by_half_are_named_before_sending(writing, writer, workflow):
    half = {"type": "institution", "value": {"body": "", "role": "Keeps the register"}}
    page = draft(writer, **READY, institutions=[half])
    text = writing.get(address("send", page)).content.decode()
    assert f'{address("edit", page)}#form-set-up"' in text


def test_without_a_review_a_draft_stays_a_draft(writing, writer):
    WorkflowPage.objects.all().delete()
    page = draft(writer, **READY)
    assert b"Nobody reviews practices yet" in writing.get(address("send", page)).content
    send(writing, page)
    assert not WorkflowState.objects.exists()


def test_what_is_in_review_is_closed_and_nothing_typed_is_lost(writing, writer, workflow):
    page = draft(writer, **READY)
    data = filled(writing.get(address("edit", page)), cost="Typed with care")
    send(writing, page)
    assert writing.get(address("edit", page)).url == address("preview", page)
    answer = writing.post(address("edit", page), data)
    assert answer.status_code == 409
    assert b"Typed with care" in answer.content
    assert newest(page).cost == ""
    answer = writing.post(address("edit", page), data, HTTP_ACCEPT="application/json")
    assert "nothing was saved" in answer.json()["closed"]


def test_taken_back_it_is_a_draft_again(writing, writer, workflow):
    page = draft(writer, **READY)
    send(writing, page)
    assert b"Taken back" in writing.post(address("withdraw", page), follow=True).content
    assert access.may_edit(writer, PracticePage.objects.get(pk=page.pk))
    send(writing, page)
    assert WorkflowState.objects.active().count() == 1
    writing.post(address("withdraw", page))
    assert writing.post(address("withdraw", page)).status_code == 302


def test_sent_back_it_is_revised_in_the_same_form_and_sent_in_again(writing, writer, workflow):
    page = draft(writer, **READY)
    send(writing, page)
    task = WorkflowState.objects.get().current_task_state
    task.reject(user=superuser(), comment="Say who paid for it.")
    desk = writing.get("/en/contribute/").content.decode()
    assert "Sent back to you" in desk
    assert "Say who paid for it." in desk
    form = writing.get(address("edit", page))
    assert b"Say who paid for it." in form.content
    writing.post(address("edit", page), filled(form, cost="The ministry paid."))
    send(writing, page)
    state = WorkflowState.objects.get()
    assert state.status == WorkflowState.STATUS_IN_PROGRESS
    assert state.current_task_state.revision.as_object().cost == "The ministry paid."


def test_a_version_that_is_in_review_is_never_overwritten(writing, writer, workflow):
    page = draft(writer, **READY)
    reviewed = page.latest_revision_id
    send(writing, page)
    WorkflowState.objects.get().current_task_state.reject(user=superuser())
    revision = save_draft(page, writer, {"cost": "New."}, renew=reviewed)
    assert revision.pk != reviewed


def test_readers_see_the_old_text_until_the_new_one_is_published(writing, client, writer):
    page = draft(writer, "A register of invention", **READY)
    publish(page)
    url = page.get_url()
    data = filled(writing.get(address("edit", page)), results="A zebrafinch result.")
    writing.post(address("edit", page), data)
    assert "zebrafinch" not in Client().get(url).content.decode()
    assert "zebrafinch" in writing.get(address("preview", page)).content.decode()
    publish(page)
    assert "zebrafinch" in Client().get(url).content.decode()


def test_a_published_practice_is_found_at_once(client, writer):
    page = draft(writer, "Zebrafinch register", **READY)

    def found():
        return str(client.get("/api/v1/search/?q=Zebrafinch").json()["results"])

    assert "Zebrafinch" not in found()
    publish(page)
    assert "Zebrafinch" in found()


def test_there_is_nothing_to_send_in_where_nothing_is_new(writing, writer, workflow):
    page = draft(writer, **READY)
    publish(page)
    assert b"There is nothing new to send in" in writing.get(address("send", page)).content
    send(writing, page)
    assert not WorkflowState.objects.exists()


def test_nothing_in_the_form_publishes(writing, writer, workflow):
    page = draft(writer, **READY)
    data = filled(writing.get(address("edit", page)), do="publish", action="publish", live="on")
    writing.post(address("edit", page), data)
    send(writing, page)
    page.refresh_from_db()
    assert not page.live


def test_ones_own_unsent_draft_is_thrown_away(writing, writer):
    page = draft(writer)
    assert b"cannot be undone" in writing.get(address("delete", page)).content
    assert PracticePage.objects.exists()
    writing.post(address("delete", page))
    assert not PracticePage.objects.exists()
    assert writing.post(address("delete", page)).status_code == 404


def test_what_was_sent_or_published_or_is_of_others_is_not_thrown_away(writing, writer, workflow):
    sent, public = draft(writer, "Sent", **READY), draft(writer, "Public", **READY)
    theirs = draft(representative("GEO"), "Theirs")
    send(writing, sent)
    publish(public)
    for page in (sent, public, theirs):
        assert writing.post(address("delete", page)).status_code == 404
    assert PracticePage.objects.count() == 3


def test_the_desk_shows_where_everything_stands_and_what_to_do_next(writing, writer, workflow):
    draft(writer, "Begun")
    send(writing, draft(writer, "Being read", **READY))
    publish(draft(writer, "Out", **READY))
    draft(member("ITA"), "Of others", countries=["ITA"])
    text = writing.get("/en/contribute/").content.decode()
    for told in ("Begun", "Being read", "Peer review", "Out", "Go on writing", "Take back"):
        assert told in text
    assert "Of others" not in text


def test_an_empty_desk_says_what_to_do(writing):
    text = writing.get("/en/contribute/").content.decode()
    assert "You have not shared a practice yet" in text
    assert 'href="/en/contribute/new/"' in text


def test_a_desk_of_many_asks_as_little_as_one_of_few(
    writing, writer, django_assert_max_num_queries
):
    for number in range(12):
        draft(writer, f"Draft {number}")
    writing.get("/en/contribute/")
    with django_assert_max_num_queries(25):
        writing.get("/en/contribute/")


def test_what_changed_is_shown_word_by_word(writing, writer):
    page = draft(writer, problem="<p>Nobody knew how many.</p>")
    save_draft(page, writer, {"problem": "<p>Nobody <b>counted</b> how many.</p>"})
    text = writing.get(address("compare", page)).content.decode()
    assert "knew" in text.split("<del>")[2]
    assert "counted" in text.split("<ins>")[2]
    assert 'id="problem"' in text
    assert 'id="results"' not in text


def test_any_two_versions_are_compared_in_the_order_of_time(writing, writer):
    page = draft(writer, cost="One.")
    for cost in ("Two.", "Three."):
        save_draft(page, writer, {"cost": cost})
    first, _second, third = page.revisions.order_by("created_at")
    one = writing.get(f"{address('compare', page)}?old={first.pk}&new={third.pk}").content
    other = writing.get(f"{address('compare', page)}?old={third.pk}&new={first.pk}").content
    for text in (one, other):
        assert b"Two" not in text
        assert text.index(b"One") < text.index(b"Three")


def test_an_earlier_version_is_shown_as_it_was(writing, writer):
    page = draft(writer, results="<p>As it was.</p>")
    first = page.latest_revision_id
    save_draft(page, writer, {"results": "<p>As it is.</p>"})
    text = writing.get(f"{address('preview', page)}?version={first}").content.decode()
    assert "As it was." in text
    assert "As it is." not in text
    assert "there may be newer ones" in text


def test_similar_practices_are_shown_with_and_without_scripts(writing, writer):
    publish(draft(writer, "A zebrafinch register", **READY))
    found = writing.get("/en/contribute/similar/?title=zebrafinch register").content.decode()
    assert "A zebrafinch register" in found
    data = filled(writing.get("/en/contribute/new/"), title="zebrafinch register", do="similar")
    assert "A zebrafinch register" in writing.post("/en/contribute/new/", data).content.decode()
    assert PracticePage.objects.count() == 1


def test_the_sign_off_of_a_test_is_needed(writer):
    from core.publication import PublicationBlocked

    page = draft(writer, **READY)
    with pytest.raises(PublicationBlocked):
        PracticePage.objects.get(pk=page.pk).latest_revision.publish()
    sign_off(page)
    PracticePage.objects.get(pk=page.pk).latest_revision.publish()
