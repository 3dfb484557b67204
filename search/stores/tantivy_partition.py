"""One index of Tantivy in memory: the passages of one set of audiences, with exact statistics."""

from collections.abc import Collection, Iterable, Sequence

from tantivy import Document, Index, Query, Schema, SchemaBuilder, Searcher

from search.bridges import names
from search.bridges.shadows import English
from search.language import stems
from search.stores import WordDocument

HEAP = 64_000_000
# Tantivy counts what was removed in the statistics of BM25 until it merges the segment. A small
# index is built anew after each removal, a large one when a document left it (it was closed or
# withdrawn: nothing of it may show) or when more than this share of it was replaced.
SMALL = 5_000
MOST_REPLACED = 0.05


def _schema() -> Schema:
    builder = SchemaBuilder()
    # Everything is stored, compressed, so that an index can be built anew from itself.
    builder.add_unsigned_field("passage", stored=True, fast=True)
    builder.add_unsigned_field("document", stored=True, indexed=True)
    builder.add_text_field("labels", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("title", "heading", "body"):
        builder.add_text_field(name, stored=True, tokenizer_name="whitespace")
    builder.add_text_field("names", stored=True, tokenizer_name="whitespace", index_option="basic")
    return builder.build()


class Partition:
    """The documents of one set of audiences."""

    def __init__(self) -> None:
        self.schema = _schema()
        self.index = self._empty()
        self.searcher: Searcher = self.index.searcher()
        self.replaced = 0  # passages that may still count in the statistics

    def _empty(self) -> Index:
        index = Index(self.schema)
        index.config_reader("manual")
        return index

    def change(self, gone: Collection[int], documents: Sequence[WordDocument]) -> None:
        """Remove and add in one step."""
        before = self.searcher.num_docs
        entries = [entry for document in documents for entry in _entries(document)]
        self.searcher = self._written(self.index, gone, entries)
        removed = before + len(entries) - self.searcher.num_docs
        self.replaced += removed
        left = removed and not {*gone} <= {document.document for document in documents}
        size = self.searcher.num_docs
        if self.replaced and (left or size <= SMALL or self.replaced > MOST_REPLACED * size):
            self._build_anew()

    def _build_anew(self) -> None:
        index, old = self._empty(), self.searcher
        live = old.search(Query.all_query(), max(old.num_docs, 1), count=False).hits
        self.searcher = self._written(index, (), (old.doc(address) for _score, address in live))
        self.index, self.replaced = index, 0

    def _written(
        self, index: Index, gone: Collection[int], entries: Iterable[Document]
    ) -> Searcher:
        # A writer keeps threads; it lives only as long as it writes.
        writer = index.writer(HEAP, 1)
        for number in gone:
            # By query: deleting by term does nothing for numbers in tantivy 0.27.
            one = Query.term_query(self.schema, "document", number)
            writer.delete_documents_by_query(one)
        for entry in entries:
            writer.add_document(entry)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        return index.searcher()

    def live(self, name: str, term: str) -> int:
        """Return how many passages have a term in this field, removed ones not counted."""
        counted: int = self.searcher.doc_freq(name, term)
        if not counted or not self.replaced:
            return counted
        query = Query.term_query(self.schema, name, term)
        found = self.searcher.search(query, 1, count=True)
        return found.count or 0  # type: ignore[attr-defined]  # missing in the stubs of 0.27

    def terms_with_prefix(self, name: str, prefix: str) -> list[tuple[str, int]]:
        """Return (term, number of passages) of a field; removed ones may be counted."""
        found: list[tuple[str, int]] = self.searcher.terms_with_prefix(name, prefix)
        return found


def _entries(document: WordDocument) -> Iterable[Document]:
    language = document.language
    own_title = stems(document.title, language)
    title_keys = names.keys_in(document.title)
    labels = [f"{facet}:{code}" for facet, code in sorted(document.labels)]
    for passage in document.passages:
        english = English.read(passage.english)
        title = " ".join([*own_title, *stems(english.title, "en")])
        heading = " ".join([*stems(passage.heading, language), *stems(english.heading, "en")])
        more = " ".join((passage.shadow, english.text, english.more))
        body = " ".join([*stems(passage.text, language), *stems(more, "en")])
        keys = [*title_keys, *names.keys_in(passage.text), *english.names.split()]
        entry = Document()
        entry.add_unsigned("passage", passage.passage)
        entry.add_unsigned("document", document.document)
        entry.add_text("title", title)
        entry.add_text("heading", heading)
        entry.add_text("body", " ".join((title, heading, body)))
        entry.add_text("names", " ".join(keys))
        for label in labels:
            entry.add_text("labels", label)
        yield entry
