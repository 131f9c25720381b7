from typing import Any

from django.db import migrations


def forget(apps: Any, schema_editor: Any) -> None:
    """They follow from the record, and are made at the next look with what is new in them."""
    apps.get_model("progress", "Overview").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("progress", "0008_first_ratings_in_the_overview")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop, elidable=True)]
