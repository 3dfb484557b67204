from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    """Who belongs to the Alliance: applications, roles with their terms, the directory."""

    name = "members"
    verbose_name = _("Members")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let groups follow roles, and be there after each migration."""
        from django.db.models.signals import post_delete, post_migrate, post_save
        from django_tasks.signals import task_started

        from members import groups
        from members.models import Role

        post_save.connect(groups.settle_person, sender=Role, dispatch_uid="members.saved")
        post_delete.connect(groups.settle_person, sender=Role, dispatch_uid="members.deleted")
        post_migrate.connect(groups.prepare, dispatch_uid="members.prepare")
        task_started.connect(groups.settle_before_task, dispatch_uid="members.day")
