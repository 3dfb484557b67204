"""The pages that search engines may know of."""

from django.db.models import Q
from wagtail.contrib.sitemaps import Sitemap
from wagtail.query import PageQuerySet

from core.visibility import live_public


class PageSitemap(Sitemap):
    """Every page that everybody may open at this moment, in all languages."""

    def items(self) -> PageQuerySet:
        """Return the pages below the home pages; Wagtail's own would also name expired ones."""
        root = self.get_wagtail_site().root_page
        here = Q()
        for home in root.get_translations(inclusive=True):
            here |= Q(path__startswith=home.path)
        pages: PageQuerySet = live_public(type(root).objects.filter(here).order_by("path"))
        return pages
