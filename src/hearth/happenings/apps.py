from django.apps import AppConfig


class HappeningsConfig(AppConfig):
    name = "hearth.happenings"
    label = "happenings"
