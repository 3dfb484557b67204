"""Writing practices without the editor's interface, below the language's prefix."""

from typing import Any

urlpatterns: list[Any] = []
