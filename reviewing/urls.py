"""The pages of this app, below the language's prefix."""

from typing import Any

urlpatterns: list[Any] = []
