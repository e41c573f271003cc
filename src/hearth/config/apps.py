from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Fills the visible tables (reactions, subjects, navigation) once all models are there."""

    name = "hearth.config"
    label = "config"

    def ready(self) -> None:
        """Hand the tables to the packages that use them."""
        # Inner imports: Django allows models only from here on.
        from hearth.config import navigation, reactions, replies, subjects
        from hearth.channels import inbound
        from hearth.core.subjects import register
        from hearth.happenings import registry

        registry.fill(reactions.REACTIONS)
        inbound.fill(replies.REPLIES)
        for subject in subjects.SUBJECTS:
            register(subject)
        navigation.install()
