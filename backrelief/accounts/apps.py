from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "backrelief.accounts"
    label = "accounts"
    verbose_name = "People and clinics"

    def ready(self) -> None:
        from backrelief.accounts.leaving import watch_sign_ins  # noqa: PLC0415 - needs the models

        watch_sign_ins()
