"""Entrance from happenings: a mail came in."""

from hearth.channels import inbound
from hearth.core.clock import now
from hearth.happenings.models import Happening


def read_mail(happening: Happening) -> None:
    """Do what the mail asks."""
    if happening.subject_id is not None:
        inbound.sort(mail_id=happening.subject_id, now=now())
