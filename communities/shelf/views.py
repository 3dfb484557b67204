"""The library of a community: what its members keep at hand."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from communities import access
from communities.attachments.taking import taken_in
from communities.doors import CommunityView
from communities.models import Attachment, ShelfItem
from communities.readers import readers_of
from communities.shelf.forms import ShelfForm
from communities.shelf.keeping import may_take_out, put, take_out

PER_PAGE = 40


class LibraryView(CommunityView):
    """`GET ?page=`: what is kept, by title."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the list."""
        items = ShelfItem.objects.filter(community=self.community)
        items = items.select_related("institution", "attachment")
        page = Paginator(items, PER_PAGE).get_page(request.GET.get("page"))
        for item in page:
            item.community = self.community
        context = self.context(
            here="library",
            page_of_items=page,
            entries=[(item, may_take_out(request.user, item)) for item in page],
            readers=readers_of(self.community, request.user),
        )
        return render(request, "communities/shelf/list.html", context)


class NewItemView(CommunityView):
    """`GET`: the form; `POST`: put a file or a link into the library. Members only."""

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this person writes in the community."""
        return access.may_write(request.user, self.community)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the empty form."""
        return self._show(ShelfForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Store it, or show the form again with what was typed; a file must be chosen anew."""
        form = ShelfForm(request.POST, request.FILES)
        file = self._file(request, form) if form.is_valid() else None
        if form.errors:
            return self._show(form, 400)
        put(form.instance, file, self.community, request.user)
        messages.success(request, _("It stands in the library."))
        return redirect("community-library", self.community.slug)

    def _file(self, request: HttpRequest, form: ShelfForm) -> Attachment | None:
        if not form.cleaned_data["file"]:
            return None
        try:
            return taken_in([form.cleaned_data["file"]], request.user, request)[0]
        except ValidationError as error:
            form.add_error("file", error)
            return None

    def _show(self, form: ShelfForm, status: int = 200) -> HttpResponse:
        readers = readers_of(self.community, self.request.user)
        context = self.context(here="library", form=form, readers=readers)
        return render(self.request, "communities/shelf/form.html", context, status=status)


class TakeOutView(CommunityView):
    """`POST`: take an item out of the library."""

    http_method_names = ["post", "options"]
    item: ShelfItem

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Find the item in this community."""
        item = ShelfItem.objects.filter(community=self.community, pk=kwargs["pk"]).first()
        if item is None:
            raise Http404
        item.community = self.community
        self.item = item

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this person may take it out."""
        return may_take_out(request.user, self.item)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take it out."""
        take_out(self.item)
        messages.success(request, _("It is taken out of the library."))
        return redirect("community-library", self.community.slug)
