"""Opening a thread: a question, a challenge, a discussion or, for facilitators, a notice."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from communities import access, posting
from communities.models import Thread
from communities.posting import MayNotPostError, Said
from communities.threads.forms import ThreadForm
from communities.threads.views.writing import (
    FIND,
    LOOK,
    WritingView,
    asks_for,
    gone,
    sent,
    told_of,
    unchecked,
)


class NewThreadView(WritingView):
    """`GET ?kind=&title=`: the form; `POST`: open the thread; `POST do=look`: look first."""

    signed_in = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form, to those who may write here."""
        if not access.may_write(request.user, self.community):
            return self._not_here()
        form = ThreadForm(self.community, request.user, kind=request.GET.get("kind", ""))
        form.initial["title"] = request.GET.get("title", "")[:200]
        return self._show(form)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Store the thread, or show the form again with what was typed."""
        form = ThreadForm(self.community, request.user, request.POST)
        if asks_for(request, FIND, LOOK):
            form.is_valid()
            return self._show(unchecked(form))
        if not access.may_write(request.user, self.community):
            return self._not_here(form)
        files, status = self.taken(form)
        if not form.is_valid():
            return self._show(form, status)
        told = form.cleaned_data
        thread = Thread(
            community=self.community,
            kind=told["kind"],
            title=told["title"],
            language=told["language"],
        )
        said = Said(
            told["text"],
            token=form.token_in(f"community-{self.community.pk}", self.files()),
            mentioned=form.chosen,
            attachments=files,
        )
        try:
            post = posting.open_thread(thread, said, request.user)
        except MayNotPostError:
            access.forget_memberships(request.user)
            return self._not_here(form)
        messages.success(request, told_of(post))
        return redirect(sent(post, form))

    def _not_here(self, form: Any = None) -> HttpResponse:
        """Say to a reader who is not in the community how to come in; keep what was typed."""
        return gone(self, form)

    def _show(self, form: ThreadForm, status: int = 200) -> HttpResponse:
        context = self.context(here="threads", **self.writing(form))
        context["looked"] = asks_for(self.request, LOOK)
        return render(self.request, "communities/threads/new.html", context, status=status)
