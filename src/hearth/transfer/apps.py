"""The transfer app."""

from django.apps import AppConfig


class TransferConfig(AppConfig):
    """Registers the package with Django."""

    name = "hearth.transfer"
    label = "transfer"
