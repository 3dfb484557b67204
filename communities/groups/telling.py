"""Mail about joining and facilitating; who may still be told is asked when it is sent."""

from typing import Any

from django.db import transaction
from django_tasks import task
from django_tasks.base import Task

from communities import access
from communities.models import Community, Invitation, JoinRequest, Membership
from core import mail
from members.roles import institution_of, is_member
from users.models import User


def later(told: Task[Any, Any], *numbers: int | str) -> None:
    """Let the worker send a mail as soon as the change is stored."""
    transaction.on_commit(lambda: told.enqueue(*numbers))


@task()
def asked(number: int) -> None:
    """Tell those who facilitate at this moment that somebody asks to join."""
    request = JoinRequest.objects.select_related("community", "user").filter(pk=number).first()
    if request is None or request.state != JoinRequest.State.OPEN or not is_member(request.user):
        return
    institution = institution_of(request.user)
    told = {"request": request, "institution": institution, "community": request.community}
    for person in access.facilitators_of(request.community):
        mail.send("community-asked", person, told)


@task()
def admitted(number: int) -> None:
    """Tell whoever asked that they are in, if they still are."""
    request = JoinRequest.objects.select_related("community", "user").get(pk=number)
    if access.is_in(request.user, request.community):
        mail.send("community-admitted", request.user, {"community": request.community})


@task()
def declined(number: int) -> None:
    """Tell whoever asked that they are not let in, and why, if they still know of it."""
    request = JoinRequest.objects.select_related("community", "user").get(pk=number)
    if _knows(request.user, request.community):
        told = {"community": request.community, "reason": request.reason}
        mail.send("community-declined", request.user, told)


@task()
def invited(number: int) -> None:
    """Tell somebody that they are invited, if they can still accept."""
    rows = Invitation.objects.select_related("community", "user", "invited_by")
    invitation = rows.get(pk=number)
    if not access.open_invitations(invitation.user).filter(pk=number).exists():
        return
    told = {
        "invitation": invitation,
        "community": invitation.community,
        "institution": institution_of(invitation.invited_by),
    }
    mail.send("community-invited", invitation.user, told)


@task()
def named(number: int, by: int) -> None:
    """Tell whoever is to facilitate, and the others who do, in whose name."""
    membership = Membership.objects.select_related("community", "user").get(pk=number)
    community, person = membership.community, membership.user
    if not access.facilitates(person, community):
        return
    told = {"community": community, "person": person, "by": User.objects.filter(pk=by).first()}
    mail.send("community-named", person, told)
    others = access.facilitators_of(community).exclude(pk__in=[person.pk, by])
    for each in others:
        mail.send("community-named-another", each, told)


def _knows(user: Any, community: Community) -> bool:
    return access.communities_for(user).filter(pk=community.pk).exists()
