"""Handing out a file: whoever asks is asked for at each request, and nothing keeps an answer."""

from typing import Any

from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase

from communities import access
from communities.doors import CommunityView
from communities.models import Attachment

# A file of somebody else can do nothing, wherever a browser may show it.
POLICY = "default-src 'none'; sandbox"


class FileView(CommunityView):
    """`GET`: the file, to save; the same 404 for one that is missing or not for this person."""

    http_method_names = ["get", "head", "options"]
    attachment: Attachment

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Find the file among those of this community that this person may open."""
        here = Q(post__thread__community=self.community) | Q(item__community=self.community)
        mine = access.attachments_for(request.user)
        attachment = mine.filter(here, pk=kwargs["pk"]).defer("sections").first()
        if attachment is None:
            raise Http404
        self.attachment = attachment

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Hand it out under the name that it came with; never to be shown in the browser."""
        try:
            content = self.attachment.file.open("rb")
        except OSError as error:
            raise Http404 from error
        response = FileResponse(
            content,
            as_attachment=True,
            filename=self.attachment.name,
            content_type=self.attachment.content_type,
        )
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = POLICY
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response
