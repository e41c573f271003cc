from django.apps import AppConfig


class PurposeConfig(AppConfig):
    name = "hearth.purpose"
    label = "purpose"
