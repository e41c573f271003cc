"""The values that the coach knows by their names.

After the refined theory of basic human values (Schwartz et al., "Refining the theory of basic individual values", Journal
of Personality and Social Psychology 103, 2012, 663-688), which has nineteen. Four of them (power over people, power by
wealth, face, conformity to rules) are no reason to come together and have no words here: as a WHY they are cold. Three
names stand beside the theory, because purposes speak of them and it has no value of its own for them: belonging (its
surveys of 1992 asked for it under security), dignity and hope.
"""

from django.utils.translation import gettext_lazy as _

NAMES = {
    "self_direction_thought": _("Freedom of thought, curiosity, truth"),
    "self_direction_action": _("Freedom to choose one's own way"),
    "stimulation": _("Adventure and courage"),
    "hedonism": _("Joy of life"),
    "achievement": _("Becoming able, reaching one's aims"),
    "security_personal": _("Safety for oneself and one's family"),
    "security_societal": _("Peace and a safe society"),
    "tradition": _("Faith, roots and heritage"),
    "conformity_interpersonal": _("Consideration for others"),
    "humility": _("Humility and gratitude"),
    "benevolence_caring": _("Care and love"),
    "benevolence_dependability": _("Trust: somebody to rely on"),
    "universalism_concern": _("Justice and equality for all"),
    "universalism_nature": _("Protection of nature"),
    "universalism_tolerance": _("Respect for those who are different"),
    "belonging": _("Belonging: not being alone"),
    "dignity": _("Dignity: being seen and heard"),
    "hope": _("Hope and dreams"),
}


def title(name: str) -> str:
    """Return a value's name in the language of the page."""
    return str(NAMES[name])
