from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class ProgramsConfig(AppConfig):
    name = "programs"
    verbose_name = "Programs"

    def ready(self) -> None:
        from exercises.impact import PREVIEWS  # noqa: PLC0415 - models are ready only now
        from programs.carrying import carry_emergency  # noqa: PLC0415 - needs the models
        from programs.impact import impact_lines  # noqa: PLC0415 - needs the models

        user_logged_in.connect(carry_emergency, dispatch_uid="programs.carry_emergency")
        if impact_lines not in PREVIEWS:
            PREVIEWS.append(impact_lines)
