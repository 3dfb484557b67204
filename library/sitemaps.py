"""The files that search engines may know of, by the page that shows their text."""

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet

from library.access import findable, public_files
from library.models import LibraryFile


class FileSitemap(Sitemap[LibraryFile]):
    """Every file that everybody may open at this moment."""

    def items(self) -> QuerySet[LibraryFile]:
        """Return the files, oldest first."""
        return public_files().filter(findable()).order_by("pk")

    def location(self, item: LibraryFile) -> str:
        """Return the path of its reading view."""
        return item.reading_url

    def lastmod(self, item: LibraryFile) -> datetime:
        """Return when it was uploaded."""
        return item.created_at
