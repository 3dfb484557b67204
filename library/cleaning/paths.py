"""Folders on somebody's machine tell an account's name."""

import re

# Below a drive, a share or `file:`, or from the root of a Mac or of Linux; never in a web address.
HOME = re.compile(
    r"""((?:(?:(?<![a-z])[a-z]:(?=[\\/])|file:|\\\\)[^"<>|?*\n]{0,300}?[\\/]
          (?:users|home|documents\ and\ settings|documents%20and%20settings)
        |(?:^|(?<=[\s"'(]))/(?:users|home))[\\/]+)
        ([^\\/"<>\n]+)""",
    re.IGNORECASE | re.VERBOSE,
)


def without_home(text: str) -> str:
    """The same text; in a path below somebody's own folder that folder is called "user"."""
    return HOME.sub(r"\1user", text) if "/" in text or "\\" in text else text
