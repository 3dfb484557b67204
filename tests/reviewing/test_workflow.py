"""The workflow of practices is there, and holds for every list."""

import pytest
from wagtail.models import Workflow, WorkflowPage

from practices.models import PracticeIndexPage
from reviewing.models import ClearanceTask, PeerReviewTask, PublicationTask
from reviewing.workflow import assign_to_lists, ensure_workflow
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_workflow_is_there_with_its_three_steps_in_order():
    steps = [task.specific for task in ensure_workflow().tasks]
    assert [type(step) for step in steps] == [PeerReviewTask, ClearanceTask, PublicationTask]


def test_making_it_again_changes_nothing():
    before = Workflow.objects.count()
    assert ensure_workflow().pk == ensure_workflow().pk
    assign_to_lists()
    assert Workflow.objects.count() == before


@pytest.mark.parametrize("language", ["en", "es", "fr", "ar"])
def test_a_list_of_practices_follows_it_in_every_language(language):
    index = factories.index(PracticeIndexPage, language)
    page = factories.practice("A draft (invented)", language, parent=index, draft=True)
    assert page.get_workflow() == ensure_workflow()


def test_a_list_that_was_given_another_workflow_keeps_it():
    index = factories.index(PracticeIndexPage)
    other = Workflow.objects.create(name="Another (invented)")
    WorkflowPage.objects.filter(page=index).update(workflow=other)
    index.title = "Renamed"
    index.save()
    assign_to_lists()
    assert WorkflowPage.objects.get(page=index).workflow == other
