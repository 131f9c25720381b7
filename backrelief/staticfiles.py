"""Static files: hashed names, also inside JavaScript modules."""

from django.contrib.staticfiles import apps
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStorage(CompressedManifestStaticFilesStorage):
    support_js_module_import_aggregation = True


class StaticFilesConfig(apps.StaticFilesConfig):
    # htmx's own extensions import a module by a comment's path, which hashing cannot follow.
    ignore_patterns = [*apps.StaticFilesConfig.ignore_patterns, "ext", "*.ts", "*.map"]
