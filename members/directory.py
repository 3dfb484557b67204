"""The directory of those who agreed to be listed: members only, and never an address."""

from dataclasses import dataclass
from typing import Any

from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views import View

from core import mail
from members.access import may_ask, may_see_directory
from members.doors import never_kept_view
from members.forms import AskForm, OneLine, PlainForm, country_choices
from members.languages import SPOKEN
from members.models import Profile, Role
from users.models import User
from vocabulary.labels import labels

PER_PAGE = 30


class Filter(PlainForm):
    """What the directory may be narrowed to; nothing of what is typed here is kept."""

    q = OneLine(label=gettext_lazy("Name or words"), required=False, max_length=100)
    topic = forms.ChoiceField(label=gettext_lazy("Topic"), required=False)
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        choices=[("", gettext_lazy("All")), *SPOKEN],
    )
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topic: Any = self.fields["topic"]
        country: Any = self.fields["country"]
        topic.choices = [("", _("All")), *labels("theme", get_language() or "en").items()]
        country.choices = country_choices(_("All"))


def listed() -> QuerySet[Profile]:
    """Return the profiles of members of today who agreed to be listed."""
    members = Role.objects.held().values("user_id")
    return Profile.objects.filter(listed=True, user__is_active=True, user__in=members)


def narrowed(profiles: QuerySet[Profile], chosen: dict[str, str]) -> QuerySet[Profile]:
    """Keep the profiles that have all that was chosen."""
    if chosen.get("topic"):
        profiles = profiles.filter(topics__code=chosen["topic"])
    if chosen.get("language"):
        profiles = profiles.filter(languages__code=chosen["language"])
    if chosen.get("country"):
        there = Role.objects.held().filter(country__code=chosen["country"])
        profiles = profiles.filter(user__in=there.values("user_id"))
    for word in chosen.get("q", "").split()[:8]:
        name = Q(user__first_name__icontains=word) | Q(user__last_name__icontains=word)
        profiles = profiles.filter(name | Q(expertise__icontains=word))
    return profiles.distinct()


@dataclass(frozen=True)
class Entry:
    """One person as the directory shows them."""

    profile: Profile
    roles: list[Role]
    may_be_asked: bool

    @property
    def topics(self) -> list[str]:
        """The codes of the topics, each once."""
        return sorted({topic.code for topic in self.profile.topics.all()})


@never_kept_view
@method_decorator(login_required, name="dispatch")
class DirectoryView(View):
    """`GET ?q=&topic=&language=&country=&page=`, for members."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """List who agreed to it; somebody without membership reads how to join."""
        if not may_see_directory(request.user):
            return render(request, "members/only_for_members.html", status=403)
        form = Filter(request.GET)
        chosen = form.cleaned_data if form.is_valid() else {}
        found = narrowed(listed(), chosen) if form.is_valid() else Profile.objects.none()
        page = Paginator(_in_order(found), PER_PAGE).get_page(request.GET.get("page"))
        context = {
            "form": form,
            "page_of_people": page,
            "entries": [_entry(profile, request.user) for profile in page],
            "narrowed": any(chosen.values()),
            "is_listed": listed().filter(user=request.user.pk).exists(),
        }
        return render(request, "members/directory.html", context)


def _in_order(profiles: QuerySet[Profile]) -> QuerySet[Profile]:
    """Order by name and fetch what is shown of each in a fixed number of queries."""
    held = Role.objects.held().select_related("institution", "country")
    return (
        profiles.select_related("user")
        .prefetch_related("languages", "topics", Prefetch("user__roles", queryset=held))
        .order_by("user__last_name", "user__first_name", "pk")
    )


def _entry(profile: Profile, asking: Any) -> Entry:
    asked = profile.ask_me and may_ask(asking, profile.user)
    return Entry(profile, list(profile.user.roles.all()), asked)


@never_kept_view
@method_decorator(login_required, name="dispatch")
class AskView(View):
    """`GET` a form for a question to a listed person who agreed to be asked; `POST` sends it."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form; whoever did not agree is as unknown as whoever is not there."""
        return _asking(request, _person(request, pk), AskForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Send the question by mail; the answer goes to the asker's own address."""
        person, form = _person(request, pk), AskForm(request.POST)
        if not form.is_valid():
            return _asking(request, person, form, 400)
        key = f"ask-{request.user.pk}"
        if not ratelimit.consume(request, action="ask_member", key=key):
            form.add_error(None, _("You have asked many questions today. Try again tomorrow."))
            return _asking(request, person, form, 429)
        asker: Any = request.user
        told = {"asker": asker, "text": form.cleaned_data["text"]}
        mail.send("member_asked", person, told, headers={"Reply-To": asker.email})
        messages.success(request, _("Your question is sent. The answer will come by mail."))
        return redirect("members-directory")


def _person(request: HttpRequest, pk: int) -> User:
    if not may_see_directory(request.user):
        raise Http404
    profile = listed().filter(user=pk, ask_me=True).select_related("user").first()
    if profile is None or not may_ask(request.user, profile.user):
        raise Http404
    return profile.user


def _asking(request: HttpRequest, person: User, form: AskForm, status: int = 200) -> HttpResponse:
    return render(request, "members/ask.html", {"person": person, "form": form}, status=status)
