"""What sets PDF changes nothing for the rest of the process."""

import subprocess
import sys

import pytest
from django.conf import settings

from core import printing

SCRIPT = """
from PIL import ImageFile
from core.printing import is_possible
assert is_possible()
import weasyprint.images
print(ImageFile.LOAD_TRUNCATED_IMAGES)
"""


@pytest.mark.skipif(not printing.is_possible(), reason="needs Pango")
def test_who_judges_pictures_stays_as_strict_as_before():
    # A process of its own: here it may have been loaded before.
    command = [sys.executable, "-c", SCRIPT]
    folder = settings.BASE_DIR / "site"
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False"]
