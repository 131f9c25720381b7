from datetime import date

from django.db import migrations


def move(apps, schema_editor):
    """Each limit that stood with a person becomes one of their running program."""
    Program = apps.get_model("programs", "Program")
    RangeLimit = apps.get_model("programs", "RangeLimit")
    running = Program.objects.filter(ended_on=None).select_related("patient")
    for program in running.exclude(patient__range_limits={}):
        for slug, kept in program.patient.range_limits.items():
            if kept.get("percent") in (25, 50, 75):
                day = kept.get("on")
                RangeLimit.objects.get_or_create(
                    program=program,
                    exercise=slug,
                    taken_back_on=None,
                    defaults={
                        "percent": kept["percent"],
                        "set_on": date.fromisoformat(day) if day else program.started_on,
                    },
                )


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0005_a_limit_belongs_to_a_program"),
        ("accounts", "0004_range_limits"),
    ]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
