"""The library of a community: documents and links that its members keep at hand."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.models.community import Community
from members.signed import Signed


class ShelfItem(Signed):
    """A link, or the title of a file (`attachment`), in the library of a community."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="shelf")
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("what is in it"), max_length=1000, blank=True)
    url = models.URLField(_("address on the web"), blank=True)

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("item of a community's library")
        verbose_name_plural = _("items of communities' libraries")

    def __str__(self) -> str:
        return self.title
