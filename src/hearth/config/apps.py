from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Fills the visible tables (reactions, subjects, navigation) once all models are there."""

    name = "hearth.config"
    label = "config"

    def ready(self) -> None:
        """Hand the tables to the packages that use them."""
        # Inner imports: Django allows models only from here on.
        from hearth.accounts import staff
        from hearth.channels import inbound
        from hearth.channels.compose import sender_address
        from hearth.channels.standing import no_mail
        from hearth.config import navigation, reactions, replies, serving, subjects
        from hearth.config.invitations import to_read
        from hearth.core.subjects import register
        from hearth.happenings import registry
        from hearth.members import mails
        from hearth.members.doors import readers_only
        from hearth.members.queries import begins_alone, keeps_order_somewhere
        from hearth.purpose import serving as goals
        from hearth.search import visibility
        from hearth.setup.going_on import way_back
        from hearth.ui import onward, standing

        registry.fill(reactions.REACTIONS)
        inbound.fill(replies.REPLIES)
        for subject in subjects.SUBJECTS:
            register(subject)
        visibility.install(door=readers_only, audiences=subjects.audiences, shows=subjects.SHOWN_IN_SEARCH)
        staff.fill(is_staff=keeps_order_somewhere, may_wait=begins_alone)
        mails.fill(sender=sender_address, to_read=to_read)
        goals.fill(serving.SERVING)
        navigation.install()
        standing.fill(asked=no_mail)
        onward.fill(asked=way_back)
