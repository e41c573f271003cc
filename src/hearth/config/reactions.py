"""What follows from what happened: kind of happening -> jobs. Each runs at least once and has its effect once."""

from hearth.channels.jobs import read_mail
from hearth.conversations.jobs import tell_followers
from hearth.notices.jobs import (
    send_invitation_mail,
    send_sign_in_mail,
    tell_workshop_people,
    tell_workshop_step,
)

REACTIONS = {
    "invitation_sent": [send_invitation_mail],
    "mail_came": [read_mail],
    "post_written": [tell_followers],
    "sign_in_asked": [send_sign_in_mail],
    "workshop_invited": [tell_workshop_people],
    "workshop_step_opened": [tell_workshop_step],
}
