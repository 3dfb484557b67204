"""What is new in an answer: without what was quoted, without signatures and warnings.

Six libraries were tried on the mails of the suite (docs/decisions/0013-what-is-new-in-a-mail.md);
none keeps what was written, and none knows Arabic. In doubt a text stays whole: too much in a post
can be edited out, what was cut off is lost.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from communities.inbound import phrases
from communities.inbound.signatures import unsigned

# Marks of direction and spaces without width, which programs put around names and addresses.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SPACES = re.compile(r"[\t \u00a0\u2000-\u200a\u202f\u3000]+")
# An attribution takes so many lines at most, a head of a mail so many.
_LINES_OF_ATTRIBUTION = 6
_LINES_OF_HEAD = 16
_LONGEST_ATTRIBUTION = 500
# Where an answer may say that there are others below: in its first so many characters.
_LONGEST_HINT = 3000
# So many quoted lines at the end are a quoted mail, even if nothing announces it.
_QUOTED_AT_END = 3


@dataclass(frozen=True)
class Line:
    """A line of a mail: as it came, and as it is compared."""

    text: str
    bare: str
    quoted: bool

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it."""
        return not self.bare


@dataclass(frozen=True)
class Introduction:
    """Where a quotation is announced: the first line, and the line after the last."""

    start: int
    end: int


def trimmed(text: str, names: Sequence[str] = (), subject: str = "") -> str:
    """Return what is new in the text of a mail; `names` are those of its writer.

    Answers below or between what they answer are kept with it.
    """
    lines = [_line(each) for each in text.split("\n")]
    found = _introduction(lines, _compared(subject))
    if found is None:
        return _joined(_unintroduced(lines, names))
    above, below = lines[: found.start], lines[found.end :]
    own = unsigned([line.text for line in above], names)
    if any(line.quoted for line in below):
        return _joined(_woven(own, below, names))
    said = "\n".join(own)
    if said.strip() and not phrases.ANSWERS_INSIDE.search(said[:_LONGEST_HINT]):
        return _joined(own)
    # What is new stands, or may stand, somewhere in a quotation that nothing marks.
    return _joined([*own, "", *unsigned([line.text for line in below], names)])


def _line(text: str) -> Line:
    bare = _SPACES.sub(" ", _UNSEEN.sub("", text)).strip()
    quoted = bare.startswith(">")
    return Line(text.rstrip(" \t\u00a0") if text != "-- " else text, bare.lstrip("> "), quoted)


def _compared(text: str) -> str:
    """Return a subject without the marks of answers, to look for it."""
    bare = _SPACES.sub(" ", _UNSEEN.sub("", unicodedata.normalize("NFC", text))).strip()
    return re.sub(r"^(?:(?:re|rv|fw|fwd|tr|ref|رد) ?: ?){1,5}", "", bare, flags=re.IGNORECASE)


# --- What announces a quotation -------------------------------------------------------------
def _introduction(lines: list[Line], subject: str) -> Introduction | None:
    """Return the first announcement of a quoted mail."""
    for number, line in enumerate(lines):
        if line.blank:
            continue
        found = _attribution(lines, number) or _head(lines, number, subject)
        if found:
            return found
    return None


def _attribution(lines: list[Line], start: int) -> Introduction | None:
    """Return the "On … wrote:" that begins in a line, however many lines it takes."""
    bare = lines[start].bare
    if phrases.DASHED.fullmatch(bare) and phrases.TIME.search(bare):
        return Introduction(start, start + 1)
    for end in range(start, min(start + _LINES_OF_ATTRIBUTION, len(lines))):
        if lines[end].blank or lines[end].quoted != lines[start].quoted:
            return None
        if lines[end].bare.endswith(":"):
            # What stands right above it may be the last line of the answer: the shortest counts,
            # of those that begin with "On" and a date if there are any.
            fitting = [n for n in range(end, start - 1, -1) if _attributes(lines, n, end)]
            dated = [n for n in fitting if _opens(lines[n])]
            return Introduction(start, end + 1) if start in (dated or fitting)[:1] else None
    return None


def _opens(line: Line) -> bool:
    return line.bare.startswith(phrases.OPENINGS) and any(sign.isdigit() for sign in line.bare)


def _attributes(lines: list[Line], start: int, end: int) -> bool:
    """Return whether these lines say when somebody wrote what follows.

    Whoever quotes a letter in a text of their own names no hour and no mailbox.
    """
    told = ""
    for line in lines[start : end + 1]:
        told += line.bare if not told or told.endswith(("<", "(")) else f" {line.bare}"
    if len(told) > _LONGEST_ATTRIBUTION:
        return False
    address = bool(phrases.ADDRESS.search(told))
    dated = bool(phrases.TIME.search(told))
    wrote = told.endswith(phrases.CLOSINGS) or any(verb in told for verb in phrases.ARABIC_VERBS)
    if _quotation_follows(lines, end + 1):
        opened = told.startswith(phrases.OPENINGS) and wrote
        return (opened and (dated or address)) or (address and (dated or wrote))
    full = dated and bool(phrases.YEAR.search(told)) and told.endswith(">:")
    return address and (full or (wrote and told.startswith(phrases.OPENINGS)))


def _quotation_follows(lines: list[Line], start: int) -> bool:
    following = (line for line in lines[start : start + 4] if not line.blank)
    return next((line.quoted for line in following), False)


def _head(lines: list[Line], start: int, subject: str) -> Introduction | None:
    """Return the head of a mail (From, Sent, To, Subject) that begins in a line."""
    ruled = start
    if phrases.ORIGINAL.fullmatch(lines[start].bare) or phrases.RULE.fullmatch(lines[start].bare):
        ruled = next(
            (n for n in range(start + 1, min(start + 4, len(lines))) if not lines[n].blank), start
        )
    if not phrases.HEAD.match(lines[ruled].bare):
        return None
    kinds, named, end = set(), 0, ruled
    addressed = titled = dated = False
    for number in range(ruled, min(ruled + _LINES_OF_HEAD, len(lines))):
        bare = lines[number].bare
        match = phrases.HEAD.match(bare)
        if match is None:
            if not bare and named >= 3:
                break
            continue  # a long list of people, or a line between
        named, end = named + 1, number + 1
        kind = phrases.KIND_OF_HEAD.get(match[1].strip().casefold(), "")
        kinds.add(kind)
        addressed |= "@" in bare
        dated |= kind == "date" and bool(re.search(r"\d", bare))
        titled |= bool(subject) and subject in bare
    known = {"from", "date"} <= kinds and len(kinds - {""}) >= 3 and dated
    # The head of a program in another language: an address, and the subject of this very mail.
    if known or (named >= 3 and addressed and titled):
        return Introduction(start, end)
    return None


# --- What is kept ---------------------------------------------------------------------------
def _unintroduced(lines: list[Line], names: Sequence[str]) -> list[str]:
    """Return the lines of a mail in which nothing announces a quotation."""
    end = len(lines)
    while end and (lines[end - 1].quoted or lines[end - 1].blank):
        end -= 1
    if end and sum(line.quoted for line in lines[end:]) >= _QUOTED_AT_END:
        lines = lines[:end]
    return unsigned([line.text for line in lines], names)


def _woven(own: list[str], below: list[Line], names: Sequence[str]) -> list[str]:
    """Return what is new above, between and below quoted lines, with the lines it answers."""
    blocks = _blocks(below)
    if blocks and not blocks[-1][0]:
        last = unsigned([line.text for line in blocks[-1][1]], names)
        blocks[-1] = (False, [_line(text) for text in last])
    blocks = [block for block in blocks if any(not line.blank for line in block[1])]
    while blocks and blocks[-1][0]:
        blocks.pop()  # what nobody answered
    answers = [lines for quoted, lines in blocks if not quoted]
    if not any(own) and len(answers) == 1 and blocks[0][0]:
        return [line.text for line in answers[0]]
    woven = list(own)
    for _quoted, lines in blocks:
        # The blank line keeps an answer from becoming a part of what it answers.
        woven += ["", *(line.text for line in _without_attribution(lines)), ""]
    return woven


def _blocks(lines: list[Line]) -> list[tuple[bool, list[Line]]]:
    """Return runs of quoted and of other lines; blank ones belong to the run before them."""
    blocks: list[tuple[bool, list[Line]]] = []
    for line in lines:
        if blocks and (blocks[-1][0] == line.quoted or (line.blank and not line.quoted)):
            blocks[-1][1].append(line)
        elif not line.blank:
            blocks.append((line.quoted, [line]))
    return blocks


def _without_attribution(lines: list[Line]) -> list[Line]:
    first = next((number for number, line in enumerate(lines) if not line.blank), 0)
    found = _attribution(lines, first) if lines and lines[first].quoted else None
    start, end = found.end if found else first, len(lines)
    while start < end and lines[start].blank:
        start += 1
    while end > start and lines[end - 1].blank:
        end -= 1
    return lines[start:end]


def _joined(lines: list[str]) -> str:
    """Return lines as one text, with one blank line where there were more."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
