"""Word files sent to the site as people do it; all of it is invented."""

import re
from io import BytesIO

import docx
from django.urls import reverse

from practices.word.fields import Part, PracticeFields
from practices.word.prose import from_html
from practices.word.writing import Setting, write
from tests import factories
from tests.practices.word.files import upload

SITE = "http://testserver/"


def file_of(fields, reference=""):
    return write(fields, Setting("en", SITE, reference))


def text_of(answer):
    return "\n".join(
        p._p.xpath("string(.)") for p in docx.Document(BytesIO(answer.content)).paragraphs
    )


def send(client, content, page=None, name="practice.docx", **data):
    url = (
        reverse("contribute-word-newer", args=[page.pk])
        if page
        else reverse("contribute-word-upload")
    )
    return client.post(url, {"file": upload(content, name), **data})


def held(answer):
    """What the form of the look page sends."""
    html = answer.content.decode()
    return {
        name: re.search(rf'name="{name}" value="([^"]*)"', html)[1] for name in ("held", "version")
    }


def save(client, answer, **data):
    return client.post(reverse("contribute-word-save"), held(answer) | data)


SMALL = PracticeFields(
    title="Counting at the border (invented)",
    countries=("GEO",),
    problem=from_html("<p>Nobody <b>knew</b>.</p>"),
    steps=(Part("Ask", from_html("<ul><li>one</li></ul>")),),
    condition_legal="A law.",
    contact="An office",
)


def mine(user, **fields):
    page = factories.practice("A draft of ours", draft=True, countries=["GEO"], **fields)
    page.owner = user
    page.save()
    return page
