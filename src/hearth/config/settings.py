"""Django's settings, derived from the typed options (`config.options`)."""

from pathlib import Path
from typing import Any

from django.utils.csp import CSP

from hearth.config.databases import database
from hearth.config.options import INTERFACE_LANGUAGES, PAPER_ONLY_LANGUAGES, options

SOURCE = Path(__file__).resolve().parent.parent
DATA_DIR = options.data_dir

SECRET_KEY = options.signing_key()
DEBUG = options.debug
SITE_URL = options.site_url.rstrip("/")
SITE_IS_SECURE = SITE_URL.startswith("https://")
# Communities may have domains of their own, which only the database knows. A host that is nobody's gets the network's
# pages; no address that we hand out is made from the host of a request (`communities.links`).
ALLOWED_HOSTS = ["*"]

INSTALLED_APPS = [
    "hearth.config",
    "hearth.setup",
    "hearth.transfer",
    "hearth.conversations",
    "hearth.spaces",
    "hearth.notices",
    "hearth.channels",
    "hearth.purpose",
    "hearth.members",
    "hearth.accounts",
    "hearth.communities",
    "hearth.happenings",
    "hearth.ui",
    "hearth.files",
    "hearth.search",
    "hearth.core",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "hearth.communities.middleware.CommunityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "hearth.ui.middleware.ReadingMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "hearth.accounts.middleware.SessionLengthMiddleware",
    "hearth.members.middleware.MemberMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "hearth.ui.middleware.ErrorsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]

MAIL_DOMAIN = options.mail_domain
MAIL_FROM = options.sender
SMTP_URL = options.smtp_url
DNS_SERVER = options.dns_server
SAMPLE_DOOR = options.sample_door

# The network's own pages; inside a community (`/c/<slug>/…` or its domain) the second table counts.
ROOT_URLCONF = "hearth.config.urls"
COMMUNITY_URLCONF = "hearth.config.community_urls"
# A community's name, colours and switches are read once in this many seconds by each process.
COMMUNITY_MEMORY_SECONDS = 2
# So long each process remembers by which way mail goes out.
MAIL_MEMORY_SECONDS = 3
WSGI_APPLICATION = "hearth.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "hearth.ui.engine.Jinja",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "hearth.ui.engine.environment",
            "context_processors": ["hearth.ui.context.shell"],
        },
    }
]

DATABASES: dict[str, Any] = {"default": database(options)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES: dict[str, Any] = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS: dict[str, Any] = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["hearth.accounts.backends.AccountBackend"]
# Members stay signed in for 90 days of use, a year at most; staff 12 hours (security.md, table 2, row 3).
SESSION_ENGINE = "hearth.accounts.session_store"
SESSION_COOKIE_AGE = 90 * 24 * 3600
SESSION_COOKIE_NAME = "__Host-session" if SITE_IS_SECURE else "session"
SESSION_COOKIE_SECURE = SITE_IS_SECURE
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if SITE_IS_SECURE else "csrf"
CSRF_COOKIE_SECURE = SITE_IS_SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "hearth.ui.views.form_expired"
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"

LANGUAGE_CODE = options.languages[0]
LANGUAGES = [(code, INTERFACE_LANGUAGES[code]) for code in options.languages]
PAPER_LANGUAGES = [*INTERFACE_LANGUAGES, *PAPER_ONLY_LANGUAGES]
LOCALE_PATHS = [SOURCE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = options.time_zone

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "files"
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "hearth.ui.finders.UiFinder",
]
WHITENOISE_MAX_AGE = 3600

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "media-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if SITE_IS_SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if options.proxy else None
X_FRAME_OPTIONS = "DENY"

DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_HANDLERS = [
    "hearth.files.uploads.CapHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# The library that keeps passkeys, codes from an app, recovery codes and the list of devices; sign-in by mail is ours.
ACCOUNT_ADAPTER = "hearth.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = False
# Slow hands (WCAG 2.2, 2.2.3): half an hour for what needs a fresh sign-in, an hour between the two steps of one.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 1800
ACCOUNT_LOGIN_TIMEOUT = 3600
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "hearth.accounts.adapters.SecondStepAdapter"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SITE_IS_SECURE
USERSESSIONS_TRACK_ACTIVITY = False

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": options.log_level},
    # A refused address may hold a live link (an invitation, a sign-in): refusals are not written down with their path.
    "loggers": {"django.request": {"level": "ERROR"}},
}

LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "/"
