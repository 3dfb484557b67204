"""Blocks that any long text is made of."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

INLINE_FEATURES = ["bold", "italic", "link", "document-link"]
TEXT_FEATURES = [*INLINE_FEATURES, "ol", "ul"]


class HeadingBlock(blocks.CharBlock):
    """A heading of the second level; what follows belongs to it."""

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "core/blocks/heading.html"


class TextBlock(blocks.RichTextBlock):
    """Paragraphs and lists."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"features": ["h3", *TEXT_FEATURES], **kwargs})

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "core/blocks/text.html"


class PictureBlock(ImageChooserBlock):
    """A picture; those of a text are read together, with the copies in other sizes."""

    def bulk_to_python(self, values: Any) -> Any:
        """Return the pictures in order; two queries for all."""
        found = super().bulk_to_python(values)
        copies = Prefetch("renditions", to_attr="prefetched_renditions")
        prefetch_related_objects([each for each in found if each], copies)
        return found

    def deconstruct(self) -> Any:
        """Return what migrations keep: how pictures are read is no matter of the tables."""
        _path, args, kwargs = super().deconstruct()
        return "wagtail.images.blocks.ImageChooserBlock", args, kwargs


class FigureBlock(blocks.StructBlock):
    """A picture with its text for people who cannot see it."""

    image = PictureBlock(label=_("Image"))
    alt = blocks.CharBlock(
        label=_("What it shows"),
        help_text=_("Read aloud to people who cannot see the picture."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "core/blocks/figure.html"


class QuoteBlock(blocks.StructBlock):
    """A quotation with its source; use it only with the speaker's permission."""

    text = blocks.TextBlock(label=_("Quotation"))
    source = blocks.CharBlock(label=_("Source"))

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "core/blocks/quote.html"


class FileBlock(DocumentChooserBlock):
    """A file of the library; one that was read from the database is not asked for once more."""

    def clean(self, value: Any) -> Any:
        """Return the file; `ValidationError` where none is given that must be."""
        return value if isinstance(value, self.model_class) else super().clean(value)

    def deconstruct(self) -> Any:
        """Return what migrations keep: how files are checked is no matter of the tables."""
        _path, args, kwargs = super().deconstruct()
        return "wagtail.documents.blocks.DocumentChooserBlock", args, kwargs


class DownloadBlock(blocks.StructBlock):
    """A file of the library with one line on what it is."""

    file = FileBlock(label=_("File"))
    note = blocks.CharBlock(label=_("What it is"), required=False)

    class Meta:
        icon = "doc-full"
        label = _("File")
        template = "core/blocks/download.html"


class BodyBlock(blocks.StreamBlock):
    """A long text: headings, paragraphs, pictures, quotations and files."""

    heading = HeadingBlock()
    text = TextBlock()
    figure = FigureBlock()
    quote = QuoteBlock()
    download = DownloadBlock()


@dataclass(frozen=True)
class TextPart:
    """A stretch of plain text under one heading; `anchor` is its fragment in the page."""

    heading: str
    text: str
    anchor: str


def plain(html: object) -> str:
    """Return the text of an HTML fragment, its blocks set apart by line breaks."""
    marked = str(html)
    for tag in ("</p>", "</li>", "</h3>", "</h2>", "<br/>", "<br>", "</td>"):
        marked = marked.replace(tag, f"{tag}\n")
    lines = (" ".join(line.split()) for line in unescape(strip_tags(marked)).splitlines())
    return "\n".join(line for line in lines if line)


def parts_of(body: blocks.StreamValue) -> Iterator[TextPart]:
    """Yield the text of a body heading by heading, in order; text before the first has none."""
    heading, anchor, lines = "", "", list[str]()
    for child in body:
        if child.block_type == "heading":
            if lines or heading:
                yield TextPart(heading, "\n".join(lines), anchor)
            heading, anchor, lines = str(child.value), f"part-{child.id}", []
        else:
            lines += [text for text in child.block.get_searchable_content(child.value) if text]
    if lines or heading:
        yield TextPart(heading, "\n".join(lines), anchor)
