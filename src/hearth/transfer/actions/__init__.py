"""Everything that can be done in transfer: bring an archive along, claim what one wrote there."""

from hearth.transfer.actions.claims import claim_guest
from hearth.transfer.actions.imports import Summary, import_posts

__all__ = ["Summary", "claim_guest", "import_posts"]
