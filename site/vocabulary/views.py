"""The concepts for everybody to take home."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import condition, require_safe

from vocabulary import skos, stamp
from vocabulary.records import read

# Ending of the address -> (rdflib's name of the format, media type)
FORMATS = {
    "ttl": ("turtle", "text/turtle"),
    "jsonld": ("json-ld", "application/ld+json"),
    "rdf": ("xml", "application/rdf+xml"),
}


@stamp.until_changed
def _concepts(file_format: str) -> str:
    return skos.serialise(read("concept").values(), file_format)


def _etag(_request: HttpRequest, ending: str) -> str:
    return f'"{stamp.current()}-{ending}"'


@require_safe
@condition(etag_func=_etag)
def concepts(_request: HttpRequest, ending: str) -> HttpResponse:
    """Answer with all concepts as a SKOS file; unchanged since the reader's copy: 304."""
    file_format, media_type = FORMATS[ending]
    response = HttpResponse(_concepts(file_format), content_type=f"{media_type}; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="concepts.{ending}"'
    response["Access-Control-Allow-Origin"] = "*"
    return response
