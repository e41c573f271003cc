"""Refusals that only files have."""

from errno import EDQUOT, EFBIG, ENOSPC

from hearth.core.errors import Invalid

DISK_FULL = (ENOSPC, EDQUOT, EFBIG)


class NoRoom(Invalid):
    """The disk is full. Nothing was kept, nothing is half kept; it works again once there is room (507; by mail 452)."""

    status = 507
