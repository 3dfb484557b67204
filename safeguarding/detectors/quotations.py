"""Words of a person in quotation marks, said in the text: they need the person's consent."""

import re
from collections.abc import Iterator

# In which somebody speaks of themselves. "We" is what offices say, and needs nobody's consent.
QUOTED = re.compile(
    r"[\"\u201c\u201d\u00ab]([^\"\u201c\u201d\u00ab\u00bb]{25,600})[\"\u201c\u201d\u00bb]"
)
SELF = re.compile(
    r"\b(?:I|I'm|I've|my|me|yo|mi|mis|me|je|j'ai|j'étais"
    r"|mon|ma|mes|moi)\b|انا|كنت|لست|امي|ابي"
)
SAID = re.compile(
    r"\b(?:said|says|told|recalls?|explain(?:s|ed)|remember(?:s|ed)|dijo|dice|contó|cuenta|relata"
    r"|relató|recuerda|explica|a dit|dit|raconte|a raconté|explique|témoigne|se souvient|confie)\b"
    r"|قالت?|[يت]قول|روي|روت|[يت]روي|[يت]تذكر",
)


def find(text: str) -> Iterator[str]:
    """Yield what a person says of themselves in a normalised sentence."""
    for match in QUOTED.finditer(text):
        if SELF.search(match.group(1)) and (SAID.search(text) or " I " in f" {match.group(1)} "):
            yield match.group(1)
