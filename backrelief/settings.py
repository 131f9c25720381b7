"""Every setting, read once from the environment; safe for production by default."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from backrelief import env

BASE_DIR = Path(__file__).resolve().parent.parent

BACKRELIEF_ENV = env.choice("BACKRELIEF_ENV", ("demo", "production"), "production")
DEMO = BACKRELIEF_ENV == "demo"
DATA_DIR = Path(env.text("BACKRELIEF_DATA", str(BASE_DIR / "data"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = env.flag("DEBUG", default=False)
if DEBUG and not DEMO:
    raise env.refuse("DEBUG", True, "Leave it out in production: error pages would show data.")
SECRET_KEY = env.text(
    "SECRET_KEY",
    env.generated_secret(DATA_DIR / "secret-key") if DEMO else "",
    required=True,
    cure="Set it to 50 or more random characters, and keep it secret.",
)
if len(SECRET_KEY) < 40:
    raise env.refuse("SECRET_KEY", "too short", "Set it to 50 or more random characters.")
ALLOWED_HOSTS = env.hosts(
    "ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"] if DEMO else [], required=True
)
ADMIN_URL = env.address("ADMIN_URL", "admin/")
TRUSTED_PROXIES = env.whole("TRUSTED_PROXIES", 0, 0, 5)
RETENTION_DAYS = env.whole("RETENTION_DAYS", 30, 1, 3650)

# Whom a person calls. In production there is no default: the numbers differ by country.
EMERGENCY_NUMBER = env.phone("EMERGENCY_NUMBER", "911" if DEMO else "", required=True)
CRISIS_LINE = env.phone("CRISIS_LINE", "988" if DEMO else "", required=True)
URGENT_LINE = env.phone("URGENT_LINE")
CLINIC_CONTACT = env.text("CLINIC_CONTACT")

INSTALLED_APPS = [
    "progress",
    "programs",
    "exercises",
    "backrelief.accounts",
    "backrelief",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "backrelief.staticfiles.StaticFilesConfig",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "simple_history",
    "template_partials.apps.SimpleAppConfig",
]

MIDDLEWARE = [
    # The browser's rules stand outermost, so that files, refusals and redirects carry them as well.
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "backrelief.middleware.CompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "backrelief.middleware.HtmxRedirectMiddleware",
    "backrelief.middleware.PrivateByDefaultMiddleware",
    "backrelief.middleware.FormAddressMiddleware",
    "backrelief.middleware.TimeZoneMiddleware",
    "backrelief.middleware.SecondFactorMiddleware",
    "progress.crisis.CrisisMiddleware",
]

ROOT_URLCONF = "backrelief.urls"
WSGI_APPLICATION = "backrelief.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEST_RUNNER = "django.test.runner.DiscoverRunner"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "backrelief.context.site",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "backrelief.templatetags.ui",
            ],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
        },
    }
]
FORM_RENDERER = "backrelief.forms.Renderer"

DATABASES = {"default": env.database("DATABASE_URL", DATA_DIR)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A write takes its lock at the start, so that two writers wait instead of failing; FULL loses
    # nothing at a power cut.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA temp_store=MEMORY;"
        "PRAGMA mmap_size=134217728;PRAGMA journal_size_limit=27103364;PRAGMA cache_size=-20000;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 4, "timeout": 10}}

_CACHE_URL = env.text("CACHE_URL")
if _CACHE_URL and not _CACHE_URL.startswith(("redis://", "rediss://")):
    raise env.refuse("CACHE_URL", _CACHE_URL, "Use redis://host:6379/0, or leave it out.")
# The sign-in limits live in the cache, so it is one that all workers share.
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": _CACHE_URL}
    if _CACHE_URL
    else {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}

# People and how they sign in
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_ADAPTER = "backrelief.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "signup": "backrelief.accounts.forms.SignUpForm",
    "login": "backrelief.accounts.signing_forms.LoginForm",
    "add_email": "backrelief.accounts.signing_forms.AddEmailForm",
    "change_password": "backrelief.accounts.signing_forms.ChangePasswordForm",
    "set_password": "backrelief.accounts.signing_forms.SetPasswordForm",
    "reset_password": "backrelief.accounts.signing_forms.ResetPasswordForm",
    "reset_password_from_key": "backrelief.accounts.signing_forms.ResetPasswordKeyForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Backrelief"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

# Mail: in the demo it goes to a file, whose place ``make run`` prints.
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Backrelief <backrelief@localhost>")
_EMAIL_URL = env.text("EMAIL_URL")
EMAIL_FILE_PATH = str(DATA_DIR / "mail")
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
if _EMAIL_URL:
    try:
        vars().update(env.env.dj_email_url("EMAIL_URL"))
    except Exception as error:
        cure = "Use smtp+tls://user:password@host:587."
        raise env.refuse("EMAIL_URL", "not an address", cure) from error

# Language, time
LANGUAGE_CODE = "en-us"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "templates" / "locale"]
USE_TZ = True
TIME_ZONE = env.text("TIME_ZONE", "UTC")
if TIME_ZONE not in available_timezones():
    raise env.refuse("TIME_ZONE", TIME_ZONE, "Use a name such as America/New_York.")
FORMAT_MODULE_PATH = ["backrelief.formats"]

# Files
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(DATA_DIR / "media")))
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "backrelief.staticfiles.HashedStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# Browser security. Each source is listed once; nothing inline anywhere.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        # The app on the home screen, and the worker that keeps the next days without network.
        "manifest-src": [SELF],
        "worker-src": [SELF],
        # The session's sounds are one track that the browser itself makes from the plan.
        "media-src": ["blob:"],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    **{
        name: []
        for name in (
            "accelerometer",
            "camera",
            "display-capture",
            "fullscreen",
            "geolocation",
            "gyroscope",
            "magnetometer",
            "microphone",
            "midi",
            "payment",
            "usb",
        )
    },
    # The session keeps the screen awake and plays its sounds.
    "autoplay": ["self"],
    "screen-wake-lock": ["self"],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "backrelief.views.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO
SECURE_SSL_REDIRECT = not DEMO
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 0 if DEMO else 60 * 60 * 24 * 365
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEMO
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
}
