"""Searches that members keep for themselves; alerts tell them what is new under each."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import fields

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import cache_control

from search.asking import Search, asked_search
from search.cleaning import one_line
from search.filters import Filters
from search.models import SavedSearch, last_document
from search.question import MOST_CHARACTERS
from search.showing import facet_labels
from users.models import User

MOST = 50
LONGEST_NAME = 120


class TooManyError(ValueError):
    """Somebody keeps as many searches as there may be; the message says what to do."""


def save(user: User, search: Search, language: str) -> tuple[SavedSearch, bool]:
    """Return the person's saved search and whether it is new; `TooManyError` beyond the limit."""
    with transaction.atomic():
        # One at a time for each person, or two at once would both be the last one.
        User.objects.select_for_update().get(pk=user.pk)
        if known := find_saved(user, search):
            return known, False
        if SavedSearch.objects.filter(user=user).count() >= MOST:
            raise TooManyError(
                ngettext(
                    "You keep %(most)d search already, which is the limit. Delete it first.",
                    "You keep %(most)d searches already, which is the limit. Delete one first.",
                    MOST,
                )
                % {"most": MOST}
            )
        made = SavedSearch.objects.create(
            user=user,
            name=name_of(search, language)[:LONGEST_NAME],
            query=_kept(search.query),
            filters=dict(search.filters.items()),
            country=search.country,
            sort=search.sort,
            language=language,
            seen_document=last_document(),
        )
        return made, True


def find_saved(user: User, search: Search) -> SavedSearch | None:
    """Return what this person has saved of the same search, if anything; one query."""
    wanted = search.address(query=_kept(search.query), verbatim=False)
    mine = SavedSearch.objects.filter(user=user)
    addresses = ((each, search_of(each).address(query=_kept(each.query))) for each in mine)
    return next((each for each, address in addresses if address == wanted), None)


def _kept(query: str) -> str:
    """Return what is kept of a question: no database takes every character."""
    return one_line(query)[:MOST_CHARACTERS].strip()


def search_of(saved: SavedSearch) -> Search:
    """Return the search that was saved; a facet that is no more narrows nothing."""
    known = {each.name for each in fields(Filters)}
    chosen = {name: tuple(codes) for name, codes in saved.filters.items() if name in known}
    return Search(saved.query, Filters(**chosen), saved.country, saved.sort or "relevance")


def address_of(saved: SavedSearch) -> str:
    """Return where a saved search is asked again, in the language in which it was saved."""
    with override(saved.language):
        page = reverse("search")
    asked = search_of(saved).address()
    return f"{page}?{asked}" if asked else page


def name_of(search: Search, language: str) -> str:
    """Return a first name for a search: its words, else the labels it is narrowed to."""
    return one_line(search.query) or ", ".join(labels_of(search, language)) or _("Everything")


def labels_of(search: Search, language: str) -> Iterator[str]:
    """Yield the labels of a search's filters in a language."""
    for facet, codes in search.filters.items():
        names = facet_labels(facet, language)
        yield from (names.get(code, code) for code in codes)


class NameForm(ModelForm):  # type: ignore[type-arg]
    """A new name for a saved search."""

    class Meta:
        model = SavedSearch
        fields = ["name"]


@method_decorator(cache_control(private=True, no_store=True), name="dispatch")
class SavedSearchesView(View):
    """`GET`: one's own saved searches; `POST` with the fields of a search keeps it."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """List what this person has saved, newest first."""
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        language = get_language() or "en"
        rows = [
            {
                "saved": each,
                "url": address_of(each),
                "labels": [*labels_of(search_of(each), language)],
            }
            for each in SavedSearch.objects.filter(user=request.user)
        ]
        return render(request, "search/saved.html", {"rows": rows, "longest": LONGEST_NAME})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Save a search and go back to it; whoever is not signed in does that first."""
        search = asked_search(request.POST)
        asked = search.address()
        back = reverse("search") + (f"?{asked}" if asked else "")
        if not isinstance(request.user, User):
            return redirect_to_login(back)
        try:
            saved, new = save(request.user, search, get_language() or "en")
        except TooManyError as error:
            messages.error(request, str(error))
            return redirect("search-saved")
        told = _("“%(name)s” is saved.") if new else _("“%(name)s” was saved already.")
        messages.success(request, told % {"name": saved.name})
        return redirect(back)


class _OneSavedView(LoginRequiredMixin, View, ABC):
    """A step on one of one's own saved searches; those of others are not found."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do it and go back to the list."""
        saved = get_object_or_404(SavedSearch, pk=pk, user=request.user)
        self.change(request, saved)
        return redirect("search-saved")

    @abstractmethod
    def change(self, request: HttpRequest, saved: SavedSearch) -> None:
        """Do what the address says."""


class RenameView(_OneSavedView):
    """`POST name=`: give a saved search another name."""

    def change(self, request: HttpRequest, saved: SavedSearch) -> None:
        """Save the name, or say what is wrong with it."""
        form = NameForm(request.POST, instance=saved)
        if form.is_valid():
            form.save()
            messages.success(request, _("The new name is saved."))
        else:
            messages.error(
                request,
                _("A name needs at least one and at most %(most)d characters.")
                % {"most": LONGEST_NAME},
            )


class DeleteView(_OneSavedView):
    """`POST`: forget a saved search."""

    def change(self, request: HttpRequest, saved: SavedSearch) -> None:
        """Delete it."""
        name = saved.name
        saved.delete()
        messages.success(request, _("“%(name)s” is deleted.") % {"name": name})
