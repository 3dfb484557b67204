"""Every way to make something public: each writes `WORD` where everybody would read it."""

from datetime import timedelta

from django.utils import timezone
from wagtail.actions import CopyPageAction, CreatePageAliasAction, PublishPageRevisionAction
from wagtail.models import Page, PageViewRestriction

from pages.models import HomePage, StandardPage
from tests.factories import home, plain_page

# What must not become public; other tests put a sentence of their own here.
WORD = "Quetzalcoatlus"


def draft(title="Draft", parent=None, **fields):
    page = StandardPage(title=title, slug="draft", live=False, summary=WORD, **fields)
    (parent or home()).add_child(instance=page)
    page.save_revision()
    return page


def said_in_public():
    """Whether the word stands in a page that is live, in whatever language or section."""
    rows = [*StandardPage.objects.live(), *HomePage.objects.live()]
    titles = Page.objects.live().values_list("title", flat=True)
    return any(WORD in row.summary for row in rows) or any(WORD in title for title in titles)


def closed(page):
    return PageViewRestriction.objects.create(page=page, restriction_type="login")


def slipped_in(parent):
    """A live page from before the condition was made."""
    page = draft(parent=parent)
    StandardPage.objects.filter(pk=page.pk).update(live=True)
    page.refresh_from_db()
    return page


# The routes, each an attempt to make the word public.


def revision_publish():
    draft().get_latest_revision().publish()


def action_publish():
    PublishPageRevisionAction(draft().get_latest_revision()).execute()


def save_live():
    page = draft()
    page.live = True
    page.save()


def save_only_live():
    page = draft()
    page.live = True
    page.save(update_fields=["live"])


def save_live_without_its_type():
    page = Page.objects.get(pk=draft().pk)
    page.live = True
    page.save()


def save_title_without_its_type():
    page = Page.objects.get(pk=plain_page("Harmless").pk)
    page.title = WORD
    page.save()


def edit_what_is_live():
    page = plain_page("Harmless")
    page.summary = WORD
    page.save()


def edit_one_field_of_what_is_live():
    page = plain_page("Harmless")
    page.summary = WORD
    page.save(update_fields=["summary"])


def publish_a_change():
    page = plain_page("Harmless")
    page.summary = WORD
    page.save_revision().publish()


def revert():
    page = draft()
    old = page.get_latest_revision()
    page.summary = ""
    page.save_revision().publish()
    page.refresh_from_db()
    old.publish(previous_revision=page.get_latest_revision())


def add_live():
    home().add_child(instance=StandardPage(title="New", slug="new", summary=WORD))


def add_sibling_live():
    plain_page("Harmless").add_sibling(instance=StandardPage(title="N", slug="n", summary=WORD))


def schedule():
    page = draft()
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()


def schedule_by_hand():
    revision = draft().get_latest_revision()
    revision.approved_go_live_at = timezone.now() + timedelta(hours=1)
    revision.save()


def save_revision_approved():
    draft().save_revision(approved_go_live_at=timezone.now() - timedelta(hours=1))


def copy():
    page = slipped_in(home())
    closed(page)
    CopyPageAction(page, to=home(), update_attrs={"slug": "copy"}, keep_live=True).execute()


def copy_of_a_tree():
    parent = plain_page("Harmless")
    slipped_in(parent)
    Page.objects.get(pk=parent.pk).specific.copy(recursive=True, update_attrs={"slug": "copy"})


def alias():
    page = slipped_in(home())
    CreatePageAliasAction(page, parent=home(), update_slug="alias").execute()


def alias_update():
    page = plain_page("Harmless")
    page.create_alias(update_slug="alias")
    page.summary = WORD
    page.save_revision().publish()


def move():
    section = plain_page("Section")
    closed(section)
    slipped_in(section).move(home(), pos="last-child")


def move_of_a_tree():
    section = plain_page("Section")
    closed(section)
    below = plain_page("Below", parent=section)
    slipped_in(below)
    Page.objects.get(pk=below.pk).move(home(), pos="last-child")


def open_a_section():
    section = plain_page("Section")
    restriction = closed(section)
    slipped_in(section)
    restriction.delete()


def open_sections():
    section = plain_page("Section")
    closed(section)
    slipped_in(section)
    PageViewRestriction.objects.filter(page=section).delete()


def give_a_restriction_away():
    section, other = plain_page("Section"), plain_page("Other")
    restriction = closed(section)
    slipped_in(section)
    restriction.page = other
    restriction.save()


WRITE = [
    revision_publish, action_publish, save_live, save_only_live, save_live_without_its_type,
    save_title_without_its_type, edit_what_is_live, edit_one_field_of_what_is_live,
    publish_a_change, revert, add_live, add_sibling_live, alias_update,
]  # fmt: skip
PLAN = [schedule, schedule_by_hand, save_revision_approved]
OPEN = [copy, copy_of_a_tree, alias, move, move_of_a_tree, open_a_section, open_sections,
        give_a_restriction_away]  # fmt: skip
EVERY = [*WRITE, *PLAN, *OPEN]
