"""Mail that a provider brings: it calls an address of ours with each mail that comes in.

django-anymail knows how each provider tells it. The address is there only where INBOUND_PROVIDER
is set, and answers nobody who does not say INBOUND_SECRET (user:password, HTTP Basic).
"""

import json
from base64 import b64encode
from typing import Any

from anymail.signals import inbound
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from communities.inbound.mails import LARGEST
from communities.inbound.receiving import receive

# Some providers send forms, the others JSON, under whatever name.
FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")


@csrf_exempt
@never_cache
@require_http_methods(["HEAD", "POST"])
def bring_mail(request: HttpRequest) -> HttpResponseBase:
    """Take what the provider brings; 401 for anybody else, 413 for what is too large."""
    if not _is_known(request):
        refused = HttpResponse(status=401)
        refused["WWW-Authenticate"] = 'Basic realm="mail"'
        return refused
    if request.method == "HEAD":  # some providers look whether the address is there
        return HttpResponse()
    if int(request.META.get("CONTENT_LENGTH") or 0) > 2 * LARGEST:
        return HttpResponse(status=413)
    if request.content_type not in FORMS:
        # Files stand in the JSON; the limit that Django sets is meant for what strangers send.
        request._body = request.read()
        if not _is_json(request.body):
            return HttpResponse(status=400)
    return _view_of(settings.INBOUND_PROVIDER)(request)


def _is_known(request: HttpRequest) -> bool:
    said = request.META.get("HTTP_AUTHORIZATION", "")
    wanted = b64encode(settings.INBOUND_SECRET.encode()).decode()
    return bool(settings.INBOUND_SECRET) and constant_time_compare(said, f"Basic {wanted}")


def _is_json(body: bytes) -> bool:
    try:
        json.loads(body)
    except ValueError:
        return False
    return True


def _view_of(provider: str) -> Any:
    """Return the view by which django-anymail reads what a provider brings."""
    # The views of all providers bring much along.
    import anymail.urls

    names = {f"{provider}_inbound_webhook", f"{provider}_webhook"}
    for route in anymail.urls.urlpatterns:
        if route.name in names:
            view: Any = route.callback.view_class
            # It would warn that nobody asks for a secret; that was done.
            known: Any = type(view.__name__, (view,), {"warn_if_no_basic_auth": False})
            return known.as_view()
    raise ImproperlyConfigured(f"django-anymail takes no mail from {provider!r}.")


def take(sender: Any, event: Any, **kwargs: Any) -> None:
    """Take one mail that a provider brought; an error makes the provider bring it again."""
    message = event.message
    if message is None:
        return
    # As it came: folding headers anew would fail on those that are broken.
    raw = message.as_bytes(policy=message.policy.clone(refold_source="none"))
    if message.envelope_sender == "":  # a bounce; None is only not told
        raw = b"Return-Path: <>\r\n" + raw
    recipients = [message.envelope_recipient] if message.envelope_recipient else []
    receive(raw, recipients, doubtful=bool(message.spam_detected))


inbound.connect(take, dispatch_uid="communities.inbound.hook")
