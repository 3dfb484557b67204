"""What a text will look like, before it is posted; nothing is stored."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from communities import access
from communities.doors import CommunityView
from communities.threads import showing
from communities.threads.typed import Body


class PreviewView(CommunityView):
    """`POST text=`: the text as it will stand; `part=1`: only that, to put into the page."""

    http_method_names = ["post", "options"]

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this person writes here."""
        return access.may_write(request.user, self.community)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Answer with the text."""
        error, html = "", ""
        try:
            html = showing.html_of(Body().clean(request.POST.get("text", "")))
        except ValidationError as wrong:
            error = " ".join(wrong.messages)
        part = request.POST.get("part") == "1"
        name = "_preview" if part else "preview"
        context = self.context(here="threads", html=html, error=error)
        template = f"communities/threads/{name}.html"
        return render(request, template, context, status=400 if error else 200)
