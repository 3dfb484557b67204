"""Many practices from a table, for the secretariat; all public ones as a table, for everybody."""

from typing import Any
from urllib.parse import urlsplit

from allauth.core import ratelimit
from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.roles import is_secretariat
from practices.contributing.doors import ContributorView
from practices.importing.exporting import TYPES, export, template
from practices.importing.opening import LIMITS, open_upload
from practices.importing.running import Import, counted
from practices.importing.sheet import Row
from practices.word.opening import RefusedError
from practices.word.views import as_download

SALT = "practices.importing"
HOURS = 12
BAD_REQUEST, TOO_LARGE, TOO_MANY = 400, 413, 429
# More rows than a request should wait for: the command takes them.
MOST_ROWS = 200
MOST_HELD = 2_000_000


class ImportView(ContributorView):
    """`GET`: the form. `POST`: check a table; then import what was checked, as drafts."""

    def _answer(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not is_secretariat(request.user):
            raise Http404
        return super()._answer(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Explain the columns and ask for a table."""
        return _shown(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Say of each row what would become of it; import only what was seen."""
        if "held" in request.POST:
            return self._import(request)
        upload = request.FILES.get("file")
        if upload is None:
            return _shown(request, BAD_REQUEST, error=_("Choose a file first."))
        if not ratelimit.consume(request, action="read_file", user=request.user):
            told = _("You have uploaded many files within the hour. Try again in an hour.")
            return _shown(request, TOO_MANY, error=told)
        try:
            rows, unknown = open_upload(upload)
        except RefusedError as error:
            status = TOO_LARGE if error.too_large else BAD_REQUEST
            return _shown(request, status, error=str(error))
        held = signing.dumps(
            {"user": request.user.pk, "rows": [[row.number, row.cells] for row in rows]},
            salt=SALT,
            compress=True,
        )
        if len(rows) > MOST_ROWS or len(held) > MOST_HELD:
            told = _(
                "This table is too long for the page: at most %(most)s rows. Send it in parts, or "
                "ask whoever runs the site to use the command import_practices."
            )
            return _shown(request, TOO_LARGE, error=told % {"most": MOST_ROWS})
        outcomes = _run(request, rows, for_real=False).run(rows)
        context: dict[str, Any] = {"outcomes": outcomes, "counts": counted(outcomes), "held": held}
        return _shown(request, unknown=unknown, **context)

    def _import(self, request: HttpRequest) -> HttpResponse:
        try:
            held = signing.loads(request.POST["held"], salt=SALT, max_age=HOURS * 3600)
        except signing.BadSignature:
            held = {"user": None}
        if held["user"] != request.user.pk:
            told = _("This page was open for too long. Upload the file once more.")
            return _shown(request, BAD_REQUEST, error=told)
        rows = [Row(number, cells) for number, cells in held["rows"]]
        outcomes = _run(request, rows, for_real=True).run(rows)
        return _shown(request, outcomes=outcomes, counts=counted(outcomes), done=True)


def _run(request: HttpRequest, rows: list[Row], *, for_real: bool) -> Import:
    hosts = frozenset({request.get_host(), urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc})
    overwrite = request.POST.get("overwrite") == "1"
    return Import(user=request.user, for_real=for_real, overwrite=overwrite, hosts=hosts)


def _shown(request: HttpRequest, status: int = 200, **context: Any) -> HttpResponse:
    context |= {"most_rows": MOST_ROWS, "most": filesizeformat(LIMITS.file_size)}
    return render(request, "practices/importing/import.html", context, status=status)


@require_safe
def import_template(request: HttpRequest, ending: str) -> HttpResponse:
    """Hand out the columns, with a row of help; everybody may have it."""
    if ending not in ("csv", "xlsx"):
        raise Http404
    return as_download(template(ending), f"practices-template.{ending}", TYPES[ending])


@require_safe
def export_practices(request: HttpRequest, ending: str) -> HttpResponse:
    """Hand out all public practices with where they come from, to everybody."""
    if ending not in TYPES:
        raise Http404
    content = export(ending, request.build_absolute_uri("/"))
    return as_download(content, f"practices.{ending}", TYPES[ending])
