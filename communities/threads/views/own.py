"""What people do with their own posts: edit them, take them back; and reading what was before."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from communities import access
from communities.doors import CommunityView, open_post, open_thread
from communities.models import Post
from communities.posting import MayNotPostError
from communities.readers import readers_of
from communities.threads import saying, showing
from communities.threads.forms import EditForm, TakeBackForm
from communities.threads.people import chosen_in
from communities.threads.saying import ChangedMeanwhileError, Edited
from communities.threads.views.writing import FIND, WritingView, asks_for, gone, sent, unchecked

MOST_EARLIER = 50


class _PostView(CommunityView):
    """A page about one post that this person may read: `self.post_shown`."""

    post_shown: Post

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Find the post in this community."""
        thread = open_thread(request, self.community, kwargs["pk"])
        self.post_shown = open_post(request, thread, kwargs["number"])

    @property
    def place(self) -> str:
        """Where the post stands."""
        return self.post_shown.get_absolute_url()

    def about(self, **more: Any) -> dict[str, Any]:
        """Return what the templates of these pages need."""
        post = self.post_shown
        return self.context(here="threads", thread=post.thread, post=post, **more)


class EditView(_PostView, WritingView):
    """`GET`: one's own text; `POST`: replace it, and keep the earlier one."""

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether it is their own and may still be edited."""
        return access.may_edit(request.user, self.post_shown)

    def get(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Show the text as it stands."""
        post = self.post_shown
        initial = {"text": post.text, "title": post.thread.title, "was": saying.version_of(post)}
        form = EditForm(number == 1, initial=initial)
        form.chosen = list(post.mentions.values_list("user_id", flat=True))
        return self._show(form)

    def post(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Store the new text, or show the form again with what was typed."""
        form = EditForm(number == 1, request.POST)
        if asks_for(request, FIND):
            form.is_valid()
            return self._show(unchecked(form))
        files, status = self.taken(form)
        if not form.is_valid():
            return self._show(form, status)
        new = Edited(
            text=form.cleaned_data["text"],
            title=form.cleaned_data.get("title", ""),
            mentioned=form.chosen,
            attachments=files,
            dropped=chosen_in(request.POST, "drop"),
            was=form.cleaned_data["was"],
        )
        try:
            saying.edit(self.post_shown, new, request.user)
        except ChangedMeanwhileError:
            return self._show(self._again(form), 409)
        except MayNotPostError:
            access.forget_memberships(request.user)
            return gone(self, form)
        messages.success(request, _("Your change is saved. The earlier text stays in the history."))
        return redirect(sent(self.post_shown, form))

    def _again(self, form: EditForm) -> EditForm:
        """Return the form for a text that says something else by now: sent again, it replaces."""
        self.post_shown.refresh_from_db(fields=["text", "edited_at"])
        told = _("This text was changed meanwhile, in another window. Read it, then save again.")
        form.add_error(None, told)
        form.data = form.data.copy()
        form.data["was"] = saying.version_of(self.post_shown)
        return form

    def _show(self, form: EditForm, status: int = 200) -> HttpResponse:
        post = self.post_shown
        changed = self.request.method == "POST" and status == 409
        context = self.about(
            attached=post.attachments.defer("sections"),
            dropped=chosen_in(self.request.POST, "drop"),
            stands=showing.text_of(post, members=True) if changed else "",
            **self.writing(form, post.thread),
        )
        return render(self.request, "communities/threads/edit.html", context, status=status)


class TakeBackView(_PostView):
    """`GET`: ask; `POST`: take one's own post back for good."""

    http_method_names = ["get", "head", "post", "options"]

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether it is their own and stands."""
        return access.may_take_back(request.user, self.post_shown)

    def get(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Ask whether it is meant."""
        return self._show(TakeBackForm(initial={"title": self.post_shown.thread.title}))

    def post(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Take it back."""
        form = TakeBackForm(request.POST)
        if number == 1 and not form.is_valid():
            return self._show(form, 400)
        title = form.cleaned_data["title"] if number == 1 else ""
        try:
            saying.take_back(self.post_shown, request.user, title)
        except MayNotPostError:
            access.forget_memberships(request.user)
            return gone(self)
        messages.success(request, _("It is taken back."))
        return redirect(self.place)

    def _show(self, form: TakeBackForm, status: int = 200) -> HttpResponse:
        shown = showing.alone(self.post_shown, self.request.user)
        readers = readers_of(self.community, self.request.user)
        context = self.about(form=form, said=shown, opens=self.post_shown.number == 1)
        context["readers"] = readers
        return render(self.request, "communities/threads/take_back.html", context, status=status)


class HistoryView(_PostView):
    """`GET`: what a post said before it was edited, for those in the community."""

    http_method_names = ["get", "head", "options"]

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether there is a history, and this person may read it."""
        return access.may_read_history(request.user, self.post_shown)

    def get(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Show all texts, the newest first."""
        shown = showing.alone(self.post_shown, request.user)
        rows = list(self.post_shown.earlier.all()[:MOST_EARLIER])
        earlier = [(row, showing.html_of(row.text)) for row in rows]
        readers = readers_of(self.community, request.user)
        context = self.about(said=shown, earlier=earlier, readers=readers)
        return render(request, "communities/threads/history.html", context)
