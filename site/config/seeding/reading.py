"""Reads the files of the demo knowledge base."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import frontmatter
import yaml
from markdown_it import MarkdownIt

DEMO = Path(__file__).resolve().parents[1] / "demo"
_markdown = MarkdownIt("commonmark", {"html": False})
# Block ids must be the same on every load, so that anchors and the index do not change.
_NAMESPACE = uuid.UUID("6f1d9bb3-6f0c-5d0a-9d5c-3a2b1c0d9e8f")


@dataclass(frozen=True)
class Entry:
    """One file: its front matter, and its Markdown by second-level heading in order."""

    path: Path
    meta: dict[str, Any]
    sections: tuple[tuple[str, str], ...]

    def section(self, heading: str) -> str:
        """Return the Markdown below a heading, empty when the file does not have it."""
        return dict(self.sections).get(heading, "")


def entries(folder: str) -> Iterator[Entry]:
    """Yield every Markdown file of a folder of the demo, by name."""
    for path in sorted((DEMO / folder).glob("*.md")):
        post = frontmatter.loads(path.read_text(encoding="utf-8"))
        yield Entry(path, dict(post.metadata), tuple(_sections(post.content)))


def listing(name: str) -> Any:
    """Return the content of a YAML file of the demo."""
    return yaml.safe_load((DEMO / name).read_text(encoding="utf-8"))


def _sections(text: str) -> Iterator[tuple[str, str]]:
    parts = re.split(r"^## +(.+)$", text, flags=re.MULTILINE)
    if parts[0].strip():
        yield "", parts[0].strip()
    for heading, body in zip(parts[1::2], parts[2::2], strict=True):
        yield heading.strip(), body.strip()


def html(markdown: str) -> str:
    """Return Markdown as the HTML that the editor's rich text would hold."""
    return str(_markdown.render(markdown)).strip()


def block(kind: str, value: object, *name: object) -> dict[str, Any]:
    """Return a stream block in its stored form; its id follows from its name alone."""
    identity = uuid.uuid5(_NAMESPACE, "/".join(str(part) for part in name))
    return {"type": kind, "value": value, "id": str(identity)}


def body_blocks(entry: Entry) -> list[dict[str, Any]]:
    """Return a file's text as heading and text blocks."""
    blocks = []
    for position, (heading, text) in enumerate(entry.sections):
        if heading:
            blocks.append(block("heading", heading, entry.meta["id"], position, "heading"))
        if text:
            blocks.append(block("text", html(text), entry.meta["id"], position, "text"))
    return blocks


def step_blocks(entry: Entry) -> list[dict[str, Any]]:
    """Return the numbered list below “What was done” as steps: “1. **Title.** Text”."""
    items = re.split(r"^\d+\. +", entry.section("What was done"), flags=re.MULTILINE)
    steps = []
    for position, item in enumerate(part.strip() for part in items if part.strip()):
        match = re.match(r"\*\*(.+?)\*\*\s*(.*)", item, flags=re.DOTALL)
        title, text = (match[1].rstrip("."), match[2]) if match else ("", item)
        value = {"title": title, "text": html(re.sub(r"\n +", "\n", text))}
        steps.append(block("step", value, entry.meta["id"], position, "step"))
    return steps
