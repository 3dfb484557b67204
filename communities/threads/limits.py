"""How often somebody may write: whoever writes more waits, and loses no word of it."""

from allauth.core import ratelimit
from django.http import HttpRequest


def may_post(request: HttpRequest) -> bool:
    """Count one post or edit of this person; `False` where there have been too many."""
    key = f"post-{request.user.pk}"
    return bool(ratelimit.consume(request, action="post_message", key=key))
