"""The few tags that every template uses."""

from django import template

register = template.Library()
