"""How people sign in; read by `base`. Nothing outside is asked unless OIDC_SERVER is set."""

import os
from typing import Any

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
ACCOUNT_ADAPTER = "members.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
# One address for each account; a new one counts only when it has been confirmed.
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "signup": "20/m/ip",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
    "confirm_email": "1/1m/key",
    # Mail about accounts, by mailbox: a.b+c@example.org and ab@example.org are one.
    "mail": "4/m/key,20/h/key",
    # Questions to people in the directory, by who asks.
    "ask_member": "5/h/key,20/d/key",
    # Mails about answers by mail that were not posted, and about answers from other addresses.
    "inbound_answer": "10/h/key,30/d/key",
    "inbound_stranger": "1/d/key",
    # Posts that somebody reports to facilitators.
    "report_post": "30/d/key",
    # Requests to join communities and invitations to them, by who sends them; and invitations to
    # one mailbox, whoever sends them.
    "join_community": "10/d/key",
    "invite_member": "20/h/key,60/d/key",
    "invited": "4/d/key",
    # Word files and tables that people upload: reading each costs a process of its own.
    "read_file": "40/h/user",
    # Posts in communities, and edits of them, by who writes.
    "post_message": "30/h/key",
    # Files on posts and in libraries of communities, by who attaches them.
    "attach_file": "40/h/key,150/d/key",
    # Searches for what is known while a question is typed.
    "nearby": "40/m/user",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Practice Exchange"
# Secretariat, facilitators, editors and administrators. Only a trial on one's own machine may do
# without it.
SECOND_FACTOR_REQUIRED = True

# --- Signing in with an organisation's account (OpenID Connect) -----------------------------
# Membership never comes with it, nor does a second factor set up here get skipped.
SOCIALACCOUNT_ADAPTER = "members.accounts.SocialAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if os.environ.get("OIDC_SERVER"):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": os.environ.get("OIDC_ID", "oidc"),
                "name": os.environ.get("OIDC_NAME", "OpenID Connect"),
                "client_id": os.environ.get("OIDC_CLIENT_ID", ""),
                "secret": os.environ.get("OIDC_CLIENT_SECRET", ""),
                "settings": {"server_url": os.environ["OIDC_SERVER"]},
            }
        ],
    }
