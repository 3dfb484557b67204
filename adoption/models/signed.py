"""What is said about a practice and whose concerned are told of it by mail."""

from django.db import models

from members.signed import Signed

LONGEST = 5000


class Told(Signed):
    """Something signed, of which those concerned are told once."""

    # When those concerned were told by mail; whatever is not told yet waits for the next one.
    told_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True
