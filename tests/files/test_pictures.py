"""Pictures are made anew, and none of them can take the server down (reliability.md, row 22; ASVS 5.2.6, 14.2.8)."""

import io
import resource
import subprocess
import sys
import time
from typing import Any

import pytest
from django.core.files.base import ContentFile
from PIL import Image, ImageCms

from hearth.core.errors import Invalid
from hearth.files import actions, folder, limits, pictures
from tests.files import bombs
from tests.files.conftest import NOW, OWNER


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize(
    ("kind", "content_type", "name"),
    [
        ("JPEG", "image/jpeg", "a.jpg"),
        ("PNG", "image/png", "a.png"),
        ("WEBP", "image/webp", "a.webp"),
        ("GIF", "image/png", "a.png"),
    ],
)
def test_an_honest_picture_is_kept_with_its_size_and_a_small_one(
    store: Any, stored_bytes: Any, kind: str, content_type: str, name: str
) -> None:
    file = store(bombs.picture(kind, (900, 600)), f"a.{kind.lower()}".replace("jpeg", "jpg"))
    assert (file.content_type, file.width, file.height, file.name) == (content_type, 900, 600, name)
    assert opened(stored_bytes(file)).size == (900, 600)
    assert opened(stored_bytes(file, folder.THUMBNAIL)).size == (480, 320)
    red, _green, blue = opened(stored_bytes(file)).convert("RGB").getpixel((10, 10))
    assert (red > 200, blue < 60) == (True, True)


def test_a_large_picture_is_made_as_large_as_a_screen(store: Any) -> None:
    file = store(bombs.picture("JPEG", (4000, 3000)))
    assert (file.width, file.height) == (1600, 1200)


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "LA", "1", "I;16"])
def test_every_way_of_storing_colours_comes_through(store: Any, stored_bytes: Any, mode: str) -> None:
    content = bombs.picture("PNG", mode=mode) if mode != "I;16" else _sixteen_bits()
    image = opened(stored_bytes(store(content)))
    assert image.size == (60, 40)
    assert image.convert("L").getextrema()[1] > 20


def _sixteen_bits() -> bytes:
    out = io.BytesIO()
    Image.new("I;16", (60, 40), 40000).save(out, "PNG")
    return out.getvalue()


def test_a_printers_picture_in_cmyk_comes_through(store: Any, stored_bytes: Any) -> None:
    assert opened(stored_bytes(store(bombs.picture("JPEG", mode="CMYK")))).mode == "RGB"


def test_169_million_dots_in_20_kilobytes_are_refused_at_once_and_cheaply(store: Any) -> None:
    content = bombs.png_of(13000, 13000)
    assert len(content) < 30_000
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    with pytest.raises(Invalid, match="40 million"):
        store(content)
    assert time.monotonic() - began < 3
    # The decoder never began: the process that would have held 169 million dots stayed small.
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss - before < 150_000


def test_if_the_limit_of_dots_failed_the_limit_of_memory_would_hold(
    store: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sys.platform != "linux":
        pytest.skip("macOS does not honour RLIMIT_AS; there the limits of time hold")
    monkeypatch.setattr(limits, "PIXELS", 10**9)
    with pytest.raises(Invalid, match="too much work"):
        store(bombs.png_of(13000, 13000))


def test_just_under_the_limit_of_dots_a_picture_is_taken(store: Any) -> None:
    assert store(bombs.png_of(6300, 6300)).width == 1600


def test_a_picture_that_lies_about_its_size_is_refused(store: Any) -> None:
    for content in (bombs.gif_whose_frame_outgrows_it(), bombs.webp_canvas_of(16000, 16000)):
        with pytest.raises(Invalid, match="40 million"):
            store(content)


def test_ten_thousand_frames_are_refused_and_a_hundred_become_one_still_picture(
    store: Any, stored_bytes: Any
) -> None:
    began = time.monotonic()
    with pytest.raises(Invalid, match="moves for too long"):
        store(bombs.gif_of(10_000))
    assert time.monotonic() - began < 5
    assert getattr(opened(stored_bytes(store(bombs.gif_of(100)))), "n_frames", 1) == 1


def test_a_drawing_in_svg_is_refused_with_a_way_out(store: Any) -> None:
    for content in (
        bombs.svg_use_bomb(),
        b"\xef\xbb\xbf \n<?xml version='1.0'?><svg/>",
        "<svg/>".encode("utf-16"),
    ):
        with pytest.raises(Invalid, match="PDF or PNG"):
            store(content, "drawing.png")


@pytest.mark.parametrize("make", [bombs.jpeg_that_is_html, bombs.png_with_zip_behind, bombs.jpeg_with_place])
def test_what_hides_beside_the_dots_is_gone(store: Any, stored_bytes: Any, make: Any) -> None:
    assert bombs.SECRET in make() or b"run.js" in make()
    file = store(make())
    for ending in ("", folder.THUMBNAIL):
        left = stored_bytes(file, ending)
        assert (bombs.SECRET in left, b"run.js" in left, b"<html" in left, b"PK\x03\x04" in left) == (
            False,
        ) * 4
        assert dict(opened(left).getexif()) == {}
        assert {"exif", "icc_profile", "comment", "xmp", "photoshop"} & set(opened(left).info) == set()


def test_the_test_picture_does_carry_a_place(store: Any) -> None:
    assert opened(bombs.jpeg_with_place()).getexif().get_ifd(0x8825)[1] == "N"


@pytest.mark.parametrize(
    ("turn", "size", "red_at"),
    [(1, (60, 40), (5, 20)), (3, (60, 40), (55, 20)), (6, (40, 60), (20, 5)), (8, (40, 60), (20, 55))],
)
def test_a_photo_stands_upright_though_its_note_is_gone(
    store: Any, stored_bytes: Any, turn: int, size: tuple[int, int], red_at: tuple[int, int]
) -> None:
    image = opened(stored_bytes(store(bombs.jpeg_with_place(turn))))
    red, _green, blue = image.getpixel(red_at)
    assert (image.size, red > 200, blue < 60) == (size, True, True)


def test_colours_of_another_profile_are_brought_to_the_screens(store: Any, stored_bytes: Any) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for icc in (profile, b"broken" * 50, ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()):
        image = opened(stored_bytes(store(bombs.picture("PNG", icc_profile=icc))))
        assert ("icc_profile" in image.info, image.size) == (False, (60, 40))


def test_a_damaged_picture_is_refused_kindly(store: Any) -> None:
    for content in (
        bombs.picture("JPEG", (900, 600))[:4000],
        bombs.picture("PNG", (300, 300))[:200],
        b"\xff\xd8\xff",
    ):
        with pytest.raises(Invalid, match="damaged"):
            store(content)


def test_the_decoder_is_ended_when_it_takes_too_long(community: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "DECODER_SECONDS", 0.01)
    with pytest.raises(Invalid, match="too much work"):
        actions.store(
            ContentFile(bombs.picture()),
            community=community,
            owner_id=1,
            name="a",
            is_decoration=True,
            now=NOW,
        )


def test_the_decoder_gets_no_more_memory_than_it_may_have(
    store: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sys.platform != "linux":
        pytest.skip("macOS does not honour RLIMIT_AS; there the limits of time hold")
    content = bombs.picture("WEBP", (6000, 4000), mode="RGBA")
    assert store(content).width == 1600
    monkeypatch.setattr(limits, "DECODER_BYTES", 200 * limits.MEGABYTE)
    with pytest.raises(Invalid):
        store(content)


def test_the_decoder_does_not_see_our_secrets(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    # A worker that tells its environment instead of decoding.
    spy = tmp_path / "spy.py"
    spy.write_text("import json, os\nprint(json.dumps({'refused': ' '.join(os.environ)}))")
    monkeypatch.setenv("HEARTH_SECRET_KEY", "not-for-you")
    monkeypatch.setattr(pictures, "_WORKER", spy)
    with (tmp_path / "empty").open("w+b") as file:
        told = pictures._run(file, pictures._job(file, file, False), keep_open=(file.fileno(), file.fileno()))
    assert "HEARTH_SECRET_KEY" not in told["refused"].split()


def test_the_worker_knows_nothing_of_hearth() -> None:
    code = "import runpy, sys; sys.argv=['x','{}']\ntry: runpy.run_path(sys.orig_argv[-1])\nfinally: print([m for m in sys.modules if m.startswith(('hearth', 'django'))])"
    said = subprocess.run(
        [sys.executable, "-I", "-c", code, str(pictures._WORKER)], capture_output=True, text=True, check=False
    )
    assert said.stdout.strip() == "[]"


def test_a_members_photo_is_a_square_that_needs_no_words(community: Any, stored_bytes: Any) -> None:
    content = bombs.picture("PNG", (900, 300), mode="RGBA")
    file = actions.store_photo(
        ContentFile(content), community=community, owner_id=OWNER.pk, name="me.png", now=NOW
    )
    assert opened(stored_bytes(file)).size == (256, 256)
    assert (file.subject_kind, file.subject_id, file.is_decoration, file.name) == (
        "member",
        OWNER.pk,
        True,
        "me.jpg",
    )


def test_a_photo_must_be_a_picture(community: Any) -> None:
    with pytest.raises(Invalid, match="not a picture"):
        actions.store_photo(
            ContentFile(b"words"), community=community, owner_id=OWNER.pk, name="me.png", now=NOW
        )
