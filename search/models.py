"""The index as rows: the truth from which every process fills its own caches."""

import hashlib
import secrets

from django.conf import settings
from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _


def _new_epoch() -> str:
    return secrets.token_hex(16)


class _Tick:
    """Stands among what Django does on commit, so that a rollback (of a savepoint too) drops it."""

    def __call__(self) -> None:
        """Do nothing."""


class Clock(models.Model):
    """One row that counts changes.

    `tick` locks the row until the transaction ends, so that the numbers appear in the order of
    the commits: who has read number n has read everything up to n, on PostgreSQL as well.
    """

    value = models.BigIntegerField(default=0)
    # Numbers of another database (or of one emptied in between) must not be compared.
    epoch = models.CharField(max_length=32, default=_new_epoch)

    def __str__(self) -> str:
        return str(self.value)

    @classmethod
    def tick(cls) -> int:
        """Return the next number; must be the first write of a transaction on the index."""
        if not transaction.get_connection().in_atomic_block:
            raise RuntimeError("Clock.tick() outside of a transaction would order nothing.")
        if not cls.objects.filter(pk=1).update(value=F("value") + 1):
            cls.objects.get_or_create(pk=1)
            cls.objects.filter(pk=1).update(value=F("value") + 1)
        transaction.on_commit(_Tick())
        return cls.objects.values_list("value", flat=True).get(pk=1)

    @classmethod
    def unsettled(cls) -> tuple[object, ...]:
        """Return one object for each tick of the transaction under way, () outside of one.

        Such changes may still be rolled back, and their numbers then be given to others.
        """
        waiting = transaction.get_connection().run_on_commit
        return tuple(each[1] for each in waiting if isinstance(each[1], _Tick))

    @classmethod
    def now(cls) -> tuple[str, int]:
        """Return (epoch, number of the last committed change); ("", 0) before the first."""
        row = cls.objects.filter(pk=1).values_list("epoch", "value").first()
        return row or ("", 0)

    @classmethod
    def restart(cls) -> None:
        """Make every process forget its caches and read all rows again."""
        cls.objects.filter(pk=1).update(epoch=_new_epoch())


class IndexedDocument(models.Model):
    """A document as its source last described it; a withdrawn one keeps only key and number."""

    key = models.CharField(max_length=200, unique=True)
    source = models.CharField(max_length=50, db_index=True)
    kind = models.CharField(max_length=50, blank=True)
    title = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    language = models.CharField(max_length=20, blank=True)
    work = models.CharField(max_length=200, blank=True)
    facets = models.JSONField(default=dict)
    audiences = models.JSONField(default=list)
    date = models.DateField(null=True)
    available_from = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    weight = models.FloatField(default=1.0)
    part_of = models.CharField(max_length=200, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    state_hash = models.CharField(max_length=64, blank=True)
    withdrawn = models.BooleanField(default=False)
    seq = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return self.key


class Passage(models.Model):
    """A stretch of a document that is encoded and found on its own.

    Text and place of a row never change (its position may): a changed passage is a new row, so
    that a vector can never belong to another text.
    """

    document = models.ForeignKey(IndexedDocument, on_delete=models.CASCADE, related_name="passages")
    position = models.PositiveIntegerField()
    heading = models.TextField(blank=True)  # the heading path in one line
    page = models.PositiveIntegerField(null=True)
    anchor = models.CharField(max_length=255, blank=True)
    text = models.TextField(blank=True)
    # English words for a text in another language: encoded and searched, never shown.
    shadow = models.TextField(blank=True)
    # The whole passage in English (search.bridges.shadows.English), made by the worker in this way.
    english = models.TextField(blank=True)
    shadow_recipe = models.CharField(max_length=100, blank=True, db_index=True)
    digest = models.CharField(max_length=64)  # SHA-256 of what is encoded and where it stands
    vector = models.BinaryField(null=True)  # float32, little-endian, unit length
    fingerprint = models.CharField(max_length=200, blank=True, db_index=True)
    seq = models.BigIntegerField(db_index=True)

    class Meta:
        ordering = ["document_id", "position"]

    def __str__(self) -> str:
        return f"{self.document_id}#{self.position}"


class SavedSearch(models.Model):
    """A search that a member keeps, seen by nobody else."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches"
    )
    name = models.CharField(_("name"), max_length=120)
    query = models.TextField(blank=True)
    filters = models.JSONField(default=dict)  # {facet: [code, ...]}
    country = models.CharField(max_length=3, blank=True)  # where the answers are needed
    sort = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=12)
    created_at = models.DateTimeField(auto_now_add=True)
    # What was added later is new to its owner; alerts move both. The number is that of the last
    # document then (None: not looked at yet) and decides; clocks of several machines could not.
    seen_at = models.DateTimeField(auto_now_add=True)
    seen_document = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")

    def __str__(self) -> str:
        return self.name


class SearchGap(models.Model):
    """A question that found nothing, without its text and without who asked it.

    Of the text only what is public anyway is kept: terms of the vocabulary, and words that
    several public documents use (see search/gaps.py).
    """

    day = models.DateField(_("day"), db_index=True)
    language = models.CharField(_("language"), max_length=12)
    country = models.CharField(_("country"), max_length=3, blank=True)  # that asked
    filters = models.JSONField(default=list)  # "facet:code"
    concepts = models.JSONField(default=list)  # "kind:code"
    words = models.JSONField(default=list)  # in alphabetical order

    class Meta:
        ordering = ["-day", "-pk"]
        # Rows are written by questions alone; people may only look.
        default_permissions = ("view",)
        verbose_name = _("question without an answer")
        verbose_name_plural = _("questions without an answer")

    def __str__(self) -> str:
        return ", ".join([*self.concepts, *self.words])


def waiting_for(fingerprint: str) -> models.QuerySet[Passage]:
    """Return the passages that the encoder of this fingerprint has not seen.

    Asked by the index on both sides of it: "unequal" would read every row.
    """
    before, after = models.Q(fingerprint__lt=fingerprint), models.Q(fingerprint__gt=fingerprint)
    return Passage.objects.filter(before | after)


def last_document() -> int:
    """Return the number of the document that came to the site last.

    Numbers are given while the clock is held: a later commit never brings a lower one.
    """
    return IndexedDocument.objects.aggregate(last=models.Max("pk"))["last"] or 0


def digest_of(*parts: object) -> str:
    """Return the SHA-256 of these parts, told apart by a character no text contains."""
    return hashlib.sha256("\x00".join(map(str, parts)).encode("utf-8", "replace")).hexdigest()
