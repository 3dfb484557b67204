"""Members find what their community says among everything else; nobody else finds any of it."""

import pytest
from django.urls import reverse

from communities.models import ShelfItem
from communities.shelf.keeping import put
from search.encoding import encode_all
from search.engine import find
from search.filters import Filters
from search.models import IndexedDocument, Passage
from search.viewer import ANYONE, Viewer
from tests import factories
from tests.communities import groups
from tests.communities.attachments import made
from tests.communities.attachments.conftest import attached
from tests.communities.searching.conftest import FILED, TITLE, found, keys
from tests.members import people

pytestmark = pytest.mark.django_db


def test_words_are_found_at_the_next_query_without_a_worker(thread, answer, file, peer):
    assert keys(peer, "zzbrindle") == {f"thread:{thread.pk}"}
    assert keys(peer, "zzfirst") == {f"thread:{thread.pk}"}
    assert keys(peer, "zzanswer") == {f"post:{answer.pk}"}
    assert keys(peer, "zzfilename") == {f"attachment:{file.pk}"}
    assert keys(peer, "zzfiled") == {f"attachment:{file.pk}"}


def test_meaning_is_found_when_the_worker_has_encoded_it(thread, answer, peer):
    encode_all()
    assert keys(peer, "lorries that follow the coast road with teachers") == {f"thread:{thread.pk}"}


def test_outsiders_find_nothing_and_count_nothing(thread, answer, file, group):
    factories.practice("Schools that wander (invented)", summary="A public text on schools.")
    encode_all()
    everyone = (None, people.person(), people.member("CHL"), people.secretariat())
    for user in (*everyone, groups.member_of(groups.community(), "COL")):
        for asked in ("zzbrindle", "zzfirst", "zzanswer", "zzfiled", "zzfilename", TITLE, FILED):
            results = find(asked, Viewer.of(user))
            told = {hit.card.kind for hit in results.hits}
            assert not told & {"thread", "post", "attachment"}, asked
            assert not results.did_you_mean
        listed = find("", Viewer.of(user))
        assert listed.total == find("", ANYONE).total
        kinds = {count.code for count in listed.facets["kind"]}
        assert not kinds & {"thread", "post", "attachment"}


def test_a_thread_and_its_answers_are_one_answer(thread, answer, file, peer):
    hits, total = found(peer, "zzbrindle wandering schools")
    assert (len(hits), total) == (1, 1)
    assert found(peer, "")[1] == 1


def test_a_thread_fills_no_page_with_its_answers_where_it_says_the_word_itself_or_not(
    thread, group, asker, peer
):
    answers = [
        groups.reply(thread, peer, f"Number {number}: zzledgers of the drivers.").pk
        for number in range(12)
    ]
    other = groups.thread(group, asker, "Another (invented)", "The zzledgers elsewhere.")
    first, second = found(peer, "zzledgers")[0]
    assert {first, second} - {f"post:{pk}" for pk in answers} == {f"thread:{other.pk}"}
    results = find("zzledgers", Viewer.of(peer))
    assert results.total == 2
    counts = {each.code: each.count for each in results.facets["country"]}
    assert counts == {"GEO": 1, "MEX": 1}
    mexican = find("zzledgers", Viewer.of(peer), Filters(country=("MEX",)))
    assert (mexican.total, len(mexican.hits)) == (1, 1)
    # Who asks for answers is given each.
    assert found(peer, "zzledgers", kind=("post",))[1] == len(answers)


def test_a_title_is_suggested_once_and_an_answer_of_no_words_is_none(signed_in, thread, peer):
    for text in ("Yes.", "See https://example.org", "!", "👍"):
        groups.reply(thread, peer, text)
    page = signed_in(peer).get(reverse("search-suggestions"), {"q": "wandering"}).content.decode()
    assert page.count('role="option"') == 1
    assert len(keys(peer, "", kind=("post",))) == 2
    assert keys(peer, "zzbrindle wandering") == {f"thread:{thread.pk}"}


def test_each_kind_can_be_asked_for(thread, answer, file, peer):
    reply = file.post
    assert keys(peer, "", kind=("thread",)) == {f"thread:{thread.pk}"}
    assert keys(peer, "", kind=("post",)) == {f"post:{answer.pk}", f"post:{reply.pk}"}
    assert keys(peer, "", kind=("attachment",)) == {f"attachment:{file.pk}"}
    counts = {each.code: each.count for each in find("", Viewer.of(peer)).facets["kind"]}
    assert counts == {"thread": 1, "post": 2, "attachment": 1}


def test_an_answer_opens_at_its_place_and_a_file_as_itself(thread, answer, file, peer):
    (hit,) = find("zzanswer", Viewer.of(peer)).hits
    assert hit.card.url == hit.passage.url == answer.get_absolute_url()
    assert hit.card.url.endswith("#post-2")
    (hit,) = find("zzfiled", Viewer.of(peer)).hits
    assert hit.card.url == file.get_absolute_url()
    (hit,) = find("zzfirst", Viewer.of(peer)).hits
    assert hit.card.url == thread.get_absolute_url()


def test_a_hit_says_whose_it_is(signed_in, group, thread, answer, peer):
    page = signed_in(peer).get(reverse("search"), {"q": "zzanswer"}).content.decode()
    assert f"Only the members of {group.name} can open this." in page
    assert 'name="kind" value="post"' in page
    (hit,) = find("zzanswer", Viewer.of(peer)).hits
    assert hit.card.members_of == group.name


def test_what_a_public_community_says_is_found_by_everybody(signed_in, asker):
    public = groups.community(visibility="public")
    groups.join(asker, public)
    thread = groups.thread(public, asker, TITLE, "Said to all (invented).")
    assert keys(None, "zzbrindle") == {f"thread:{thread.pk}"}
    page = signed_in(None).get(reverse("search"), {"q": "zzbrindle"}).content.decode()
    assert public.name in page
    assert "Only the members" not in page


def test_an_answer_is_read_in_its_own_language(group, thread, peer):
    text = "Contamos a los alumnos zzviajeros con los cuadernos de los maestros de la costa."
    answer = groups.reply(thread, peer, text)
    row = IndexedDocument.objects.get(key=f"post:{answer.pk}")
    assert row.language == "es"
    assert keys(peer, "zzviajero") == {row.key}
    short = groups.reply(thread, peer, "¡Gracias!")
    assert IndexedDocument.objects.get(key=f"post:{short.pk}").language == "en"


def test_a_text_is_read_once(thread, group, asker):
    long = groups.thread(group, asker, "Long (invented)", "Each word of it counts once. " * 12)
    for each in (thread, long):
        passages = Passage.objects.filter(document__key=f"thread:{each.pk}")
        assert [passage.anchor for passage in passages] == ["post-1"]


def test_a_community_gives_its_texts_what_it_is_about(vocabulary, asker):
    group = groups.community(region="145", themes=["registers"])
    groups.join(asker, group)
    thread = groups.thread(group, asker)
    (file,) = attached(asker, ("a.png", made.png()))
    put(ShelfItem(title="Kept (invented)"), file, group, asker)
    for key in (f"thread:{thread.pk}", f"attachment:{file.pk}"):
        facets = IndexedDocument.objects.get(key=key).facets
        assert facets == {"country": ["GEO"], "region": ["145", "142"], "theme": ["registers"]}
    assert keys(asker, "", theme=("registers",)) == {f"thread:{thread.pk}", f"attachment:{file.pk}"}
    assert keys(asker, "", region=("142",), country=("GEO",), kind=("thread",))


def test_names_of_those_who_are_called_are_no_words_of_a_post(group, thread, asker, peer):
    asker.first_name, asker.last_name = "Zzname", "Zzfamily"
    asker.save()
    groups.reply(thread, peer, "Dear @Zzname Zzfamily, thanks.", mentioned=[asker.pk])
    assert keys(peer, "Zzfamily") == set()


def test_members_of_both_find_both(group, thread, asker):
    other = groups.community()
    groups.join(asker, other)
    second = groups.thread(other, asker, "Another zzbrindle (invented)")
    assert keys(asker, "zzbrindle") == {f"thread:{thread.pk}", f"thread:{second.pk}"}


def test_filters_and_suggestions_of_others_know_nothing_of_it(signed_in, thread, peer):
    def told(user, address, **asked):
        return signed_in(user).get(address, asked).content.decode().lower()

    place = reverse("search-suggestions")
    assert "zzbrindle" in told(peer, place, q="zzbr")
    for user in (None, people.member("CHL")):
        assert "wandering" not in told(user, place, q="zzbr")
        assert "discussions" not in told(user, place, q="discuss")
        assert told(user, reverse("search"), q="zzbrindle").count("zzbrindle") == told(
            user, reverse("search"), q="zznothing"
        ).count("zznothing")


def test_what_is_kept_of_questions_without_an_answer_knows_no_word_of_it(group, asker):
    from search.gaps import public_words

    for number in range(4):
        groups.thread(group, asker, f"Zzsecretword {number}", "A zzsecretword in small letters.")
    assert public_words("zzsecretword", "en") == []
    public = groups.community(visibility="public")
    groups.join(asker, public)
    for number in range(4):
        groups.thread(public, asker, f"Zzopenword {number}", "A zzopenword in small letters.")
    assert public_words("zzopenword", "en") == ["zzopenword"]


def test_showing_asks_the_database_alone(group, thread, answer, file, peer):
    """What the index has not heard of is gone all the same."""
    viewer = Viewer.of(peer)
    assert found(peer, "zzanswer")[1] == 1
    group.memberships.filter(user=peer).update(left_at="2026-01-01T00:00Z", ending="removed")
    fresh = type(peer).objects.get(pk=peer.pk)
    for asked in ("zzbrindle", "zzanswer", "zzfiled"):
        assert found(fresh, asked) == ([], 0)
    type(thread).objects.filter(pk=thread.pk).update(community=groups.community())
    assert find("zzanswer", viewer, Filters()).total == 0
    assert find("zzfiled", viewer, Filters()).total == 0
