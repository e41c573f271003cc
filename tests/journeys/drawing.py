"""A picture to send: a bench under a hill, drawn here so that no file of it must be kept."""

from io import BytesIO

from PIL import Image, ImageDraw
from playwright.sync_api import FilePayload


def drawing() -> FilePayload:
    """Return the picture as a browser's form takes it."""
    image = Image.new("RGB", (1200, 800), "#cfe0e6")
    draw = ImageDraw.Draw(image)
    draw.ellipse((-300, 380, 900, 1400), fill="#7d9a6b")
    draw.ellipse((500, 470, 1700, 1500), fill="#94ab78")
    draw.rectangle((420, 520, 860, 550), fill="#6d3b1f")
    draw.rectangle((420, 570, 860, 590), fill="#6d3b1f")
    draw.rectangle((450, 590, 475, 700), fill="#4d2a17")
    draw.rectangle((805, 590, 830, 700), fill="#4d2a17")
    kept = BytesIO()
    image.save(kept, "PNG")
    return {"name": "bench.png", "mimeType": "image/png", "buffer": kept.getvalue()}
