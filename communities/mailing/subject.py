"""The subject of a digest: what is in it and where, without a word of what is private."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.mailing.digest import Counts, Digest
from communities.mailing.words import listed
from communities.models import Community


def subject_of(digest: Digest) -> str:
    """Return a line such as "3 questions, 2 answers in Latin America; 4 new texts"."""
    counts = digest.counts
    parts = []
    if said := _said(counts):
        told = {"what": listed(said), "where": _where(digest.places)}
        parts.append(_("%(what)s in %(where)s") % told)
    if counts.works:
        parts.append(
            ngettext(
                "%(n)d text on what you follow", "%(n)d texts on what you follow", counts.works
            )
            % {"n": counts.works}
        )
    if len(parts) > 1:
        return _("%(said)s; %(works)s") % {"said": parts[0], "works": parts[1]}
    return parts[0] if parts else ""


def _said(counts: Counts) -> list[str]:
    parts = [
        (counts.questions, ngettext("%(n)d question", "%(n)d questions", counts.questions)),
        (counts.answers, ngettext("%(n)d answer", "%(n)d answers", counts.answers)),
        (
            counts.contributions,
            ngettext("%(n)d contribution", "%(n)d contributions", counts.contributions),
        ),
    ]
    return [text % {"n": n} for n, text in parts if n]


def _where(places: list[Community]) -> str:
    """Return where it was said; the name of a private community is no matter for a subject."""
    if len(places) > 1:
        return ngettext("%(n)d community", "%(n)d communities", len(places)) % {"n": len(places)}
    return _("a private community") if places[0].is_private else places[0].name
