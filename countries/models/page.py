"""What the knowledge base knows of a country."""

from itertools import groupby
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from core.blocks import TEXT_FEATURES
from core.models import BasePage
from core.visibility import live_public
from search.listing import everything_about
from vocabulary.labels import labels, regions_of
from vocabulary.words import fold


class CountryIndexPage(BasePage):
    """All countries with a page, by region."""

    max_count_per_parent = 1
    subpage_types = ["countries.CountryPage"]
    template = "countries/country_index_page.html"

    class Meta:
        verbose_name = _("list of countries")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the live country pages by the name of their continent, in the reader's language."""
        names = labels("region", get_language() or "en")
        pages = live_public(CountryPage.objects.child_of(self)).select_related("country")
        by_region = sorted(
            ((names.get(page.continent, ""), page) for page in pages),
            key=lambda pair: (fold(pair[0]), fold(pair[1].title)),
        )
        return super().get_context(request, *args, **kwargs) | {
            "regions": [
                (name, [page for _name, page in group])
                for name, group in groupby(by_region, key=lambda pair: pair[0])
            ]
        }


class CountryPage(BasePage):
    """One country: its practices, the workshops it took part in, and what is still missing."""

    country = models.ForeignKey(
        "vocabulary.Country",
        verbose_name=_("country"),
        on_delete=models.PROTECT,
        related_name="pages",
    )
    intro = RichTextField(_("introduction"), features=TEXT_FEATURES, blank=True)

    parent_page_types = ["countries.CountryIndexPage"]
    subpage_types: list[str] = []
    template = "countries/country_page.html"
    read_with = ("locale", "country")

    content_panels = [*BasePage.content_panels, FieldPanel("country"), FieldPanel("intro")]

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")

    @property
    def continent(self) -> str:
        """The M49 code of the country's continent, or nothing for a territory outside the tree."""
        regions = regions_of(self.country.code)
        return regions[-1] if regions else ""

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add everything about the country that this reader may see, by kind."""
        return super().get_context(request, *args, **kwargs) | {
            "by_kind": everything_about(request, self.country.code),
            "region_names": [
                labels("region", get_language() or "en").get(code, code)
                for code in regions_of(self.country.code)
            ],
        }
