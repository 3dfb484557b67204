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
    assert set(answer) == {"query", "total", "results", "facets", "notice"}
    [first] = answer["results"]
    assert set(first) == {"title", "url", "kind", "country", "language", "passage", "score"}
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
