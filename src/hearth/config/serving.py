"""What serves the goals of a community, and so stands on its compass page. Each feature adds itself here."""

from hearth.conversations.serving import SPACES

SERVING = [SPACES]
