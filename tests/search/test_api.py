import datetime

import pytest

from search.queue import encode_waiting


@pytest.fixture
def library(shelf):
    shelf.put(
        1,
        "Registry of Georgia",
        "The ministries share one registry of children who cross the border.",
        facets={"country": ("GEO",)},
    )
    shelf.put(2, "Census", "Everybody is counted by country of birth.", kind="guidance")
    encode_waiting.call()
    return shelf


def get(client, **parameters):
    return client.get("/api/v1/search/", parameters)


def test_the_answer_has_the_promised_shape(client, library):
    answer = get(client, q="registry of children").json()
    assert set(answer) == {"query", "total", "results", "facets", "notice", "did_you_mean"}
    [first] = answer["results"]
    told = {"title", "url", "kind", "country", "language", "passage", "reasons", "score"}
    told |= {"alike", "differs"}
    assert set(first) == told
    assert set(first["passage"]) == {"text", "heading", "page", "url"}
    assert first["country"] == ["GEO"]
    assert first["url"].startswith("http")
    assert answer["facets"]["kind"][0]["code"] == "practice"


def test_filters_and_limits(client, library):
    assert get(client, kind="guidance").json()["total"] == 1
    assert get(client, country="geo").json()["total"] == 1
    assert len(get(client, limit=1).json()["results"]) == 1


def test_several_values_of_one_filter_widen(client, library):
    assert client.get("/api/v1/search/?kind=guidance&kind=practice").json()["total"] == 2


@pytest.mark.parametrize(
    "parameters",
    [
        {"limit": "0"},
        {"limit": "51"},
        {"limit": "x"},
        {"offset": "-1"},
        {"contry": "GEO"},
        {"order": "title"},
        {"country": "<x>"},
        {"reader": "tlh"},
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_sentence(client, library, parameters):
    answer = get(client, q="registry", **parameters)
    assert answer.status_code == 422
    assert next(iter(parameters)) in answer.json()["detail"]


def test_nothing_fits_is_said(client, library):
    answer = get(client, q="best pizza recipe").json()
    assert (answer["total"], answer["results"]) == (0, [])
    assert answer["notice"]


def test_no_other_origin_is_invited(client, library):
    answer = client.get("/api/v1/search/", headers={"Origin": "https://elsewhere.example"})
    assert "Access-Control-Allow-Origin" not in answer


def test_the_documentation_loads_nothing_from_elsewhere(client, library):
    assert client.get("/api/v1/openapi.json").json()["paths"]["/api/v1/search/"]
    page = client.get("/api/v1/docs").content.decode()
    assert "swagger-ui" in page
    assert "https://" not in page
    assert 'src="//' not in page


def test_the_newest_come_first_if_asked_for(client, library):
    for number, year in ((5, 2019), (6, 2024), (7, 2021)):
        text = "The ministries share one registry of children who cross the border."
        library.put(number, f"Registry of {year}", text, date=datetime.date(year, 1, 1))
    found = get(client, q="registry of children", sort="date").json()["results"]
    assert [each["title"][-4:] for each in found[:3]] == ["2024", "2021", "2019"]
    assert get(client, q="best pizza recipe", sort="date").json()["total"] == 0


def test_a_misspelt_word_is_said_and_can_be_kept(client, library):
    answer = get(client, q="registry of chilren").json()
    assert answer["did_you_mean"] == "registry of children"
    kept = get(client, q="registry of chilren", verbatim="true").json()
    assert kept["did_you_mean"] == "registry of children"
    assert get(client, q="registry of children").json()["did_you_mean"] == ""


def test_a_word_is_spelt_as_in_texts_that_the_reader_may_open(client, library):
    library.put(9, "Ledger", "The wombats.", audiences=frozenset({"members"}))
    assert get(client, q="wombast").json()["did_you_mean"] == ""
    library.put(9, "Ledger", "The wombats.")
    assert get(client, q="wombast").json()["did_you_mean"] == "wombats"


def test_suggestions_have_the_promised_shape(client, library):
    answer = client.get("/api/v1/suggestions/", {"q": "reg"}).json()
    [first] = answer["suggestions"]
    assert answer["query"] == "reg"
    assert set(first) == {"group", "label", "note", "url", "q", "facet", "code", "count"}
    assert (first["group"], first["label"]) == ("titles", "Registry of Georgia")
    assert first["url"].startswith("http")


def test_the_country_that_asks_is_taken(client, library):
    assert get(client, **{"for": "geo", "q": "registry"}).status_code == 200


@pytest.mark.parametrize("code", ["nowhere", "C1", "X1Z", "??", "<x>"])
def test_what_is_no_country_is_refused_with_a_sentence(client, library, code):
    answer = get(client, **{"for": code, "q": "registry"})
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith("for: The country must be given by its code")


def test_a_code_that_no_country_has_is_refused_with_a_sentence(client, vocabulary, library):
    answer = get(client, **{"for": "QQQ", "q": "registry"})
    assert answer.status_code == 422
    assert "No country has this code" in answer.json()["detail"]


def test_what_is_alike_and_what_differs_is_told(client, vocabulary, library, register):
    register.record("COL", ("gap", "no-register"), ("role", "transit"))
    register.record("GEO", ("gap", "no-register"), ("role", "origin"))
    [plain] = get(client, q="registry of children").json()["results"]
    assert (plain["alike"], plain["differs"]) == ([], [])
    [first] = get(client, q="registry of children", **{"for": "col"}).json()["results"]
    label = "No register of children (invented)"
    same = {"kind": "gap", "code": "no-register", "label": label}
    assert first["alike"] == [same | {"country": "COL", "other": "GEO"}]
    origin = {"kind": "role", "code": "origin", "label": "Country of origin"}
    assert first["differs"] == [origin | {"country": "GEO", "other": "COL"}]


def test_private_facts_are_told_to_no_program(client, vocabulary, library, register):
    register.record("COL", ("gap", "no-register"))
    register.record("GEO", ("gap", "no-register"), public=False)
    [first] = get(client, q="registry of children", **{"for": "COL"}).json()["results"]
    assert (first["alike"], first["differs"]) == ([], [])


def test_the_documentation_says_what_a_country_does(client):
    described = client.get("/api/v1/openapi.json").json()
    [search] = [path for path in described["paths"] if path.endswith("/search/")]
    [asked] = [
        each for each in described["paths"][search]["get"]["parameters"] if each["name"] == "for"
    ]
    assert "alike" in asked["description"] or "alike" in asked["schema"]["description"]
