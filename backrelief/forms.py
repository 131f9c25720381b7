"""How forms render themselves."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Fields render from our own templates."""
