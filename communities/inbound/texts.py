"""The text of a part of a mail, whatever its letters, its line ends or its markup."""

import codecs
import re
from dataclasses import dataclass
from email.message import Message

from inscriptis import get_text
from inscriptis.css_profiles import STRICT_CSS_PROFILE
from inscriptis.model.config import ParserConfig
from lxml import etree, html

from communities.threads.typed import cleaned

# Characters; more is what somebody quotes.
LONGEST = 400_000
# Only encodings of texts: others that Python knows would unpack or take time by the square.
_ENCODINGS = re.compile(
    r"ascii|utf-?(?:7|8|16|32)(?:-?[bl]e)?(?:-sig)?|iso8859-\d+|cp\d+|koi8-\w|mac-\w+|gb\w+|hz|"
    r"big5\w*|euc_\w+|shift_jis\w*|iso2022_\w+|johab|tis-620|ptcp154|kz1048"
)
_QUOTING = re.compile(r"(>*)(.*)", re.DOTALL)
_STRICT = ParserConfig(css=dict(STRICT_CSS_PROFILE))


@dataclass(frozen=True)
class Text:
    """What a part says. `wrapped`: a program may have broken its lines at some width."""

    said: str
    wrapped: bool = False


def plain_text(part: Message) -> Text:
    """Return the text of a plain part; lines that flow (RFC 3676) are whole again."""
    said = _decoded(part)
    if str(part.get_param("format", "")).lower() == "flowed":
        delsp = str(part.get_param("delsp", "")).lower() == "yes"
        return Text(_unflowed(said, delsp))
    return Text(said, wrapped=True)


def html_text(part: Message) -> Text:
    """Return what a part with markup says; what it quotes is marked as in plain mail."""
    try:
        parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        tree = html.document_fromstring(_decoded(part).encode("utf-8"), parser=parser)
        _close_paragraphs(tree)
        _name_links(tree)
        _mark_quotations(tree)
        said = get_text_of(tree)
    except (etree.LxmlError, ValueError, RecursionError, AssertionError):
        return Text("")
    return Text(re.sub(r"\n{3,}", "\n\n", said).strip())


def get_text_of(tree: html.HtmlElement) -> str:
    """Return the text of an element, its lines without the room around them."""
    laid_out = get_text(etree.tostring(tree, encoding="unicode"), _STRICT)
    return "\n".join(line.strip() for line in laid_out.split("\n"))


def _close_paragraphs(tree: html.HtmlElement) -> None:
    """Take paragraphs of Outlook for the lines that they are: it sets no room between them."""
    closed = [each for each in tree.iter("p") if "mso" in (each.get("class") or "").lower()]
    for paragraph in closed:
        paragraph.tag = "div"
        if not paragraph.text_content().strip():
            paragraph.clear(keep_tail=True)
            paragraph.append(etree.Element("br"))


def _name_links(tree: html.HtmlElement) -> None:
    """Put the address of each link behind its words, as plain mail does."""
    for link in tree.iter("a"):
        address, words = (link.get("href") or "").strip(), link.text_content()
        if not address.startswith(("http://", "https://")) or len(address) > LONGEST // 100:
            continue
        bare = address.split("://", 1)[1].rstrip("/")
        if words.strip() and bare not in words:
            link.tail = f" <{address}>{link.tail or ''}"


def _mark_quotations(tree: html.HtmlElement) -> None:
    """Begin each line of a quoted mail with ">"; what is only moved in stays as it is."""
    outermost = [
        quotation
        for quotation in tree.iter("blockquote")
        if _is_quotation(quotation) and not any(map(_is_quotation, quotation.iterancestors()))
    ]
    for quotation in outermost:
        tail, quotation.tail = quotation.tail, None
        lines = get_text_of(quotation).strip().split("\n")
        marked = etree.Element("pre")
        marked.text = "\n".join(f"> {line}".rstrip() for line in lines)
        marked.tail = tail
        quotation.getparent().replace(quotation, marked)


def _is_quotation(element: html.HtmlElement) -> bool:
    if element.tag != "blockquote":
        return False
    style = (element.get("style") or "").replace(" ", "")
    named = element.get("type") == "cite" or "quote" in (element.get("class") or "")
    return named or "border-left:" in style


def _decoded(part: Message) -> str:
    """Return the letters of a part: as declared, else as UTF-8, else as Western Europe has them."""
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        content = None
    if not isinstance(content, bytes):
        return ""
    return _keep_line_ends(_letters(content[: 4 * LONGEST], _charset(part))[:LONGEST])


def _charset(part: Message) -> str:
    try:
        return str(part.get_content_charset() or "")
    except (LookupError, ValueError):
        return ""


def _letters(content: bytes, charset: str) -> str:
    try:
        # Whatever a mail calls itself: what reads as UTF-8 is UTF-8.
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        # Cut in the middle of a letter.
        if error.start > len(content) - 4 and error.reason == "unexpected end of data":
            return content[: error.start].decode("utf-8")
    try:
        name = codecs.lookup(charset).name
    except (LookupError, ValueError):
        name = ""
    if not _ENCODINGS.fullmatch(name) or name in ("ascii", "utf-8", "iso8859-1"):
        name = "cp1252"
    return content.decode(name, "replace")


def _keep_line_ends(text: str) -> str:
    """Clean a text, but keep the room at line ends: it tells flowing lines and signatures."""
    lines = re.split("\r\n|[\r\n\u2028\u2029\x85]", text)
    rooms = (line[len(line.rstrip(" ")) :] for line in lines)
    return "\n".join(f"{cleaned(line)}{room}" for line, room in zip(lines, rooms, strict=True))


def _unflowed(text: str, delsp: bool) -> str:
    """Return a text whose lines are those that were written (RFC 3676, 4)."""
    lines: list[str] = []
    depth, open_ = 0, False
    for line in text.split("\n"):
        match = _QUOTING.match(line)
        marks, said = (len(match[1]), match[2]) if match else (0, line)
        said = said.removeprefix(" ")
        signature = said == "-- "
        if open_ and marks == depth and not signature:
            lines[-1] += said
        else:
            lines.append(f"{'>' * marks} {said}" if marks else said)
        open_ = said.endswith(" ") and not signature
        if open_ and delsp:
            lines[-1] = lines[-1][:-1]
        depth = marks
    return "\n".join(lines)
