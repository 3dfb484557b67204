"""Labels of terms in the reader's language (to be replaced at once by the vocabulary owner)."""


def labels(kind: str, language: str) -> dict[str, str]:
    """Return {code: label}."""
    return {}


def regions_of(iso3: str) -> tuple[str, ...]:
    """Return the M49 ancestors from the smallest up, without the world."""
    return ()
