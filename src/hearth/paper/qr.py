"""An address as a QR code (ISO/IEC 18004), drawn as lines: sharp at any size."""

from io import BytesIO

import segno


def qr_svg(address: str) -> bytes:
    """Return the code as SVG, black on white, with the quiet zone of four modules that readers need.

    Error correction M (15 %): a poster gets creases. Raises ValueError where the address is too long for a code.
    """
    out = BytesIO()
    segno.make(address, error="m", micro=False, boost_error=False).save(
        out, kind="svg", border=4, light="#FFFFFF"
    )
    return out.getvalue()
