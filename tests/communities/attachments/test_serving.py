"""A file is handed out to whoever may read what it hangs on, at this moment, and nobody else."""

from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from communities.models import Attachment, Hiding, ShelfItem
from tests.communities import groups
from tests.communities.attachments import made
from tests.communities.attachments.conftest import attached
from tests.members import people

pytestmark = pytest.mark.django_db


def client_of(user=None):
    client = Client()
    if user:
        client.force_login(user)
    return client


def status(user, file):
    return client_of(user).get(file.get_absolute_url()).status_code


def test_members_get_it_to_save_under_its_own_name(author, file):
    answer = client_of(author).get(file.get_absolute_url())
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="report.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] in ("private, no-store", "no-store, private")
    assert int(answer["Content-Length"]) == file.size
    content = b"".join(answer.streaming_content)
    assert made.WORDS[:20] in PdfReader(BytesIO(content)).pages[0].extract_text()


@pytest.mark.parametrize(
    "name", ["تقرير.pdf", "rapport d’été.pdf", 'a"b.pdf', "é" * 200 + ".pdf"], ids=range(4)
)
def test_any_name_arrives_whole_and_in_one_header(author, thread, name):
    post = groups.reply(thread, author, attachments=attached(author, (name, made.pdf())))
    told = client_of(author).get(post.attachments.get().get_absolute_url())["Content-Disposition"]
    assert told.startswith("attachment; filename*=utf-8''") or told == (
        'attachment; filename="a_b.pdf"'
    )
    assert told.isascii()


def strangers(group):
    former = groups.member_of(group, "PER")
    former.memberships.update(left_at=timezone.now(), ending="removed")
    ended = groups.member_of(group, "CHL")
    ended.roles.update(starts="2019-01-01", ends="2020-01-01")
    return {
        "visitor": None,
        "account": people.person(),
        "member of another": groups.member_of(groups.community(), "COL"),
        "former member": former,
        "role has ended": ended,
        "secretariat": people.secretariat(),
        "administrator": people.superuser(),
    }


@pytest.mark.parametrize("asked", ["get", "head", "range", "if-none-match", "options", "post"])
def test_others_get_the_answer_that_a_missing_file_gets(group, author, file, asked):
    headers = {"range": {"Range": "bytes=0-9"}, "if-none-match": {"If-None-Match": "*"}}
    method = asked if asked in ("get", "head", "options", "post") else "get"
    # As many digits: the page for what is missing names the address.
    missing = file.get_absolute_url().replace(f"/{file.pk}/", f"/{10 ** len(str(file.pk)) - 1}/")
    for name, user in strangers(group).items():
        client = client_of(user)
        answers = [
            getattr(client, method)(path, headers=headers.get(asked, {}))
            for path in (file.get_absolute_url(), missing)
        ]
        assert [answer.status_code for answer in answers] == [404, 404], name
        closed, none = (
            {key: value for key, value in answer.items() if "Policy" not in key}
            for answer in answers
        )
        assert closed == none, name
        assert not {"ETag", "Last-Modified", "Content-Disposition", "Accept-Ranges"} & {*closed}
        assert str(file.size) not in str(closed)
    assert status(author, file) == 200


def test_a_file_is_not_found_below_another_community(author, file):
    other = groups.community(visibility="public")
    groups.join(author, other)
    path = file.get_absolute_url().replace(f"/{file.community.slug}/", f"/{other.slug}/")
    assert client_of(author).get(path).status_code == 404


def test_everybody_gets_the_files_of_a_public_community(author):
    group = groups.community(visibility="public")
    groups.join(author, group)
    files = attached(author, ("a.png", made.png()))
    thread = groups.thread(group, author, attachments=files)
    assert status(None, thread.posts.get().attachments.get()) == 200


def change_visibility(file):
    file.community.__class__.objects.filter(pk=file.community.pk).update(visibility="private")


def hide(file):
    Hiding.objects.create(post=file.post, reason="Invented")


def hide_the_first(file):
    Hiding.objects.create(post=file.post.thread.posts.get(number=1), reason="Invented")


def hold(file):
    type(file.post).objects.filter(pk=file.post_id).update(held=True)


def take_back(file):
    type(file.post).objects.filter(pk=file.post_id).update(withdrawn_at=timezone.now())


def move(file):
    type(file.post.thread).objects.filter(pk=file.post.thread_id).update(
        community=groups.community()
    )


def delete(file):
    file.post.thread.delete()


@pytest.mark.parametrize(
    "change", [hide, hide_the_first, hold, take_back, move, delete], ids=lambda each: each.__name__
)
def test_what_happens_to_its_post_happens_to_the_file_at_once(group, post, file, change):
    peer = groups.member_of(group, "MEX")
    path = file.get_absolute_url()
    client = client_of(peer)
    assert client.get(path).status_code == 200
    change(file)
    assert client.get(path).status_code == 404


def test_a_hidden_file_is_still_seen_by_its_author_and_facilitators(group, author, file):
    leading = groups.facilitator_of(group, "MEX")
    hide(file)
    assert [status(each, file) for each in (author, leading)] == [200, 200]


def test_a_community_that_is_closed_to_others_closes_its_files(author):
    group = groups.community(visibility="public")
    groups.join(author, group)
    files = attached(author, ("a.png", made.png()))
    file = groups.thread(group, author, attachments=files).posts.get().attachments.get()
    client = client_of()
    assert client.get(file.get_absolute_url()).status_code == 200
    change_visibility(file)
    assert client.get(file.get_absolute_url()).status_code == 404


def test_a_file_of_the_library_is_for_its_community(group, author):
    (file,) = attached(author, ("a.png", made.png()))
    file.item = ShelfItem.objects.create(community=group, title="Kept (invented)")
    file.save()
    assert [status(each, file) for each in (author, people.member("COL"))] == [200, 404]


def test_no_other_address_leads_to_the_file(author, file):
    """It lies beside the media, under a name of ours, readable by the site alone."""
    path = Path(file.file.path)
    assert path.is_relative_to(Path(settings.DATA_DIR) / "private")
    assert not path.is_relative_to(settings.MEDIA_ROOT)
    assert "report" not in path.name
    client = client_of(author)
    for address in (f"/media/{file.file.name}", f"/private/{file.file.name}", f"/{file.file.name}"):
        assert client.get(address, follow=True).status_code == 404


def test_a_file_that_the_disk_has_lost_is_not_there(author, file):
    file.file.storage.delete(file.file.name)
    assert status(author, file) == 404


def test_a_file_costs_few_queries(author, file, django_assert_max_num_queries):
    client = client_of(author)
    client.get(file.get_absolute_url())
    with django_assert_max_num_queries(10):
        client.get(file.get_absolute_url())
    assert Attachment.objects.count() == 1
