import io

import pytest
from django.core.management import CommandError, call_command
from rdflib import Graph
from rdflib.compare import isomorphic

from vocabulary import files, skos
from vocabulary.models import Concept, ConceptLabel
from vocabulary.records import read
from vocabulary.stamp import one_touch

HEAD = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix : <urn:example:> .
"""


def run(command, *arguments, **options):
    out = io.StringIO()
    call_command(command, *map(str, arguments), stdout=out, **options)
    return out.getvalue()


@pytest.mark.parametrize("ending", ["ttl", "jsonld", "rdf"])
def test_nothing_is_lost_on_the_way_out(vocabulary, tmp_path, ending):
    concepts = read("concept")
    path = tmp_path / f"concepts.{ending}"
    assert f"{len(concepts)} concepts" in run("export_skos", path)
    assert {record.code: record for record in skos.parse(path)} == concepts


def test_nothing_is_lost_on_the_way_in(vocabulary, tmp_path):
    before = read("concept")
    path = tmp_path / "concepts.ttl"
    run("export_skos", path)
    with one_touch():
        Concept.objects.filter(code__startswith="data-").delete()
        Concept.objects.filter(code="egriss", locale__language_code="ar").update(label="x")
    assert read("concept") != before
    run("import_skos", path)
    assert read("concept") == before


def test_importing_again_changes_nothing(vocabulary, tmp_path):
    path = tmp_path / "concepts.ttl"
    run("export_skos", path)
    rows = sorted(ConceptLabel.objects.values_list("pk", flat=True))
    assert "0 new, 0 updated" in run("import_skos", path)
    assert sorted(ConceptLabel.objects.values_list("pk", flat=True)) == rows


def test_an_export_is_the_same_text_each_time_and_that_of_the_files(vocabulary, tmp_path):
    run("export_skos", tmp_path / "one.ttl")
    run("export_skos", tmp_path / "two.ttl")
    assert (tmp_path / "one.ttl").read_text() == (tmp_path / "two.ttl").read_text()
    ours = Graph().parse(str(files.DATA / "concepts.ttl"))
    assert isomorphic(ours, Graph().parse(str(tmp_path / "one.ttl")))


def test_a_foreign_file_is_taken_over(db, tmp_path):
    path = tmp_path / "foreign.ttl"
    path.write_text(
        HEAD + ':boat a skos:Concept ; skos:prefLabel "Boat"@en, "Bateau"@fr ; '
        'skos:altLabel "ship"@en ; skos:hiddenLabel "bote"@en ; skos:broader :vessel .\n'
        ':vessel a skos:Concept ; skos:prefLabel "Vessel"@en .\n'
    )
    assert "3 new" in run("import_skos", path)
    boat = Concept.objects.get(code="boat", locale__language_code="fr")
    assert (boat.label, boat.broader.code) == ("Bateau", "vessel")
    english = Concept.objects.get(code="boat", locale__language_code="en")
    assert {(row.label, row.hidden) for row in english.other_labels.all()} == {
        ("ship", False),
        ("bote", True),
    }
    assert english.translation_key == boat.translation_key


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        (":a a skos:Concept ;; skos:prefLabel .", "line 3"),
        (":a a skos:Concept", "ends in the middle"),
        ("", "holds no skos:Concept"),
        (':a a skos:Concept ; skos:prefLabel "A"@fr .', "no skos:prefLabel in “en”"),
        (':a a skos:Concept ; skos:prefLabel "A"@en, "B"@en .', "more than one skos:prefLabel"),
        (':a a skos:Concept ; skos:prefLabel "A"@en ; skos:altLabel "b" .', "needs a language"),
        (':a a skos:Concept ; skos:prefLabel "A"@en ; skos:broader :z .', "not in this file"),
        (':a a skos:Concept ; skos:prefLabel "A"@en ; skos:notation "a b" .', "is no code"),
        (
            ':a a skos:Concept ; skos:prefLabel "A"@en ; skos:broader :b . '
            ':b a skos:Concept ; skos:prefLabel "B"@en ; skos:broader :a .',
            "broader than itself",
        ),
        (f':a a skos:Concept ; skos:prefLabel "{"x" * 300}"@en .', "over 255 letters"),
    ],
)
def test_a_bad_file_is_refused_with_the_place(db, tmp_path, body, complaint):
    path = tmp_path / "bad.ttl"
    path.write_text(HEAD + body)
    with pytest.raises(CommandError) as refused:
        run("import_skos", path)
    assert complaint in str(refused.value)
    assert "bad.ttl" in str(refused.value)
    assert not Concept.objects.filter(code__in=["a", "b"]).exists()


def test_a_missing_or_nameless_file_is_refused(db, tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        run("import_skos", tmp_path / "nowhere.ttl")
    with pytest.raises(CommandError, match="name the format"):
        run("export_skos", tmp_path / "concepts.txt")


def test_everybody_may_take_the_concepts_home(vocabulary, client):
    response = client.get("/vocabulary/concepts.ttl")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/turtle")
    assert len(list(Graph().parse(data=response.content, format="turtle"))) > 5000
    again = client.get("/vocabulary/concepts.ttl", headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304
    assert client.get("/vocabulary/concepts.jsonld")["Content-Type"].startswith("application/ld+")
    assert client.get("/vocabulary/concepts.exe").status_code == 404


def test_the_format_follows_the_ending():
    assert skos.format_of(files.DATA / "concepts.ttl") == "turtle"
