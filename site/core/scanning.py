"""Looking for malware, where a ClamAV daemon is set (`CLAMD`): nothing is handed out unscanned."""

import logging
from pathlib import Path

from clamav_client.scanner import ClamdScanner
from django.conf import settings

log = logging.getLogger(__name__)
# Seconds for one file; the daemon is near, and a file has at most some megabytes.
PATIENCE = 60
CLEAN, INFECTED, UNSCANNED = "", "infected", "unscanned"


def verdict(path: Path) -> str:
    """Return what the daemon says of a file: "" (clean, or no daemon is set), "infected", or
    "unscanned" where it does not answer: then the file must not be handed out."""
    if not settings.CLAMD:
        return CLEAN
    try:
        daemon = ClamdScanner({"address": settings.CLAMD, "timeout": float(PATIENCE)})
        result = daemon.scan(str(path))
    except (OSError, ValueError) as error:
        log.error("The malware scanner does not answer: %s", error)
        return UNSCANNED
    if result.state == "FOUND":
        # The name of the finding, never that of the file or of who brought it.
        log.warning("The malware scanner found %s.", result.details)
        return INFECTED
    if result.state != "OK":
        log.error("The malware scanner does not answer: %s", result.details)
        return UNSCANNED
    return CLEAN
