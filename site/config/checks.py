"""Rules of the project that Django checks at every start; each failure says how to mend it."""

from typing import Any

from django.core.checks import CheckMessage, Error, register
from wagtail.models import get_page_models

from core.models import BasePage
from search.pages import indexed_page_types

# Pages that only lead to others: everything on them is found where they lead.
SIGNPOSTS = ("IndexPage", "HomePage")


@register()
def every_page_type_can_be_found(**kwargs: Any) -> list[CheckMessage]:
    """A page type without a search source would be published and never found."""
    forgotten = [
        model
        for model in get_page_models()
        if issubclass(model, BasePage)
        and not model.__name__.endswith(SIGNPOSTS)
        and model not in indexed_page_types()
    ]
    return [
        Error(
            f"{model._meta.label} is not registered with the search.",
            hint=f"Register a PageSource for it in {model._meta.app_label}/searchable.py.",
            obj=model,
            id="config.E001",
        )
        for model in forgotten
    ]


@register()
def every_page_type_is_a_base_page(**kwargs: Any) -> list[CheckMessage]:
    """A page type of ours without `BasePage` would have no summary and no permalink."""
    return [
        Error(
            f"{model._meta.label} does not extend core.models.BasePage.",
            hint="Extend BasePage: it gives the summary and the permalink.",
            obj=model,
            id="config.E002",
        )
        for model in get_page_models()
        if not issubclass(model, BasePage) and model._meta.app_label != "wagtailcore"
    ]
