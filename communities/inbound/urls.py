"""Addresses of this part: none below /<language>/communities/.

What a provider calls has no language: `config.urls` puts `hook.bring_mail` at /mail/in/.
"""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
