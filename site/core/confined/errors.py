"""Why a file cannot be read."""


class UnreadableError(Exception):
    """The file has nothing to offer; `reason` is a short code such as "damaged"."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(detail or reason)
        self.reason = reason
        self.detail = detail
