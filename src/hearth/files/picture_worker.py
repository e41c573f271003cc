"""A process of its own that decodes one picture and makes it anew, within limits that it sets itself before it begins.

Called by `hearth.files.pictures` as `python -I picture_worker.py <job as JSON>`. The picture comes on standard input, the
new ones go to the two open files that the job names, one line of JSON to standard output. It knows neither Hearth nor its
secrets.
"""

import json
import os
import resource
import sys
from contextlib import suppress
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms, ImageOps
from PIL.Image import Transpose

FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}

TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}


class Refused(Exception):
    """The picture is not made; the word says why."""


def main() -> None:
    """Do the job and say what came of it."""
    job = json.loads(sys.argv[1])
    _limit(job["limits"])
    try:
        said = _work(job)
    except Refused as refusal:
        said = {"refused": str(refusal)}
    except MemoryError:
        said = {"refused": "heavy"}
    except Exception as error:  # noqa: BLE001 - whatever a broken picture does to the decoder, it is refused
        said = {
            "refused": "room" if isinstance(error, OSError) and error.errno in job["disk_full"] else "damaged"
        }
    sys.stdout.write(json.dumps(said))


def _limit(limits: dict[str, int]) -> None:
    for name, most in limits.items():
        # macOS does not take RLIMIT_AS; there the limits of time remain.
        with suppress(OSError, ValueError):
            resource.setrlimit(getattr(resource, name), (most, most))


def _work(job: dict[str, Any]) -> dict[str, Any]:
    Image.MAX_IMAGE_PIXELS = None  # our own limit is lower, and asked before anything is decoded
    source = os.fdopen(sys.stdin.fileno(), "rb")
    if _webp_pixels(source.peek(32)) > job["pixels"]:
        raise Refused("pixels")
    image: Image.Image = Image.open(source, formats=list(FORMATS))
    kind = image.format or ""
    if image.width * image.height > job["pixels"]:
        raise Refused("pixels")
    if getattr(image, "n_frames", 1) > job["frames"]:
        raise Refused("frames")
    image.seek(0)
    made = _made_anew(image, job)
    target = "JPEG" if job["square"] else {"GIF": "PNG"}.get(kind, kind)
    _write(job["display"], _encoded(made, target))
    small = made.copy()
    small.thumbnail((job["thumbnail_side"], job["thumbnail_side"]))
    _write(job["thumbnail"], _encoded(small, "WEBP"))
    return {"width": made.width, "height": made.height, "content_type": FORMATS[target]}


def _webp_pixels(head: bytes) -> int:
    """The size a WebP file says it has (RFC 9649, 2.5 to 2.7): Pillow's decoder takes the memory for it on opening."""
    if head[:4] != b"RIFF" or head[8:12] != b"WEBP":
        return 0
    if head[12:16] == b"VP8X":
        return (1 + int.from_bytes(head[24:27], "little")) * (1 + int.from_bytes(head[27:30], "little"))
    if head[12:16] == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return (1 + (bits & 0x3FFF)) * (1 + (bits >> 14 & 0x3FFF))
    return (int.from_bytes(head[26:28], "little") & 0x3FFF) * (int.from_bytes(head[28:30], "little") & 0x3FFF)


def _made_anew(image: Image.Image, job: dict[str, Any]) -> Image.Image:
    """The picture upright, in sRGB, in its new size, and with nothing of what was written beside its pixels."""
    side = 4 * job["side"] if job["square"] else job["side"]
    turn, profile = _turn(image), image.info.get("icc_profile")
    image.draft("RGB", (2 * side, 2 * side))
    plain = _plain(image)
    plain.thumbnail((side, side))
    coloured = _in_srgb(plain, profile)
    if turn is not None:
        coloured = coloured.transpose(turn)
    if job["square"]:
        # Faces stand above the middle of a photograph.
        coloured = ImageOps.fit(_on_white(coloured), (job["side"], job["side"]), centering=(0.5, 0.4))
    fresh = Image.new(coloured.mode, coloured.size)
    fresh.paste(coloured)
    return fresh


def _turn(image: Image.Image) -> Any:
    """How the picture must be turned or mirrored to stand upright (Exif 2.32, tag 0x0112); None where it stands."""
    try:
        return TURNS.get(image.getexif().get(0x0112, 1))
    except Exception:  # noqa: BLE001 - a broken note beside the picture is no reason to refuse the picture
        return None


def _plain(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):
        # Sixteen bits of grey: the upper eight are what a screen shows.
        return image.point(lambda value: value / 256).convert("L")
    if image.mode in ("L", "RGB", "CMYK") and "transparency" not in image.info:
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    wanted = "RGB" if image.mode == "CMYK" else image.mode
    if profile and image.mode in ("RGB", "RGBA", "CMYK"):
        # A broken profile is no reason to refuse a picture: its colours are then taken as they are.
        with suppress(ImageCms.PyCMSError, OSError, ValueError):
            source, target = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(image, source, target, outputMode=wanted) or image
    return image if image.mode == wanted else image.convert(wanted)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image.convert("RGB")
    white = Image.new("RGB", image.size, "white")
    white.paste(image, mask=image.getchannel("A"))
    return white


def _encoded(image: Image.Image, target: str) -> bytes:
    options: dict[str, dict[str, Any]] = {
        "JPEG": {"quality": 85, "progressive": True, "optimize": True},
        "PNG": {"optimize": True},
        "WEBP": {"quality": 82},
    }
    out = BytesIO()
    image.save(out, target, **options[target])
    return out.getvalue()


def _write(handle: int, content: bytes) -> None:
    while content:
        content = content[os.write(handle, content) :]


if __name__ == "__main__":
    main()
