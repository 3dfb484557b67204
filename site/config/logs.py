"""Log lines for machines: one JSON object per event, without personal data."""

import logging
import re
import traceback
from collections.abc import MutableMapping
from http import HTTPStatus
from typing import Any

import structlog
from django.utils.log import AdminEmailHandler
from django.utils.safestring import SafeString
from django.views.debug import ExceptionReporter

# What a visitor typed stands behind the `?` of an address, in mail addresses and in the values
# that PostgreSQL repeats when a rule is broken ("Key (email)=(...) already exists"). Some addresses
# are keys: whoever reads them in a log could use them.
PERSONAL = [
    (re.compile(r"(/(?:feeds|stop|by-link|still-true)/)[^/\s'\"<>]+"), r"\1[key]"),
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "[mail]"),
    (re.compile(r"\?[^\s'\"<>]+"), "?[query]"),
    (re.compile(r"\)=\(.*\)"), ")=([value])"),
    (re.compile(r"\b(?:\d{1,3}\.){3}\d{1,3}\b"), "[address]"),
]


def without_personal_data(text: str) -> str:
    """Return the text with mail addresses, query strings, values and IP addresses taken out."""
    for pattern, instead in PERSONAL:
        text = pattern.sub(instead, text)
    return text


def redact(
    logger: logging.Logger, method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Take personal data out of every text of the event (a structlog processor)."""
    for name, value in event.items():
        if isinstance(value, str) and name != "timestamp":
            event[name] = without_personal_data(value)
    return event


class BriefRefusals(logging.Filter):
    """Leaves the trace out where an address was refused (400): nothing here has failed."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass."""
        if getattr(record, "status_code", None) == HTTPStatus.BAD_REQUEST:
            record.exc_info = record.exc_text = None
        return True


class BriefReporter(ExceptionReporter):
    """The trace of an error for the admins' mail, without the request's data or variables."""

    def get_traceback_text(self) -> SafeString:
        """Return the address that failed and the redacted trace."""
        failed = isinstance(self.exc_value, BaseException)
        lines = traceback.format_exception(self.exc_value) if failed else [str(self.exc_value)]
        where = f"{self.request.method} {self.request.path}\n\n" if self.request else ""
        return SafeString(where + without_personal_data("".join(lines)))


class AdminMail(AdminEmailHandler):
    """Mails an error to ADMINS, its subject as free of personal data as its text."""

    def format_subject(self, subject: str) -> str:
        """Return the redacted subject in one line."""
        return super().format_subject(without_personal_data(subject))


def json_lines(level: str) -> dict[str, Any]:
    """Return a LOGGING setting: JSON lines on standard error, errors also by mail to ADMINS.

    Only level, logger, time, message and trace are written: what a library attaches to a record
    (Django: the request) never is.
    """
    before: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    after: list[Any] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        redact,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": before,
                "processors": after,
            },
            "plain": {"format": "%(levelname)s %(name)s"},
        },
        "filters": {"brief": {"()": "config.logs.BriefRefusals"}},
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "json"},
            "admins": {
                "class": "config.logs.AdminMail",
                "level": "ERROR",
                "formatter": "plain",
                "reporter_class": "config.logs.BriefReporter",
            },
        },
        "root": {"handlers": ["console", "admins"], "level": level},
        "loggers": {
            # Django's own handlers would print each event a second time, as plain text.
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.request": {"filters": ["brief"]},
            "django.server": {"handlers": [], "level": level, "propagate": True},
        },
    }
