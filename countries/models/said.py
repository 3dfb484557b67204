"""What all rows about a country share: which country, who said it, and whether all may read it."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from members.signed import Signed


class OfCountry(Signed):
    """One thing that a country's team says of it; nobody else reads it unless it is public.

    `about` is the country that is spoken of, `country` that of whoever signed; both are
    ISO 3166-1 alpha-3, since a term of the vocabulary has one row for each language.
    """

    about = models.CharField(
        _("country"), max_length=3, db_index=True, validators=[RegexValidator(r"^[A-Z]{3}\Z")]
    )
    public = models.BooleanField(
        _("public"),
        default=False,
        help_text=_(
            "Everybody may read it. Otherwise only the country's team and the secretariat."
        ),
    )
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta(Signed.Meta):
        abstract = True
