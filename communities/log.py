"""The log of what facilitators and the secretariat do in a community."""

from typing import Any

from communities.models import Act, Community


def write(kind: str, community: Community, by: Any, **told: Any) -> Act:
    """Add a step: `user`, `thread`, `post`, `reason` and `detail` as far as they apply."""
    reason = str(told.pop("reason", ""))[:500]
    return Act.objects.create(kind=kind, community=community, by=by, reason=reason, **told)
