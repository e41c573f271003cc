from django.apps import AppConfig


class SetupConfig(AppConfig):
    name = "hearth.setup"
    label = "setup"
