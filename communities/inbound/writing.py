"""The new text of a mail as a post: in Markdown that says what was written, and no more."""

import re

# Programs break lines at some width between these; whoever writes breaks them anywhere.
_NARROWEST, _WIDEST = 70, 80
_MARKS = re.compile("\\s|>|[-*+\u2022\u2013]\\s|\\d{1,3}[.)]\\s")
# At the beginning of a line: headings, numbers that Markdown would count anew, underlines, code.
_BEGINNING = re.compile(r"( {0,3})(#{1,6}(?=\s|$)|\+(?=\s)|(?:=+|-{3,}|_{3,})(?=\s*$)|~{3,})")
_NUMBER = re.compile(r"( {0,3}\d{1,9})([.)])(?=\s|$)")
# Within it: what Markdown would swallow, such as the stars of 5*3*2 and the path C:\[new].
_WITHIN = re.compile(r"\\(?=[!-/:-@\[-`{-~])|(?<=\w)\*(?=\w)|_(?=_)|(?<=_)_|&(?=#?\w{1,32};)")
_LISTS = re.compile(r" {0,3}[-*]\s")


def as_post(text: str, wrapped: bool = False) -> str:
    """Return a text as Markdown; `wrapped`: its lines may have been broken by a program."""
    lines = _rejoined(text.split("\n")) if wrapped else text.split("\n")
    return _apart([_neutral(line) for line in lines])


def _rejoined(lines: list[str]) -> list[str]:
    """Join lines that were broken because the next word found no place."""
    whole: list[list[str]] = []
    last = ""
    for line in lines:
        word = line.split(" ", 1)[0]
        full = len(last) + 1 + len(word) >= _NARROWEST and len(last) <= _WIDEST
        if last and line and full and not _MARKS.match(line) and last[0] != ">":
            whole[-1].append(line)
        else:
            whole.append([line])
        last = line
    return [" ".join(parts) for parts in whole]


def _neutral(line: str) -> str:
    """Keep a line from becoming a heading, a rule, code or a list that counts anew."""
    quoted, said = "", line
    if line.startswith(">"):
        quoted = line[: len(line) - len(line.lstrip("> "))]
        said = line[len(quoted) :]
    said = _WITHIN.sub(lambda match: "&amp;" if match[0] == "&" else f"\\{match[0]}", said)
    said = _BEGINNING.sub(r"\1\\\2", said, count=1) if _BEGINNING.match(said) else said
    said = _NUMBER.sub(r"\1\\\2", said, count=1) if _NUMBER.match(said) else said
    return f"{quoted}{said}"


def _apart(lines: list[str]) -> str:
    """Put a blank line between what is quoted and what is not: Markdown would join them."""
    told: list[str] = []
    for line in lines:
        if told and told[-1].strip() and line.strip():
            changes = told[-1].startswith(">") != line.startswith(">")
            ends_list = _LISTS.match(told[-1]) and not _LISTS.match(line)
            if changes or ends_list:
                told.append("")
        told.append(line)
    return "\n".join(told).strip()
