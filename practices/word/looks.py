"""How a Word file of ours looks: page, fonts and styles, in Latin and in Arabic script."""

from collections.abc import Sequence
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor

INK, QUIET, ACCENT = RGBColor(0x17, 0x20, 0x2B), RGBColor(0x5B, 0x65, 0x70), "1D4E89"
FONT = "Arial"
HELP = "Form help"
BODY, HELPING = 10.5, 9
HEADINGS = {
    "Title": 24,
    "Heading 1": 16,
    "Heading 2": 12.5,
    "Heading 3": 11,
    "Heading 4": BODY,
    "Caption": HELPING,
}
# Of the page between its margins.
WIDTH = Mm(166)
# What cells keep free above and below their words, in twentieths of a point.
CELL_ROOM = "40"


def dress(document: Any, language: str, *, rtl: bool) -> None:
    """Give a new document its page and its styles."""
    _set_page(document.sections[0])
    _as_of_today(document.settings.element)
    styles = document.styles
    _set_body(styles["Normal"], language, rtl)
    for name, size in HEADINGS.items():
        _set_heading(styles[name], size)
    styles["Caption"].paragraph_format.keep_with_next = True
    quiet = styles.add_style(HELP, WD_STYLE_TYPE.PARAGRAPH)
    quiet.base_style = styles["Normal"]
    quiet.font.color.rgb = QUIET
    # Arabic has no italics.
    quiet.font.italic = not rtl
    # Help stays on the page of what it is about.
    quiet.paragraph_format.keep_with_next = True
    _set_size(quiet, HELPING)


def _set_page(section: Any) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(20)


def _as_of_today(settings: Any) -> None:
    """Let Word open the file as one of its own, and not in compatibility mode."""
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _set_body(normal: Any, language: str, rtl: bool) -> None:
    run = normal.element.get_or_add_rPr()
    fonts = _fonts(run)
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:bidi" if rtl else "w:val"), language)
    run.append(spoken)
    _set_size(normal, BODY)


def _set_heading(style: Any, size: float) -> None:
    style.font.color.rgb, style.font.name, style.font.italic = INK, FONT, False
    run = style.element.get_or_add_rPr()
    # Spaced letters do not join in Arabic.
    for spacing in run.findall(qn("w:spacing")):
        run.remove(spacing)
    fonts = _fonts(run)
    # A font of the theme would be taken before the one that is named.
    for name in list(fonts.attrib):
        if name.lower().endswith("theme"):
            del fonts.attrib[name]
    fonts.set(qn("w:cs"), FONT)
    _set_size(style, size)


def _set_size(style: Any, size: float) -> None:
    """Set the size of a style for every script: Arabic has one of its own."""
    style.font.size = Pt(size)
    run = style.element.get_or_add_rPr()
    for other in run.findall(qn("w:szCs")):
        run.remove(other)
    other = OxmlElement("w:szCs")
    other.set(qn("w:val"), str(int(size * 2)))
    run.find(qn("w:sz")).addnext(other)


def _fonts(run: Any) -> Any:
    fonts = run.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        run.insert(0, fonts)
    return fonts


def shape(table: Any, widths: Sequence[Length]) -> None:
    """Set the columns of a table; a row stays on one page and keeps room around its words."""
    # Word goes by the cells, LibreOffice by the columns.
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
        row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))
    room = OxmlElement("w:tblCellMar")
    for side in ("top", "bottom"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), CELL_ROOM)
        margin.set(qn("w:type"), "dxa")
        room.append(margin)
    # In the order of ECMA-376, section 17.4.59.
    table._tbl.tblPr.insert_element_before(
        room, "w:tblLook", "w:tblCaption", "w:tblDescription", "w:tblPrChange"
    )
