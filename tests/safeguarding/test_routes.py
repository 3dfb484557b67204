"""Nothing unsafe is public by any route, and each guard bears its load (I10, G21)."""

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource

from config.seeding.pages import publish
from core import publication
from core.publication import PublicationBlocked
from pages.models import StandardPage
from safeguarding.gate import condition
from tests.core import routes
from tests.factories import home, locale
from tests.permissions.mutation import without
from tests.safeguarding.pages import UNSAFE, author, draft, kinds, sign, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def unsafe(monkeypatch):
    """The real gate alone: a practice's clearance is asked for elsewhere."""
    monkeypatch.setattr(publication, "_conditions", [condition])
    monkeypatch.setattr(routes, "WORD", UNSAFE)


def by_translation():
    """A translation that says more than its original, published by wagtail-localize."""
    page = draft(text("Three ministries share the data."), slug="original")
    page.get_latest_revision().publish()
    home("fr")
    french = Locale.objects.get(language_code="fr")
    source, _new = TranslationSource.get_or_create_from_instance(
        StandardPage.objects.get(pk=page.pk)
    )
    for segment in StringSegment.objects.filter(source=source):
        StringTranslation.objects.create(
            translation_of=segment.string, locale=french, context=segment.context, data=UNSAFE
        )
    source.create_or_update_translation(french, publish=True)


def by_seed():
    page = StandardPage(title="Seeded", slug="seeded", summary=UNSAFE, locale=locale())
    publish(page, home())


def blocked(route, capture=None):
    """Whether a route is refused."""
    try:
        route()
    except PublicationBlocked:
        return True
    return False


@pytest.mark.parametrize("route", [*routes.EVERY, by_seed])
def test_no_route_leads_to_the_public(route):
    home()
    assert blocked(route)
    if route in routes.WRITE:
        assert not routes.said_in_public()


def test_no_translation_leads_to_the_public(django_capture_on_commit_callbacks):
    home()
    with pytest.raises(PublicationBlocked), django_capture_on_commit_callbacks(execute=True):
        by_translation()
    assert not StandardPage.objects.filter(locale__language_code="fr", live=True).exists()
    assert StringTranslation.objects.filter(data=UNSAFE).exists()


def test_after_a_sign_off_the_same_routes_lead_there():
    page = draft(text(UNSAFE))
    assert blocked(page.get_latest_revision().publish)
    sign(page, author("signer@example.org"))
    page.get_latest_revision().publish()
    page = StandardPage.objects.get(pk=page.pk)
    assert page.live
    alias = page.create_alias(update_slug="alias")
    assert alias.live
    page.summary = "Another summary."
    page.save_revision().publish()
    alias.refresh_from_db()
    assert alias.summary == "Another summary."


def test_a_copy_that_is_public_at_once_is_asked_for_anew():
    page = draft(text(UNSAFE))
    sign(page, author("signer@example.org"))
    page.get_latest_revision().publish()
    page = StandardPage.objects.get(pk=page.pk)
    assert blocked(lambda: page.copy(update_attrs={"slug": "copy"}))
    copy = page.copy(update_attrs={"slug": "copy"}, keep_live=False)
    assert kinds(copy) == ["person"]


def test_a_scheduled_page_with_something_new_in_it_waits_and_its_author_is_told(
    monkeypatch, django_capture_on_commit_callbacks, mailoutbox
):
    page = draft(text(UNSAFE), owner=author())
    with monkeypatch.context() as before:
        before.setattr(publication, "_conditions", [])
        page.save_revision(approved_go_live_at=timezone.now() - timezone.timedelta(hours=1))
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        call_command("publish_scheduled")
    assert not StandardPage.objects.get(pk=page.pk).live
    assert callbacks


def signed_elsewhere():
    """A sign-off of one page clears another."""
    page, other = draft(text(UNSAFE)), draft(text(UNSAFE), slug="other")
    sign(page, author("signer@example.org"))
    return not kinds(other)


def leaks(route):
    return lambda: not blocked(route)


NOT_ASKED = "(lambda *a, **k: None)("
MUTANTS = [
    ("core.publication:guard_page", "if reasons and not _was_public_like_this(page)", "if False",
     leaks(routes.save_live)),
    ("core.publication:_as_it_will_be", "isinstance(instance, instance.specific_class or Page)",
     "True", leaks(routes.save_live_without_its_type)),
    ("core.publication:_was_public_like_this", "stored.live and ", "",
     leaks(routes.save_only_live)),
    ("core.publication:_was_public_like_this", "public_content(stored) == public_content(page)",
     "True", leaks(routes.edit_what_is_live)),
    ("core.publication:guard_schedule", "require_publishable(page)", "pass",
     leaks(routes.schedule_by_hand)),
    ("core.publication:guard_move", "_require_all(", NOT_ASKED, leaks(routes.move)),
    ("core.publication:guard_opening", "_open(instance)", "pass", leaks(routes.open_a_section)),
    ("core.publication:guard_restriction", "_open(stored)", "pass",
     leaks(routes.give_a_restriction_away)),
    ("core.publication:_require_all", "require_publishable(page)", "pass",
     leaks(routes.move_of_a_tree)),
    ("safeguarding.gate:condition", "if not still", "if True", leaks(routes.revision_publish)),
    ("safeguarding.gate:_cleared", "page_id=subject, ", "", signed_elsewhere),
]  # fmt: skip


@pytest.mark.parametrize(
    ("target", "old", "new", "notices"), MUTANTS, ids=[f"{m[0]}-{m[1][:20]}" for m in MUTANTS]
)
def test_without_its_guard_a_route_is_open(target, old, new, notices):
    home()
    with without(target, old, new):
        assert notices(), "nothing noticed that this guard was gone"


NOTICES = {f"{m[0]}-{m[1][:20]}": m[3] for m in MUTANTS}


@pytest.mark.parametrize("name", NOTICES)
def test_with_its_guard_the_route_is_closed(name):
    home()
    assert not NOTICES[name]()
