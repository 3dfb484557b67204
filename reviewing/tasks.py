"""The three steps of the workflow "Practices"; Wagtail runs them, also from its own pages.

Each step asks again who acts, on the practice that the step belongs to: Wagtail's pages take the
practice and the step from two different places of an address.
"""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState, WorkflowState

from practices.models import PracticePage

Action = tuple[str, str, bool]


class PracticeTask(Task):
    """What the steps share: nobody changes the text meanwhile, and each act is allowed twice."""

    class Meta:
        abstract = True

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """Close the text while others read it; sent back, it is open again."""
        return True

    def actions_for(self, page: PracticePage, user: Any) -> list[Action]:
        """Return what somebody may do in this step of a practice: nothing, unless it says so."""
        return []

    def get_actions(self, obj: Any, user: Any) -> list[Action]:
        """Return the actions that Wagtail's pages offer."""
        return self.actions_for(obj.specific, user)

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        """Do it, or raise `PermissionDenied`; two at once are one after the other."""
        state = TaskState.objects.select_for_update().get(pk=task_state.pk)
        page = PracticePage.objects.get(pk=state.workflow_state.object_id)
        current = page.current_workflow_task_state
        allowed = {name for name, _label, _form in self.actions_for(page, user)}
        if current is None or current.pk != state.pk or action_name not in allowed:
            raise PermissionDenied
        self.act(page, state, user, action_name, kwargs.get("comment", ""))

    def act(
        self, page: PracticePage, state: TaskState, user: Any, action: str, comment: str
    ) -> None:
        """Do what was allowed."""
        if action == "approve":
            state.approve(user=user, comment=comment)
        elif action == "reject":
            send_back(page, state, user, comment)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        """Return the steps that wait for somebody, for the editor's dashboard."""
        from reviewing.access import waiting_pages

        pages = [str(pk) for pk in waiting_pages(user)]
        return TaskState.objects.filter(
            task=self, status=TaskState.STATUS_IN_PROGRESS, workflow_state__object_id__in=pages
        )


def send_back(page: PracticePage, state: TaskState, user: Any, comment: str) -> None:
    """Give a practice back to its authors, and tell them why."""
    from reviewing import mails

    state.reject(user=user, comment=comment)
    mails.sent_back(page, comment)


class PeerReviewTask(PracticeTask):
    """Peers from elsewhere read a practice; only they are told of it."""

    reviewers_wanted = models.PositiveSmallIntegerField(
        _("number of reviewers"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(3)],
        help_text=_("From 1 to 3. Fewer are asked where there are not so many."),
    )
    days = models.PositiveSmallIntegerField(
        _("days until a review is due"),
        default=14,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
    )

    admin_form_fields: ClassVar[list[str]] = [*Task.admin_form_fields, "reviewers_wanted", "days"]

    class Meta:
        verbose_name = _("review by peers")
        verbose_name_plural = _("reviews by peers")

    @classmethod
    def get_description(cls) -> str:
        """Say in the editor who acts in this step."""
        return gettext("Reviewers of other offices, chosen by language, topic and region.")

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        """Begin, and ask the reviewers."""
        from reviewing.assigning import ask_reviewers

        state = super().start(workflow_state, user=user)
        ask_reviewers(self, workflow_state)
        return state

    def actions_for(self, page: PracticePage, user: Any) -> list[Action]:
        """Let the reviewers who were asked answer, and the secretariat send back."""
        from reviewing.access import is_asked, may_decide

        if is_asked(user, page):
            return [
                ("reject", gettext("Ask for changes"), True),
                ("approve", gettext("Recommend"), True),
            ]
        return [("reject", gettext("Send back"), True)] if may_decide(user, page) else []

    def act(
        self, page: PracticePage, state: TaskState, user: Any, action: str, comment: str
    ) -> None:
        """Note the answer; the last recommendation ends the step."""
        from reviewing import assigning

        if action == "approve":
            if assigning.recommend(page, user, comment):
                state.approve(user=user)
        else:
            assigning.ask_for_changes(page, user, comment)
            send_back(page, state, user, comment)


class ClearanceTask(PracticeTask):
    """The author's institution clears the text, by a link and without an account."""

    days = models.PositiveSmallIntegerField(
        _("days for which a link works"),
        default=21,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
    )

    admin_form_fields: ClassVar[list[str]] = [*Task.admin_form_fields, "days"]

    class Meta:
        verbose_name = _("clearance by the institution")
        verbose_name_plural = _("clearances by the institution")

    @classmethod
    def get_description(cls) -> str:
        """Say in the editor who acts in this step."""
        return gettext("The author's institution, by a link, where it is asked for.")

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        """Begin; where nothing needs to be cleared, or all is, the step is over at once."""
        from reviewing import inviting
        from reviewing.voice import missing_clearance

        page = PracticePage.objects.get(pk=workflow_state.object_id)
        latest = page.get_latest_revision_as_object()
        if missing_clearance(latest):
            state = super().start(workflow_state, user=user)
            inviting.begin_clearance(self, page)
            return state
        state = TaskState(
            workflow_state=workflow_state,
            task=self,
            revision=page.latest_revision,
            status=TaskState.STATUS_SKIPPED,
        )
        state.save()
        return state

    def actions_for(self, page: PracticePage, user: Any) -> list[Action]:
        """Let nobody with an account clear; the secretariat may send back."""
        from reviewing.access import may_decide

        return [("reject", gettext("Send back"), True)] if may_decide(user, page) else []


class PublicationTask(PracticeTask):
    """The secretariat signs off and publishes; never whoever wrote it."""

    class Meta:
        verbose_name = _("publication by the secretariat")
        verbose_name_plural = _("publications by the secretariat")

    @classmethod
    def get_description(cls) -> str:
        """Say in the editor who acts in this step."""
        return gettext("The secretariat, but nobody who wrote it.")

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        """Begin, and tell the secretariat; a text that has lost its clearance goes there first.

        That is so when it was sent back from here and came again with other words.
        """
        from reviewing import mails
        from reviewing.voice import missing_clearance

        page = PracticePage.objects.get(pk=workflow_state.object_id)
        clearing = ClearanceTask.objects.filter(
            workflow_tasks__workflow=workflow_state.workflow, active=True
        ).first()
        if clearing and missing_clearance(page.get_latest_revision_as_object()):
            return clearing.start(workflow_state, user=user)
        state = super().start(workflow_state, user=user)
        mails.ready_to_publish(page)
        return state

    def actions_for(self, page: PracticePage, user: Any) -> list[Action]:
        """Let the secretariat publish what it has before its eyes, or send it back."""
        from reviewing.access import may_decide

        if not may_decide(user, page):
            return []
        send_back_ = ("reject", gettext("Send back"), True)
        state = page.current_workflow_task_state
        if state is None or state.revision_id != page.latest_revision_id:
            return [send_back_]
        return [send_back_, ("approve", gettext("Sign off and publish"), True)]

    def act(
        self, page: PracticePage, state: TaskState, user: Any, action: str, comment: str
    ) -> None:
        """Record the sign-off and publish, or send back."""
        from reviewing import mails, signing

        if action == "approve":
            signing.sign_off(page, user, comment)
            state.approve(user=user, comment=comment)
            mails.published(page)
        else:
            send_back(page, state, user, comment)
