"""Concepts as SKOS (https://www.w3.org/TR/skos-reference/), read and written with rdflib.

A concept's code is its `skos:notation`, or else the last part of its address. Preferred,
alternative and hidden labels and definitions carry a language; `skos:broader` names one concept.
"""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from rdflib import RDF, SKOS, Graph, Literal, URIRef
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.term import Node

from vocabulary.kinds import LANGUAGES
from vocabulary.records import Record, Wording

SCHEME = URIRef("urn:x-practice-exchange:concepts")
CONCEPT = "urn:x-practice-exchange:concept:"
FORMATS = {".ttl": "turtle", ".jsonld": "json-ld", ".json": "json-ld", ".rdf": "xml", ".xml": "xml"}
CODE = re.compile(r"[-a-zA-Z0-9_]{1,80}")
LONGEST_LABEL = 255


class SkosError(ValueError):
    """A file that cannot be taken over; `problems` names each place and what to mend there."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def format_of(path: Path) -> str:
    """Return rdflib's name of the format that a file's ending stands for."""
    try:
        return FORMATS[path.suffix.lower()]
    except KeyError:
        endings = ", ".join(FORMATS)
        raise SkosError([f"{path.name}: name the format, or use one of {endings}."]) from None


def parse(path: Path, file_format: str | None = None) -> list[Record]:
    """Return the concepts of a file, by code; `SkosError` lists all that is wrong with it."""
    graph = Graph()
    try:
        graph.parse(str(path), format=file_format or format_of(path))
    except BadSyntax as error:
        place = f"{path.name}, line {error.lines + 1}"
        raise SkosError([f"{place}: not valid Turtle ({error.message})."]) from error
    except IndexError as error:  # how rdflib's Turtle parser meets an unexpected end
        raise SkosError([f"{path.name}: ends in the middle of a statement."]) from error
    except SkosError:
        raise
    except OSError as error:
        raise SkosError([f"{path}: cannot be read ({error.strerror})."]) from error
    except Exception as error:  # rdflib's parsers raise whatever their libraries raise
        raise SkosError([f"{path.name}: cannot be read as SKOS ({error})."]) from error
    return _Reader(graph, path.name).records()


class _Reader:
    """Turns a graph into records and collects every problem on the way."""

    def __init__(self, graph: Graph, name: str) -> None:
        self.graph = graph
        self.name = name
        self.problems: list[str] = []

    def records(self) -> list[Record]:
        nodes = sorted(set(self.graph.subjects(RDF.type, SKOS.Concept)), key=str)
        if not nodes:
            raise SkosError([f"{self.name}: holds no skos:Concept."])
        codes = {node: self._code(node) for node in nodes}
        twice = [code for code, count in Counter(codes.values()).items() if code and count > 1]
        self.problems += [f"{self.name}, {code}: two concepts have this code." for code in twice]
        records = [self._record(node, codes) for node in nodes]
        self._check_circles({record.code: record.parent for record in records})
        if self.problems:
            raise SkosError(self.problems)
        return sorted(records, key=lambda record: record.code)

    def _say(self, node: Node, problem: str) -> None:
        self.problems.append(f"{self.name}, {node}: {problem}")

    def _code(self, node: Node) -> str:
        notations = sorted(str(value) for value in self.graph.objects(node, SKOS.notation))
        code = notations[0] if notations else re.split(r"[/#:]", str(node))[-1]
        if len(notations) > 1:
            self._say(node, f"has {len(notations)} skos:notation; keep one.")
        if not CODE.fullmatch(code):
            self._say(node, f"“{code}” is no code: letters, digits, - and _, at most 80.")
        return code

    def _record(self, node: Node, codes: dict[Node, str]) -> Record:
        preferred = self._texts(node, SKOS.prefLabel, LONGEST_LABEL)
        other = self._texts(node, SKOS.altLabel, LONGEST_LABEL)
        hidden = self._texts(node, SKOS.hiddenLabel, LONGEST_LABEL)
        definitions = self._texts(node, SKOS.definition)
        for what, texts in (("prefLabel", preferred), ("definition", definitions)):
            for language in (language for language, found in texts.items() if len(found) > 1):
                self._say(node, f"has more than one skos:{what} in “{language}”; keep one.")
        if LANGUAGES[0] not in preferred:
            self._say(node, "has no skos:prefLabel in “en”, which the others fall back to.")
        for language in sorted((set(other) | set(hidden) | set(definitions)) - set(preferred)):
            self._say(node, f"has labels in “{language}” but no skos:prefLabel in it.")
        return Record(
            code=codes[node],
            parent=self._parent(node, codes),
            wordings={
                language: Wording(
                    label=texts[0],
                    definition=definitions.get(language, [""])[0],
                    other=tuple(other.get(language, ())),
                    hidden=tuple(hidden.get(language, ())),
                )
                for language, texts in preferred.items()
            },
        )

    def _texts(self, node: Node, predicate: URIRef, longest: int = 0) -> dict[str, list[str]]:
        """Return {language: texts in alphabetical order} of one predicate."""
        found: dict[str, list[str]] = {}
        name = predicate.fragment
        for value in self.graph.objects(node, predicate):
            language = getattr(value, "language", None)
            text = " ".join(str(value).split())
            if language not in LANGUAGES:
                wanted = ", ".join(LANGUAGES)
                self._say(node, f"skos:{name} “{text[:60]}” needs a language of {wanted}.")
            elif not text or (longest and len(text) > longest):
                self._say(node, f"skos:{name} in “{language}” is empty or over {longest} letters.")
            else:
                found.setdefault(str(language), []).append(text)
        return {language: sorted(texts) for language, texts in sorted(found.items())}

    def _parent(self, node: Node, codes: dict[Node, str]) -> str:
        broader = sorted(set(self.graph.objects(node, SKOS.broader)), key=str)
        if len(broader) > 1:
            self._say(node, f"has {len(broader)} skos:broader; keep one.")
        if not broader:
            return ""
        if broader[0] not in codes:
            self._say(node, f"skos:broader {broader[0]} is not in this file.")
            return ""
        return codes[broader[0]]

    def _check_circles(self, parents: dict[str, str]) -> None:
        for start in parents:
            seen, code = {start}, parents[start]
            while code and code not in seen:
                seen.add(code)
                code = parents.get(code, "")
            if code == start:
                self.problems.append(f"{self.name}, {start}: is broader than itself.")


def graph_of(records: Iterable[Record]) -> Graph:
    """Return concepts as one SKOS concept scheme."""
    graph = Graph()
    graph.bind("skos", SKOS)
    graph.add((SCHEME, RDF.type, SKOS.ConceptScheme))
    graph.add((SCHEME, SKOS.prefLabel, Literal("Concepts of the Practice Exchange", lang="en")))
    for record in records:
        node = URIRef(CONCEPT + record.code)
        graph.add((node, RDF.type, SKOS.Concept))
        graph.add((node, SKOS.inScheme, SCHEME))
        graph.add((node, SKOS.notation, Literal(record.code)))
        if record.parent:
            graph.add((node, SKOS.broader, URIRef(CONCEPT + record.parent)))
        for language, wording in record.wordings.items():
            graph.add((node, SKOS.prefLabel, Literal(wording.label, lang=language)))
            if wording.definition:
                graph.add((node, SKOS.definition, Literal(wording.definition, lang=language)))
            for text in wording.other:
                graph.add((node, SKOS.altLabel, Literal(text, lang=language)))
            for text in wording.hidden:
                graph.add((node, SKOS.hiddenLabel, Literal(text, lang=language)))
    return graph


def serialise(records: Iterable[Record], file_format: str = "turtle") -> str:
    """Return concepts as the text of a file: turtle, json-ld or xml (RDF/XML)."""
    text = graph_of(records).serialize(format=file_format)
    # rdflib ends Turtle with two line breaks, which editors and git complain of.
    return text.rstrip("\n") + "\n"
