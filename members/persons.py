"""Who holds which role, for the secretariat: to give, to extend, to end."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_POST

from members import giving
from members.access import may_end, may_manage_roles
from members.doors import for_secretariat, never_kept, never_kept_view, secretariat_view
from members.forms import ExtendForm, RoleForm
from members.giving import Terms
from members.models import Role
from users.models import User

PER_PAGE = 50


@never_kept_view
@secretariat_view
class PeopleView(View):
    """`GET ?q=&page=`: everybody with an account, by name or address, with the roles of today."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the list."""
        asked = "".join(c for c in request.GET.get("q", "") if c.isprintable())[:100].strip()
        page = Paginator(_people(asked), PER_PAGE).get_page(request.GET.get("page"))
        return render(request, "members/people.html", {"people": page, "asked": asked})


def _people(asked: str) -> QuerySet[User]:
    people = User.objects.filter(is_active=True)
    for word in asked.split()[:8]:
        people = people.filter(
            Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(email__icontains=word)
        )
    held = Role.objects.held().select_related("institution", "country")
    with_roles = people.prefetch_related(Prefetch("roles", queryset=held, to_attr="held"))
    return with_roles.order_by("last_name", "first_name", "pk")


@never_kept_view
@secretariat_view
class PersonView(View):
    """`GET` a person's roles of all times; `POST` gives one."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the person."""
        return _shown(request, _person(pk), RoleForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Give a role; nobody gives one to themselves."""
        person, form = _person(pk), RoleForm(request.POST)
        if not may_manage_roles(request.user, person):
            raise Http404
        if not form.is_valid():
            return _shown(request, person, form, 400)
        told = form.cleaned_data
        terms = Terms(told["starts"], told["ends"], told["institution"], told["country_row"])
        giving.give(person, told["kind"], terms, request.user)
        messages.success(request, _("The role is given."))
        return redirect("members-person", person.pk)


@require_POST
@for_secretariat
@never_kept
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Set another last day."""
    role, form = _role(request, pk), ExtendForm(request.POST)
    if form.is_valid() and giving.extend(role, form.cleaned_data["ends"], request.user):
        messages.success(request, _("The last day is changed."))
    else:
        messages.error(request, _("Give a last day that is not before the first, as 2027-12-31."))
    return redirect("members-person", role.user_id)


@require_POST
@for_secretariat
@never_kept
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a role at once."""
    role = _role(request, pk)
    if giving.end(role, request.user):
        messages.success(request, _("The role is ended."))
    else:
        messages.warning(request, _("This role was ended already."))
    return redirect("members-person", role.user_id)


def _person(pk: int) -> User:
    return get_object_or_404(User, pk=pk, is_active=True)


def _role(request: HttpRequest, pk: int) -> Role:
    """Return the role, if it is for this person to change: nobody changes their own."""
    role = get_object_or_404(Role.objects.select_related("user"), pk=pk)
    if not may_end(request.user, role):
        raise Http404
    return role


def _shown(request: HttpRequest, person: User, form: RoleForm, status: int = 200) -> HttpResponse:
    roles = Role.objects.filter(user=person).select_related(
        "institution", "country", "given_by", "ended_by"
    )
    context = {
        "person": person,
        "roles": sorted(roles, key=lambda role: (not role.is_held, -role.pk)),
        "form": form,
        "may_manage": may_manage_roles(request.user, person),
    }
    return render(request, "members/person.html", context, status=status)
