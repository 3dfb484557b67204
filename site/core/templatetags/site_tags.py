"""Words and small marks that templates need everywhere."""

from collections.abc import Mapping

from django import template
from django.http import HttpRequest, QueryDict
from django.template.context import RequestContext
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from vocabulary.labels import labels

register = template.Library()

KINDS: Mapping[str, tuple[str | Promise, str | Promise]] = {
    "practice": (_("Practice"), _("Practices")),
    "building-block": (_("Building block"), _("Building blocks")),
    "guidance": (_("Guidance"), pgettext_lazy("several", "Guidance")),
    "indicator": (_("Indicator"), _("Indicators")),
    "workshop": (_("Workshop"), _("Workshops")),
    "report": (pgettext_lazy("document", "Report"), pgettext_lazy("documents", "Reports")),
    "country": (_("Country"), _("Countries")),
    "news": (_("News"), pgettext_lazy("several", "News")),
    "page": (_("Page"), _("Pages")),
    "file": (_("File"), _("Files")),
    "thread": (_("Discussion"), _("Discussions")),
    "post": (_("Answer"), _("Answers")),
    "attachment": (_("Attached file"), _("Attached files")),
    "decision": (_("Decision"), _("Decisions")),
    "event": (_("Event"), _("Events")),
}
FACET_TITLES: Mapping[str, str | Promise] = {
    "kind": _("Kind of content"),
    "country": _("Country"),
    "region": _("Region"),
    "action_point": _("Action point"),
    "theme": _("Theme"),
    "data_source": _("Data source"),
    "population": _("Children concerned"),
    "disaggregation": _("Disaggregated by"),
    "language": _("Language"),
    "year": _("Year"),
}
# Icons that point along the line of reading and turn round with it.
DIRECTED = {"arrow", "next", "previous", "external"}


@register.simple_tag
def icon(name: str) -> SafeString:
    """Return a decorative icon of the sprite; the words beside it carry the meaning."""
    flip = " icon--flip" if name in DIRECTED else ""
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        flip,
        static("core/icons.svg"),
        name,
    )


@register.simple_tag
def label(kind: str, code: str) -> str:
    """Return the label of a vocabulary term in the reader's language, else its code."""
    return labels(kind, get_language() or "en").get(code, code)


@register.filter
def label_of(code: str, kind: str) -> str:
    """Return what `label` returns, for use where a filter is needed: `code|label_of:"country"`."""
    return label(kind, code)


@register.filter
def kind_label(kind: str) -> str:
    """Return the name of one thing of this kind: "Practice"."""
    return str(KINDS[kind][0]) if kind in KINDS else kind


@register.filter
def kind_plural(kind: str) -> str:
    """Return the name of several things of this kind: "Practices"."""
    return str(KINDS[kind][1]) if kind in KINDS else kind


@register.filter
def facet_title(name: str) -> str:
    """Return the heading over the values of a facet."""
    return str(FACET_TITLES.get(name, name))


@register.filter
def language_name(code: str) -> str:
    """Return the name of a language in the reader's language, else its code."""
    try:
        return gettext(str(get_language_info(code)["name"]))
    except KeyError:
        return code


@register.filter
def is_bidi(code: str) -> bool:
    """Return whether a language is written from right to left."""
    try:
        return bool(get_language_info(code)["bidi"])
    except KeyError:
        return False


@register.simple_tag
def not_reported() -> SafeString:
    """Return the mark for what a source does not say."""
    return format_html('<span class="not-reported">{}</span>', gettext("not reported"))


@register.filter
def or_not_reported(value: object) -> object:
    """Return the value, or the mark "not reported" where there is none or only empty HTML."""
    if value is None or (not isinstance(value, int) and not strip_tags(str(value)).strip()):
        return not_reported()
    return value


def _address(query: QueryDict, request: HttpRequest) -> str:
    # A bare "?" would be a second address of the same list.
    encoded = query.urlencode()
    return f"?{encoded}" if encoded else request.path


@register.simple_tag(takes_context=True)
def without(context: RequestContext, name: str, value: str) -> str:
    """Return this address's query without one value of a parameter, back on the first page."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    kept = [each for each in query.getlist(name) if each.upper() != str(value).upper()]
    query.setlist(name, kept)
    query.pop("page", None)
    return _address(query, request)


@register.simple_tag(takes_context=True)
def only(context: RequestContext, *names: str) -> str:
    """Return this address's query with these parameters alone: what is left after "clear all"."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    for name in list(query):
        if name not in names:
            query.pop(name)
    return _address(query, request)
