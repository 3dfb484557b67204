"""Every address of countries but their pages, below /<language>/country/.

Each part has a `urls.py` of its own; what is about one country begins with `<iso3:code>/`.
"""

from typing import Any

import countries.addresses  # noqa: F401 - what `<iso3:…>` means

urlpatterns: list[Any] = []
