"""A model with Wagtail's own search, as its documentation shows one."""

from django.db import models
from wagtail.search import index


class PeerText(index.Indexed, models.Model):
    """One text of the corpus."""

    name = models.CharField(max_length=200)
    title = models.TextField()
    text = models.TextField()

    search_fields = [index.SearchField("title", boost=2), index.SearchField("text")]

    def __str__(self) -> str:
        return self.name
