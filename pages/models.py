"""The home page, plain pages and news."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import StreamField

from core.blocks import BodyBlock
from core.classification import classification_panels
from core.models import BasePage
from pages.home import home_context
from search.listing import list_kind


class HomePage(BasePage):
    """Asks what the reader is trying to solve, and shows what there is."""

    question = models.CharField(_("question above the search field"), max_length=120, blank=True)
    intro = models.TextField(_("introduction"), blank=True)
    examples = models.TextField(
        _("example questions"), blank=True, help_text=_("One on each line.")
    )

    parent_page_types = ["wagtailcore.Page"]
    template = "pages/home_page.html"

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("question"),
        FieldPanel("intro"),
        FieldPanel("examples"),
    ]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the numbers, the newest practices and the ways in."""
        return super().get_context(request, *args, **kwargs) | home_context(request)

    @property
    def example_questions(self) -> list[str]:
        """The example questions, one for each line that is not blank."""
        return [line.strip() for line in self.examples.splitlines() if line.strip()]


class StandardPage(BasePage):
    """A plain page: about, privacy, help."""

    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    template = "pages/standard_page.html"
    content_panels = [*BasePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")


class NewsIndexPage(BasePage):
    """All news, newest first."""

    max_count_per_parent = 1
    subpage_types = ["pages.NewsPage"]
    template = "pages/news_index_page.html"

    class Meta:
        verbose_name = _("list of news")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the filtered list."""
        return super().get_context(request, *args, **kwargs) | list_kind(request, "news")


class NewsPage(BasePage):
    """One piece of news."""

    date = models.DateField(_("date"), default=timezone.localdate, null=True, blank=True)
    date_text = models.CharField(
        _("date in words"), max_length=100, blank=True, help_text=_("Where the day is not known.")
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    parent_page_types = ["pages.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "pages/news_page.html"
    cites = True

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("date"),
        FieldPanel("date_text"),
        FieldPanel("body"),
        *classification_panels("countries", "themes", "action_points"),
        InlinePanel("sources", label=_("Source"), heading=_("Sources")),
    ]

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")
