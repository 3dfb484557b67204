"""Django's groups follow the roles: what is restricted to a group opens and closes with a term.

Audiences and the editor's permissions go by groups. They are set anew whenever a role is saved,
and for everybody when a day begins, before the first request or task of that day is answered.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.apps import AppConfig
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import timezone
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from members.models import Kind, Role
from users.models import User

MEMBERS, SECRETARIAT = "Members", "Secretariat"
KINDS: dict[str, tuple[str, ...]] = {MEMBERS: tuple(Kind), SECRETARIAT: (Kind.SECRETARIAT,)}

# What the secretariat does in the editor. Who is what is decided here, so accounts and groups
# are for administrators.
PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page", "bulk_delete_page", "unlock_page")
FILE_PERMISSIONS = {
    "wagtailimages": ("add_image", "change_image", "choose_image"),
    "wagtaildocs": ("add_document", "change_document", "choose_document"),
}
EVERY_RIGHT = ("add", "change", "delete", "view")
MODEL_PERMISSIONS: dict[str, tuple[str, ...]] = {
    "wagtailadmin": ("access_admin",),
    "search": ("view_searchgap",),
    "users": tuple(f"{right}_institution" for right in EVERY_RIGHT),
    "core": tuple(f"{right}_sourcedocument" for right in EVERY_RIGHT),
    "countries": tuple(
        f"{right}_{model}"
        for right in EVERY_RIGHT
        for model in (
            *("questionnaire", "questionnaireversion", "question"),
            *("gapkind", "gaprule", "maptopic"),
        )
    ),
    "wagtailredirects": tuple(f"{right}_redirect" for right in EVERY_RIGHT),
    "wagtail_localize": ("submit_translation",),
    "vocabulary": tuple(
        f"{right}_{model}"
        for right in ("change", "view")
        for model in ("theme", "concept", "region", "country", "actionpoint")
    ),
}

_settled: dict[str, datetime.date] = {}


def settle(people: Iterable[int] | None = None) -> None:
    """Put those who hold a role today into its groups and take all others out of them.

    `people` are ids of users; None means everybody.
    """
    for name, kinds in KINDS.items():
        group = Group.objects.get_or_create(name=name)[0]
        wanted = Role.objects.held().filter(kind__in=kinds)
        inside = User.groups.through._default_manager.filter(group=group)
        if people is not None:
            ids = list(people)
            wanted, inside = wanted.filter(user__in=ids), inside.filter(user__in=ids)
        should = set(wanted.values_list("user_id", flat=True))
        are = set(inside.values_list("user_id", flat=True))
        if should != are:
            with transaction.atomic():
                inside.filter(user__in=are - should).delete()
                group.user_set.add(*(should - are))


def settle_the_day() -> None:
    """Settle everybody once a day in each process; cheap on all other calls."""
    today = timezone.localdate()
    if _settled.get("day") != today:
        settle()
        _settled["day"] = today


def settle_person(instance: Role, **kwargs: Any) -> None:
    """Settle whose role was saved or deleted (a signal's receiver)."""
    settle([instance.user_id])


def settle_before_task(**kwargs: Any) -> None:
    """Settle the day before the worker does anything (a signal's receiver)."""
    settle_the_day()


def prepare(sender: AppConfig, **kwargs: Any) -> None:
    """Make the groups after a migration and give the secretariat what this app has for it."""
    granted = {**MODEL_PERMISSIONS, **FILE_PERMISSIONS, "wagtailcore": PAGE_PERMISSIONS}
    if sender.label not in granted:
        return
    create_permissions(sender, verbosity=0)  # Django may not have come to this app yet
    Group.objects.get_or_create(name=MEMBERS)
    group = Group.objects.get_or_create(name=SECRETARIAT)[0]
    for permission in Permission.objects.filter(
        content_type__app_label=sender.label, codename__in=granted[sender.label]
    ):
        _give(group, permission)


def _give(group: Group, permission: Permission) -> None:
    """Give a permission: for every page, for every collection, or as such."""
    app = permission.content_type.app_label
    root: Any = Page.get_first_root_node()
    files: Any = Collection.get_first_root_node()
    if app == "wagtailcore" and root:
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    elif app in FILE_PERMISSIONS and files:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=files, permission=permission
        )
    elif app in MODEL_PERMISSIONS:
        group.permissions.add(permission)
