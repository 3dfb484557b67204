"""What each kind of finding is called, why it matters, and what to do about it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    """A kind of finding, in words for people."""

    label: Promise
    why: Promise
    advice: Promise
    answered: bool = False  # by a declaration of the author; the others by a change or a sign-off


KINDS = {
    "person": Kind(
        _("A person who can be recognised"),
        _("A name or initials stand beside an age, a relative, a home or what happened to them."),
        _("Take out the name and what leads to it. Say “a girl”, “a family from the region”."),
    ),
    "contact": Kind(
        _("How to reach a person"),
        _("An e-mail address or telephone number may be a person's own."),
        _("Name an office and its general address instead: people change posts."),
    ),
    "identifier": Kind(
        _("A number of a person"),
        _("A passport, case, identity or account number leads to one person."),
        _("Take the number out."),
    ),
    "address": Kind(
        _("An exact place"),
        _("An address or coordinates tell where somebody can be found."),
        _("Name the region or the country."),
    ),
    "birth": Kind(
        _("A date of birth"),
        _("Together with a place, a date of birth names one person in most registers."),
        _("Give an age group instead."),
    ),
    "count": Kind(
        _("A count under five"),
        _("The fewer they are, the easier it is to know who is meant."),
        _("Write “fewer than five”, or join it with another group."),
    ),
    "quotation": Kind(
        _("Words of a person"),
        _("What somebody said may be published only if they agreed."),
        _("Say where the consent is kept, or that it was said in public."),
        answered=True,
    ),
    "picture": Kind(
        _("A picture nobody has answered for"),
        _("A photograph may show a child, whose face cannot be taken back."),
        _("Say that no child can be recognised, or where the consent is kept."),
        answered=True,
    ),
    "file": Kind(
        _("A file with something in it"),
        _("Who opens the file reads this, too, and search finds it."),
        _("Upload a file without it, or ask for a sign-off."),
    ),
    "unread": Kind(
        _("A file that could not be checked"),
        _("No text was read from it, so that nobody but a reader can say what is in it."),
        _("Wait until it is read, or look at it yourself and ask for a sign-off."),
    ),
    "revisions": Kind(
        _("A Word file with comments or tracked changes"),
        _("What was deleted, and who wrote what, can still be read in it."),
        _("Accept the changes, delete the comments, and upload it again."),
    ),
}
