import io
from collections import Counter

import pytest
from django.core.management import call_command

from vocabulary import files
from vocabulary.kinds import KINDS, LANGUAGES
from vocabulary.models import ActionPoint, Concept, ConceptLabel, Theme

pytestmark = pytest.mark.django_db


def load(**options):
    out = io.StringIO()
    call_command("load_vocabulary", stdout=out, **options)
    return out.getvalue()


def test_every_term_stands_in_all_four_languages_under_one_key(vocabulary):
    for model in KINDS.values():
        rows = list(model.objects.select_related("locale"))
        per_code = Counter(row.code for row in rows)
        assert set(per_code.values()) == {len(LANGUAGES)}
        keys = {(row.code, row.translation_key) for row in rows}
        assert len(keys) == len(per_code)
        assert all(row.label.strip() for row in rows)


def test_the_field_has_at_least_150_concepts(vocabulary):
    assert Concept.objects.filter(locale__language_code="en").count() >= 150
    assert not Concept.objects.filter(locale__language_code="en", definition="").exists()


def test_the_agreed_codes_are_there(vocabulary):
    def codes(kind):
        rows = KINDS[kind].objects.filter(locale__language_code="en").order_by("sort_order")
        return list(rows.values_list("code", flat=True))

    assert codes("action_point") == ["1", "2", "3", "4", "5"]
    assert len(codes("theme")) == 21
    assert codes("data_source")[:3] == ["census", "survey", "administrative"]
    assert len(codes("population")) == 12
    assert len(codes("disaggregation")) == 11
    assert len(codes("country")) == 249


def test_a_second_load_changes_nothing(vocabulary):
    before = {
        kind: sorted(model.objects.values_list("pk", "label")) for kind, model in KINDS.items()
    }
    others = sorted(ConceptLabel.objects.values_list("pk", "label"))
    said = load()
    assert " new" not in said
    assert " updated" not in said
    assert sorted(ConceptLabel.objects.values_list("pk", "label")) == others
    for kind, model in KINDS.items():
        assert sorted(model.objects.values_list("pk", "label")) == before[kind]


def test_what_an_editor_changed_or_deleted_stays_so(vocabulary):
    theme = Theme.objects.get(code="transit", locale__language_code="fr")
    theme.label = "Passage"
    theme.save()
    Theme.objects.get(code="health", locale__language_code="fr").delete()
    assert "1 kept as edited, 1 left deleted" in load()
    theme.refresh_from_db()
    assert theme.label == "Passage"


def test_an_editors_other_label_stays(vocabulary):
    concept = Concept.objects.get(code="egriss", locale__language_code="en")
    concept.other_labels.add(ConceptLabel(label="The expert group", sort_order=99))
    concept.save()
    assert "1 kept as edited" in load()
    assert concept.other_labels.filter(label="The expert group").exists()


def test_reset_takes_the_files_version_again(vocabulary):
    Theme.objects.filter(code="transit", locale__language_code="fr").update(label="Passage")
    Theme.objects.get(code="health", locale__language_code="fr").delete()
    load(reset=True)
    assert Theme.objects.get(code="transit", locale__language_code="fr").label == "Transit"
    assert Theme.objects.get(code="health", locale__language_code="fr").label == "Santé"


def test_a_changed_file_changes_what_no_editor_touched(vocabulary, monkeypatch):
    from dataclasses import replace

    from vocabulary.records import Wording

    themes = files.terms("themes")
    changed = replace(themes[0], wordings={**themes[0].wordings, "en": Wording("Moving lawfully")})
    monkeypatch.setitem(files.READERS, "theme", lambda: [changed, *themes[1:]])
    assert "themes: 1 updated, 83 unchanged" in load()
    assert Theme.objects.filter(label="Moving lawfully", code="regular-migration").exists()


def test_the_first_action_point_was_widened_in_2022(vocabulary):
    point = ActionPoint.objects.get(code="1", locale__language_code="en")
    versions = [(version.since, version.label) for version in point.versions.all()]
    assert versions == [
        (2022, "Disaggregate data by age, sex and migratory status"),
        (2018, "Disaggregate data by age and sex"),
    ]
    assert point.label == versions[0][1]


def test_egris_egirs_and_egriss_are_one_concept(vocabulary):
    for name in ("EGRIS", "EGIRS", "EGRISS"):
        codes = ConceptLabel.objects.filter(label__iexact=name).values_list("concept__code")
        assert set(codes) == {("egriss",)}


def test_no_name_leads_to_two_concepts():
    from vocabulary import words

    bearers = {}
    for record in files.concepts():
        for wording in record.wordings.values():
            for name in (wording.label, *wording.other, *wording.hidden):
                stems = tuple(words.stem(word) for word, _start, _end in words.split(name))
                bearers.setdefault(stems, set()).add(record.code)
    assert {stems: codes for stems, codes in bearers.items() if len(codes) > 1} == {}


def test_a_new_term_gets_a_code_of_its_label(vocabulary):
    from wagtail.models import Locale

    english = Locale.objects.get(language_code="en")
    first = Theme.objects.create(label="Sea rescue", locale=english)
    second = Theme.objects.create(label="Sea rescue", locale=english)
    assert first.code == "sea-rescue"
    assert second.code.startswith("sea-rescue-")
    french = first.copy_for_translation(Locale.objects.get(language_code="fr"))
    french.save()
    assert french.code == "sea-rescue"
