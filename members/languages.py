"""The languages that people work in, each by its own name."""

from django.conf.locale import LANG_INFO

# The site's languages first, then others that offices of the Alliance's countries write in.
CODES = (
    *("en", "es", "fr", "ar"),
    *("ru", "zh-hans", "pt", "de", "it", "nl", "pl", "ro", "el", "bg", "hr", "sr", "uk"),
    *("ka", "hy", "az", "tr", "fa", "he", "hi", "bn", "ne", "ur", "id", "ms", "th", "vi", "sw"),
)
SPOKEN = [(code, LANG_INFO[code].get("name_local", code)) for code in CODES]
