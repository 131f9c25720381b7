"""The settings of the tests: the demo's, quick where slowness proves nothing."""

import os
import tempfile

# Before the import below, which reads them.
os.environ.setdefault("BACKRELIEF_ENV", "demo")
os.environ.setdefault("BACKRELIEF_DATA", tempfile.mkdtemp(prefix="backrelief-test-"))

from backrelief.settings import *  # noqa: F403 - all of the demo's settings hold here, but for those below
from backrelief.settings import DATABASES, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES |= {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
ACCOUNT_RATE_LIMITS = False
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, so that each thread of the served pages has a connection of its own, as in use: in memory
    # all share one, and the writes of two requests fall into one transaction.
    _folder = tempfile.TemporaryDirectory(prefix="backrelief-test-")
    DATABASES["default"]["TEST"] = {"NAME": f"{_folder.name}/test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=OFF;PRAGMA temp_store=MEMORY;"
    )
