"""When the disk is full, people are told so; what they sent is stored whole or not at all."""

import errno
import logging

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.deprecation import MiddlewareMixin

log = logging.getLogger(__name__)
NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
POSTGRESQL_NO_SPACE = ("53100", "58030")  # disk_full, io_error
INSUFFICIENT_STORAGE = 507


class ToldWhenFull(MiddlewareMixin):
    """Answers 507 with what to do, in place of an error that says nothing."""

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the page for a full disk; other errors go their way."""
        if not is_no_space(error):
            return None
        log.error("There is no space left to store anything: %s", error)
        return HttpResponse(render_to_string("507.html"), status=INSUFFICIENT_STORAGE)


def is_no_space(error: Exception) -> bool:
    """Return whether an error of the file system or of the database says that a disk is full."""
    if isinstance(error, OSError):
        return error.errno in NO_SPACE
    if not isinstance(error, OperationalError):
        return False
    code = getattr(error.__cause__, "sqlstate", None)
    return code in POSTGRESQL_NO_SPACE or "database or disk is full" in str(error)
