"""What the demo content has brought in so far."""

from django.db import models


class SeededItem(models.Model):
    """Something loaded from the demo content; loaded once, it is never loaded again."""

    # The model's label, such as "practices.practicepage".
    kind = models.CharField(max_length=100)
    external_id = models.CharField(max_length=100)
    language = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "external_id", "language"], name="seeded_only_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.external_id} {self.language}".strip()
