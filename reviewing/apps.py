from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewingConfig(AppConfig):
    """Practices on their way to the public: reviewers, comments, clearance."""

    name = "reviewing"
    verbose_name = _("Review")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Take part in who reads drafts, what is published, and which mails are sent."""
        from django.db.models.signals import post_save
        from wagtail.models import WorkflowState
        from wagtail.signals import page_published, workflow_cancelled

        from core.publication import register
        from practices.access import register_reader
        from practices.models import PracticeIndexPage, PracticePage
        from reviewing.access import reads_as_reviewer
        from reviewing.inviting import end_round, forget_when_public
        from reviewing.notifications import replace_notifiers
        from reviewing.signing import signed_off
        from reviewing.voice import cleared
        from reviewing.workflow import follow_lists

        register_reader(reads_as_reviewer)
        register(cleared)
        register(signed_off)
        replace_notifiers()
        workflow_cancelled.connect(end_round, WorkflowState, dispatch_uid="reviewing-cancelled")
        post_save.connect(follow_lists, PracticeIndexPage, dispatch_uid="reviewing-lists")
        page_published.connect(forget_when_public, PracticePage, dispatch_uid="reviewing-addresses")
