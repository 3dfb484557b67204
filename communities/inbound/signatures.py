"""What stands below every mail of somebody: name and office, telephone, warnings of lawyers."""

import re
import unicodedata
from collections.abc import Sequence

from communities.inbound import phrases

# A signature has so many lines at most, none longer than this.
_MOST_LINES = 10
_LONGEST_LINE = 110
# From so many words on, a line that ends like a sentence is one.
_WORDS_OF_SENTENCE = 6
# Words of parting are so many at most, such as "With best regards".
_PARTING = 3
# A warning speaks of so many things that only warnings speak of; alone it speaks of more.
_SUBJECTS_OF_WARNING = 2
# Signatures that stand below each other, each with its telephone or warning.
_MOST_ROUNDS = 5


def unsigned(lines: list[str], names: Sequence[str] = ()) -> list[str]:
    """Return lines without what stands below every mail of this person."""
    kept = list(lines)
    for _round in range(_MOST_ROUNDS):
        kept = _without_blank_end(kept)
        kept = _without_warnings(kept)
        kept = _without_telephone(kept)
        kept = _without_dashes(kept)
        kept = _without_name(kept, names)
    return _without_blank_end(kept)


def _without_blank_end(lines: list[str]) -> list[str]:
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    return lines[:end]


def _without_telephone(lines: list[str]) -> list[str]:
    """Leave out "Sent from my telephone" at the end."""
    last = _plain(lines[-1]) if lines else ""
    if len(last) > _LONGEST_LINE:
        return lines
    said = re.sub(r"<[^<>]*>|https?://\S+", "", last).rstrip(". ")
    return lines[:-1] if phrases.SENT_FROM.fullmatch(said) else lines


def _without_warnings(lines: list[str]) -> list[str]:
    """Leave out the last paragraph where it is a warning."""
    start = len(lines)
    while start and lines[start - 1].strip() and not _is_rule(lines[start - 1]):
        start -= 1
    told = _plain(" ".join(lines[start:])[:3000])
    subjects = {match[0].casefold() for match in phrases.LEGAL_SUBJECTS.finditer(told)}
    enough = _SUBJECTS_OF_WARNING + (not phrases.LEGAL_BEGINNINGS.match(told))
    while start and (not lines[start - 1].strip() or _is_rule(lines[start - 1])):
        start -= 1
    if phrases.FOOTERS.match(told) or len(subjects) >= enough + (start == 0):
        return lines[:start]
    return lines


def _without_dashes(lines: list[str]) -> list[str]:
    """Leave out what follows the two dashes that begin a signature (RFC 3676, 4.3)."""
    for number in range(len(lines) - 1, -1, -1):
        if lines[number] == "-- ":
            said = any(line.strip() for line in lines[:number])
            # Below a signature that stands alone somebody may have answered.
            return lines[:number] if said or _is_signature(lines[number + 1 :]) else lines
    for number in range(len(lines) - 1, max(-1, len(lines) - 2 * _MOST_LINES), -1):
        if lines[number].rstrip() in ("--", "—") and _is_signature(lines[number + 1 :]):
            return lines[:number]
    return lines


def _without_name(lines: list[str], names: Sequence[str]) -> list[str]:
    """Leave out the name of whoever writes, and the office and numbers below it."""
    wanted = [folded for name in names if (folded := _folded(name))]
    for number in range(len(lines) - 1, max(-1, len(lines) - _MOST_LINES - 4), -1):
        if len(lines[number]) > _LONGEST_LINE:
            break
        told = _folded(lines[number])
        if not any(name in told for name in wanted):
            continue
        if not _may_be_signed(lines, number):
            break
        if _is_signature(lines[number + 1 :]) and not _is_sentence(lines[number]):
            return lines[:number]
        break
    return lines


def _may_be_signed(lines: list[str], number: int) -> bool:
    """Return whether a name stands apart, or below words of parting; not in a list of people."""
    before = _plain(lines[number - 1]) if number else ""
    above = [_plain(line) for line in lines[max(0, number - 2 * _MOST_LINES) : number]]
    said = [line for line in above if line]
    if (said and said[-1].endswith(":")) or re.match(r"[-*+\u2022\u2013] ?", lines[number].strip()):
        return False
    if not before or before.endswith((",", "\u060c", "!")):
        return True
    # Words of parting without a comma stand apart themselves; names in a list do not.
    apart = len(above) < 2 or not above[-2]
    return apart and len(before.split()) <= _PARTING


def _is_signature(lines: list[str]) -> bool:
    """Return whether lines may be name, office and numbers: few, short, no sentences."""
    said = [_plain(line) for line in lines if line.strip()]
    if len(said) > _MOST_LINES or any(len(line) > _LONGEST_LINE for line in said):
        return False
    return not any(_is_sentence(line) or phrases.POSTSCRIPT.match(line) for line in said)


def _is_sentence(line: str) -> bool:
    return line.rstrip().endswith((".", "?", "!", "؟", ":")) and (
        len(line.split()) >= _WORDS_OF_SENTENCE
    )


def _is_rule(line: str) -> bool:
    return bool(phrases.RULE.fullmatch(line.strip()))


def _plain(line: str) -> str:
    unmarked = re.sub("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]", "", line)
    return re.sub(r"[\s\u00a0\u202f]+", " ", unmarked).strip(" *_")


def _folded(text: str) -> str:
    """Return a name as it is compared: without accents, marks and capitals."""
    parted = unicodedata.normalize("NFKD", text)
    letters = "".join(sign for sign in parted if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^\w\s]+", " ", letters).casefold().split())
