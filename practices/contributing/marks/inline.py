"""Bold, italic and links within a paragraph, as marks.

Marks switch something on and off; they need not be nested. A mark counts where it touches a word
and is switched off again later; everywhere else it is a character like others, so that "5 * 3"
and "file_name" mean what they say. A backslash takes a mark its meaning.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from practices.contributing.marks.blocks import Char
from practices.contributing.marks.targets import fit

SPECIAL = "\\*_[]()#+-.•"
MARKS = ("**", "*", "_")


@dataclass
class _Token:
    """A stretch of plain text, a mark, or the begin or end of a link."""

    text: str
    mark: str = ""
    opens: bool = False
    closes: bool = False
    link: str | None = None  # None: no change; "": a link ends here


def read_inline(text: str) -> tuple[Char, ...]:
    """Return the characters of what was typed, each with what its marks say of it."""
    tokens = list(_tokens(text))
    state = dict.fromkeys(MARKS, False)
    link = ""
    found: list[Char] = []
    for place, token in enumerate(tokens):
        if token.link is not None:
            link = token.link
        elif token.mark and state[token.mark] and token.closes:
            state[token.mark] = False
        elif token.mark and not state[token.mark] and _is_closed_later(tokens, place):
            state[token.mark] = True
        else:
            italic = state["*"] or state["_"]
            found += [Char(char, state["**"], italic, link) for char in token.text]
    return tuple(found)


def _is_closed_later(tokens: Sequence[_Token], place: int) -> bool:
    token = tokens[place]
    if not token.opens:
        return False
    words = False
    for later in tokens[place + 1 :]:
        if later.mark == token.mark and later.closes and words:
            return True
        words = words or not (later.mark or later.link is not None)
    return False


def _tokens(text: str) -> Iterator[_Token]:
    place, end_of_link = 0, -1
    after_link = 0
    while place < len(text):
        char = text[place]
        if place == end_of_link:
            yield _Token("", link="")
            place, end_of_link = after_link, -1
        elif char == "\\" and text[place + 1 : place + 2] and text[place + 1] in SPECIAL:
            yield _Token(text[place + 1])
            place += 2
        elif char == "[" and end_of_link < 0 and (found := _link_at(text, place)):
            end_of_link, target, after_link = found
            yield _Token("", link=target)
            place += 1
        elif char in "*_":
            mark = "**" if text.startswith("**", place) else char
            yield _mark(text, place, mark)
            place += len(mark)
        else:
            yield _Token(char)
            place += 1


def _mark(text: str, place: int, mark: str) -> _Token:
    before, after = text[:place][-1:], text[place + len(mark) :][:1]
    opens = bool(after) and not after.isspace()
    closes = bool(before) and not before.isspace()
    if mark == "_":
        opens, closes = opens and not before.isalnum(), closes and not after.isalnum()
    return _Token(mark, mark, opens, closes)


def _link_at(text: str, place: int) -> tuple[int, str, int] | None:
    """Return (place of the "]", target, place after the link) of the link that begins here."""
    end = place + 1
    while end < len(text) and text[end] != "]":
        if text[end] == "[":
            return None
        end += 2 if text[end] == "\\" else 1
    if text[end : end + 2] != "](" or end == place + 1:
        return None
    target, depth, at = "", 0, end + 2
    while at < len(text) and (text[at] != ")" or depth):
        if text[at] == "\\" and text[at + 1 : at + 2] and text[at + 1] in SPECIAL:
            at += 1
        else:
            depth += {"(": 1, ")": -1}.get(text[at], 0)
        target += text[at]
        at += 1
    target = fit(target) if at < len(text) else ""
    return (end, target, at + 1) if target else None


def write_inline(guarded: Sequence[tuple[Char, bool]]) -> str:
    """Return characters with their marks; those with True are escaped in any case."""
    chars = [char for char, _guard in guarded]
    now = _State()
    parts: list[str] = []
    for place, (state, (_char, guard)) in enumerate(zip(_states(chars), guarded, strict=True)):
        parts += [*now.until(state), _escaped(chars, place, guard)]
        now = state
    return "".join([*parts, *now.until(_State())])


@dataclass(frozen=True)
class _State:
    """What is switched on at a character."""

    bold: bool = False
    italic: str = ""  # the mark that it is written with
    link: str = ""

    def until(self, then: "_State") -> Iterator[str]:
        """Yield what to write between a character and one with another state."""
        if self.link and self.link != then.link:
            yield "](" + "".join(f"\\{char}" if char in "()" else char for char in self.link) + ")"
        if self.bold and not then.bold:
            yield "**"
        if self.italic != then.italic:
            yield self.italic
        if then.bold and not self.bold:
            yield "**"
        if self.italic != then.italic:
            yield then.italic
        if then.link and self.link != then.link:
            yield "["


def _states(chars: Sequence[Char]) -> Iterator[_State]:
    """Yield the state at each character; inside a word italic is written as `*`."""
    for is_italic, span in groupby(range(len(chars)), lambda place: chars[place].italic):
        places = list(span)
        around = chars[: places[0]][-1:], chars[places[-1] + 1 :][:1]
        inside_word = any(side[0].text.isalnum() for side in around if side)
        mark = ("*" if inside_word else "_") if is_italic else ""
        for place in places:
            yield _State(chars[place].bold, mark, chars[place].link)


def _escaped(chars: Sequence[Char], place: int, guard: bool) -> str:
    char = chars[place]
    around = [*chars[:place][-1:], *chars[place + 1 :][:1]]
    alike = all((s.bold, s.italic, s.link) == (char.bold, char.italic, char.link) for s in around)
    needed = guard or char.text == "\\"
    if char.text == "*":
        styled = char.bold or char.italic or bool(char.link)
        needed |= styled or not (alike and all(side.text.isspace() for side in around))
    elif char.text == "_":
        inside = len(around) == 2 and all(side.text.isalnum() for side in around)
        needed |= not (alike and inside)
    elif char.text in "[]":
        following = "".join(later.text for later in chars[place:])
        needed |= any(each.link for each in chars) or "](" in following
    return f"\\{char.text}" if needed else char.text
