"""Bold, italic and links within a paragraph, as marks.

Marks switch something on and off; they need not be nested. A mark counts where it touches a word
and is switched off again later; everywhere else it is a character like others, so that "5 * 3"
and "file_name" mean what they say. A backslash takes a mark its meaning.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from core.marks.blocks import Char
from core.marks.targets import fit

SPECIAL = "\\*_[]()#+-.•"
MARKS = ("**", "*", "_")
# An address longer than this, or with more brackets in brackets, is none.
LONGEST_TARGET, DEEPEST = 2000, 4
_PLAIN = re.compile(r"[^\\*_\[\]]+")


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
    is_closed_later = _closing(tokens)
    state = dict.fromkeys(MARKS, False)
    link = ""
    found: list[Char] = []
    for place, token in enumerate(tokens):
        if token.link is not None:
            link = token.link
        elif token.mark and state[token.mark] and token.closes:
            state[token.mark] = False
        elif (
            token.mark
            and not state[token.mark]
            and token.opens
            and is_closed_later(token.mark, place)
        ):
            state[token.mark] = True
        else:
            italic = state["*"] or state["_"]
            found += [Char(char, state["**"], italic, link) for char in token.text]
    return tuple(found)


def _closing(tokens: Sequence[_Token]) -> Callable[[str, int], bool]:
    """Return whether a mark at a place is switched off again later, with a word in between."""
    last = dict.fromkeys(MARKS, -1)
    next_word, words = len(tokens), [0] * len(tokens)
    for place in range(len(tokens) - 1, -1, -1):
        words[place] = next_word
        token = tokens[place]
        if token.closes and place > last[token.mark]:
            last[token.mark] = place
        if not token.mark and token.link is None:
            next_word = place
    return lambda mark, place: last[mark] > words[place]


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
            plain = _PLAIN.match(text, place)
            yield _Token(plain[0] if plain else char)
            place = plain.end() if plain else place + 1


def _mark(text: str, place: int, mark: str) -> _Token:
    end = place + len(mark)
    before, after = text[place - 1 : place] if place else "", text[end : end + 1]
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
    while at < len(text) and (text[at] != ")" or depth) and len(target) <= LONGEST_TARGET:
        if text[at] == "\\" and text[at + 1 : at + 2] and text[at + 1] in SPECIAL:
            at += 1
        else:
            depth += {"(": 1, ")": -1}.get(text[at], 0)
            if depth > DEEPEST:
                return None
        target += text[at]
        at += 1
    target = fit(target) if text[at : at + 1] == ")" else ""
    return (end, target, at + 1) if target else None


def write_inline(guarded: Sequence[tuple[Char, bool]]) -> str:
    """Return characters with their marks; those with True are escaped in any case."""
    chars = [char for char, _guard in guarded]
    linked = any(char.link for char in chars) or "](" in "".join(char.text for char in chars)
    now = _State()
    parts: list[str] = []
    for place, (state, (char, guard)) in enumerate(zip(_states(chars), guarded, strict=True)):
        escape = guard or _is_mark(chars, place) or (linked and char.text in "[]")
        parts += [*now.until(state), f"\\{char.text}" if escape else char.text]
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
        inside_word = any(each.text.isalnum() for each in _beside(chars, places[0], places[-1]))
        mark = ("*" if inside_word else "_") if is_italic else ""
        for place in places:
            yield _State(chars[place].bold, mark, chars[place].link)


def _beside(chars: Sequence[Char], first: int, last: int) -> list[Char]:
    """Return the characters before the first and after the last of a span, where there are any."""
    return [*(chars[first - 1 : first] if first else ()), *chars[last + 1 : last + 2]]


def _is_mark(chars: Sequence[Char], place: int) -> bool:
    """Return whether a character that is meant literally would be read as a mark."""
    char = chars[place]
    if char.text not in "\\*_":
        return False
    around = _beside(chars, place, place)
    alike = all((s.bold, s.italic, s.link) == (char.bold, char.italic, char.link) for s in around)
    if char.text == "*":
        styled = char.bold or char.italic or bool(char.link)
        return styled or not (alike and all(side.text.isspace() for side in around))
    if char.text == "_":
        inside = len(around) == 2 and all(side.text.isalnum() for side in around)
        return not (alike and inside)
    return True
