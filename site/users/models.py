"""People log in by e-mail; institutions stand behind practices."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

# How the address of an account ends whose person was erased; no mail server takes it.
ERASED_AT = "@erased.invalid"


class UserManager(BaseUserManager["User"]):
    """Makes users who are known by their e-mail address."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Save and return a user with this address, normalised; `ValueError` without one."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Save and return a user with every right.

        The address counts as confirmed: whoever may run commands need not prove it by mail, and
        on a new site there may be no mail yet.
        """
        user = self.create_user(email, password, is_staff=True, is_superuser=True, **fields)
        from allauth.account.models import EmailAddress  # needs the user model to be loaded

        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find by address whatever its case: addresses are stored in lower case."""
        return self.get(email=(username or "").lower())


class User(AbstractUser):
    """A person with an account; what the person may do comes from roles and groups."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)
    language = models.CharField(
        _("language of mail"), max_length=10, choices=settings.LANGUAGES, blank=True
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    @property
    def is_erased(self) -> bool:
        """Whether the person has left and only the account is there for others to lead to."""
        return self.email.endswith(ERASED_AT)

    def get_full_name(self) -> str:
        """Return the name; of an erased account what is left, the institution."""
        if not self.is_erased:
            return super().get_full_name()
        if not self.last_name:
            return gettext("former member")
        return gettext("former member of %(institution)s") % {"institution": self.last_name}


class Institution(index.Indexed, models.Model):
    """A body that produces or uses data: a statistical office, a ministry, an agency."""

    class Kind(models.TextChoices):
        STATISTICAL_OFFICE = "statistical-office", _("National statistical office")
        MINISTRY = "ministry", _("Ministry or public authority")
        AGENCY = "agency", _("Agency of the United Nations")
        INTERNATIONAL = "international", _("Other international or regional organisation")
        ACADEMIA = "academia", _("University or research institute")
        CIVIL_SOCIETY = "civil-society", _("Civil society organisation")

    slug = models.SlugField(_("short name in addresses"), max_length=100, unique=True)
    name = models.CharField(
        _("name"), max_length=255, help_text=_("The official name, in the language it uses.")
    )
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=30, choices=Kind.choices)
    country = models.ForeignKey(
        "vocabulary.Country",
        verbose_name=_("country"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Leave empty for an international organisation."),
    )
    url = models.URLField(_("website"), blank=True)

    panels = [
        FieldPanel("name"),
        FieldPanel("acronym"),
        FieldPanel("slug"),
        FieldPanel("kind"),
        FieldPanel("country"),
        FieldPanel("url"),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("acronym"),
        index.AutocompleteField("acronym"),
    ]

    class Meta:
        ordering = ["name"]
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")

    def __str__(self) -> str:
        return f"{self.name} ({self.acronym})" if self.acronym else self.name
