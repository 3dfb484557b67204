"""What may be answered about a data source; "not known" is an answer, too."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

NOT_KNOWN = "not-known"


class Unit(TextChoices):
    """What one record is about."""

    PERSON = "person", _("Person")
    HOUSEHOLD = "household", _("Household")
    CASE = "case", _("Case or file")
    EVENT = "event", _("Event, such as a crossing or a birth")
    AGGREGATE = "aggregate", _("Totals only")
    OTHER = "other", _("Something else")
    NOT_KNOWN = NOT_KNOWN, _("Not known")


class AgeDetail(TextChoices):
    """How precisely age is told."""

    BIRTH_DATE = "birth-date", _("Date of birth")
    SINGLE_YEARS = "single-years", _("Single years")
    AGE_GROUPS = "age-groups", _("Groups that keep children apart")
    UNDER_18 = "under-18", _("Only under 18 or not")
    OTHER_GROUPS = "other-groups", _("Groups that mix children and adults")
    NONE = "none", _("No age")
    NOT_KNOWN = NOT_KNOWN, _("Not known")


class Linkable(TextChoices):
    """Whether its records can be joined with those of another source."""

    IDENTIFIER = "identifier", _("Yes, by an identifier that other registers use")
    OTHER_KEYS = "other-keys", _("Yes, by names, dates of birth and the like")
    NO = "no", _("No")
    NOT_KNOWN = NOT_KNOWN, _("Not known")


class Access(TextChoices):
    """Who may use it."""

    PUBLIC = "public", _("Public")
    ON_REQUEST = "on-request", _("On request, for research")
    AGREEMENT = "agreement", _("Between institutions, by agreement")
    OWNER = "owner", _("The owner only")
    NOT_KNOWN = NOT_KNOWN, _("Not known")
