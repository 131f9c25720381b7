"""Static files: hashed names, also inside JavaScript modules, and without what is only for readers."""

import re
from typing import Any

from django.contrib.staticfiles import apps
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Lines that are a comment and nothing else. They stay in the repository: nobody's phone needs them.
COMMENTS = re.compile(r"^[ \t]*(?://.*|/\*[\s\S]*?\*/)[ \t]*\n", re.MULTILINE)
OURS = re.compile(r"^(?:js/(?!vendor/).*\.js|css/.*\.css)$")


def without_comments(text: str) -> str:
    """A script or style sheet of ours as it is served."""
    return COMMENTS.sub("", text)


class HashedStorage(CompressedManifestStaticFilesStorage):
    support_js_module_import_aggregation = True

    def _save(self, name: str, content: Any) -> str:
        if OURS.match(name):
            content.seek(0)
            text = content.read()
            text = text.decode() if isinstance(text, bytes) else text
            content = ContentFile(without_comments(text).encode())
        saved: str = super()._save(name, content)
        return saved


class StaticFilesConfig(apps.StaticFilesConfig):
    # htmx's own extensions import a module by a comment's path, which hashing cannot follow.
    ignore_patterns = [*apps.StaticFilesConfig.ignore_patterns, "ext", "*.ts", "*.map"]
