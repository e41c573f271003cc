"""How a community shows itself: who may change it, which colours can be read, which pictures are taken, who sees the logo."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from hearth.communities import queries
from hearth.communities.actions import Face, change_face, set_logo, store_logo
from hearth.communities.colours import (
    PALETTE,
    contrast,
    darker_until_readable,
    in_words,
    preview_stylesheet,
)
from hearth.communities.models import Community
from hearth.core.errors import Conflict, Invalid, NotAllowed, TooMany
from hearth.core.tenancy import tenant
from hearth.files.models import File
from hearth.happenings.models import Happening
from hearth.ui import tokens
from tests.files import bombs
from tests.people import NOW, Cast, build

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_ground(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.COMMUNITY_MEMORY_SECONDS = 0


@pytest.fixture
def cast() -> Any:
    made = build("north")
    with tenant(made.community):
        yield made


def png(width: int = 300, height: int = 100, kind: str = "PNG", mode: str = "RGBA") -> bytes:
    out = io.BytesIO()
    Image.new(mode, (width, height), "teal").save(out, kind)
    return out.getvalue()


def upload(content: bytes, name: str = "logo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def give_logo(cast: Cast, content: bytes | None = None, shows: str = "A flame") -> File:
    steward, community = cast.people["steward"], cast.community
    kept = store_logo(
        by=steward,
        community=community,
        upload=upload(content or png()),
        name="logo.png",
        shows=shows,
        now=NOW,
    )
    set_logo(by=steward, community=community, logo=kept, now=NOW)
    return kept


def now_is(cast: Cast) -> Community:
    return Community.objects.get(pk=cast.community.pk)


def browser_of(cast: Cast, who: str = "steward") -> Client:
    browser = Client()
    browser.force_login(cast.accounts[who], backend="hearth.accounts.backends.AccountBackend")
    session = browser.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": 0}]
    session["account_authentication_methods_user"] = str(cast.accounts[who].pk)
    session.save()
    return browser


# Name, letters, colour


def test_a_steward_changes_the_face_and_the_dark_colour_follows(cast: Cast) -> None:
    face = Face(name="  Ми, разом ", mark="м р", accent="#1c5230")
    change_face(by=cast.people["steward"], community=cast.community, face=face, now=NOW)
    community = now_is(cast)

    assert (community.name, community.mark, community.accent) == ("Ми, разом", "мр", "#1C5230")
    assert contrast(community.accent_dark, tokens.DARK["paper"]) >= 7
    assert Happening.objects.filter(kind="face_changed").count() == 1


@pytest.mark.parametrize("who", ["maria", "mod"])
def test_nobody_else_does(cast: Cast, who: str) -> None:
    by, community = cast.people[who], cast.community
    with pytest.raises(NotAllowed):
        change_face(by=by, community=community, face=Face("X", "", "#000000"), now=NOW)
    with pytest.raises(NotAllowed):
        store_logo(by=by, community=community, upload=upload(png()), name="x.png", shows="x", now=NOW)
    with pytest.raises(NotAllowed):
        set_logo(by=by, community=community, logo=None, now=NOW)


def test_a_steward_of_another_community_does_not(cast: Cast) -> None:
    other = build("south").people["steward"]
    with pytest.raises(NotAllowed):
        change_face(by=other, community=cast.community, face=Face("X", "", "#000000"), now=NOW)


@pytest.mark.parametrize(
    "face",
    [
        Face("", "", "#000000"),
        Face("\u200b", "", "#000000"),
        Face("n" * 121, "", "#000000"),
        Face("North", "NORT", "#000000"),
        Face("North", "", "#FFCC00"),
        Face("North", "", "red"),
        Face("North", "", "#00000"),
        Face("North", "", "#000000;}"),
    ],
)
def test_what_cannot_be_shown_or_read_is_refused(cast: Cast, face: Face) -> None:
    with pytest.raises(Invalid):
        change_face(by=cast.people["steward"], community=cast.community, face=face, now=NOW)
    assert now_is(cast).name == "The North Society"


@pytest.mark.parametrize("accent", [colour for colour, _name in PALETTE])
def test_every_colour_on_offer_can_be_read(accent: str) -> None:
    assert min(contrast(accent, tokens.LIGHT["paper"]), contrast(accent, "#FFFFFF")) >= 7
    assert "reads well" in in_words(accent)


@pytest.mark.parametrize("accent", ["#FFCC00", "#FFFFFF", "#777777", "#00FF00"])
def test_the_nearest_colour_that_is_proposed_can_be_read(accent: str) -> None:
    nearest = darker_until_readable(accent)
    assert contrast(nearest, tokens.LIGHT["paper"]) >= 7
    assert "too light" in in_words(accent)


def test_the_page_shows_first_and_keeps_only_when_told(cast: Cast) -> None:
    browser = browser_of(cast)
    form = {"name": "New North", "mark": "NN", "colour": "#1C5230", "own": ""}
    page = browser.post("/c/north/look-after/face/", {**form, "look": "yes"})
    assert page.status_code == 200
    assert "Nothing is kept yet" in page.content.decode()
    assert "New North" in page.content.decode()
    assert "1c5230-" in page.content.decode()
    assert now_is(cast).name == "The North Society"
    assert browser.post("/c/north/look-after/face/", form).status_code == 302
    assert (now_is(cast).name, now_is(cast).accent) == ("New North", "#1C5230")
    assert "NN</span>" in browser.get("/c/north/").content.decode()


def test_a_colour_of_ones_own_is_taken_however_it_is_written_and_refused_with_the_nearest(cast: Cast) -> None:
    browser = browser_of(cast)
    form = {"name": "North", "mark": ""}
    for own in ("#004400", "004400", " #004400 "):
        assert (
            browser.post("/c/north/look-after/face/", {**form, "colour": "own", "own": own}).status_code
            == 302
        )
        assert now_is(cast).accent == "#004400"
    # Typed although the tiles were left alone, as they stand for the colour that is kept now.
    keep = {**form, "colour": "#8C2F0B", "own": ""}
    assert browser.post("/c/north/look-after/face/", keep).status_code == 302
    assert browser.post("/c/north/look-after/face/", {**keep, "own": "#442200"}).status_code == 302
    assert now_is(cast).accent == "#442200"
    # Another tile goes before what is still written in the field.
    changed = {**keep, "own": "#FFCC00", "colour": "#1C5230"}
    assert browser.post("/c/north/look-after/face/", changed).status_code == 302
    assert now_is(cast).accent == "#1C5230"
    pale = browser.post("/c/north/look-after/face/", {**form, "colour": "own", "own": "#FFCC00"})
    assert pale.status_code == 422
    assert darker_until_readable("#FFCC00") in pale.content.decode()
    for nonsense in ("", "red", "#12", "#GGGGGG"):
        wrong = browser.post("/c/north/look-after/face/", {**form, "colour": "own", "own": nonsense})
        assert wrong.status_code == 422


def test_the_preview_has_both_lights_whatever_the_reader_has_chosen() -> None:
    css = preview_stylesheet("#1C5230", "#9ADBB0")
    assert ".face-light{" in css
    assert ".face-dark{" in css
    assert css.count("--hearth:") == 2
    assert Client().get("/c/north/brand/zzz/face.css").status_code == 404


# The logo


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_pictures_of_every_usual_kind_become_the_logo(cast: Cast, kind: str) -> None:
    file = give_logo(cast, png(900, 300, kind, "RGB"))
    page = Client().get("/c/north/").content.decode()

    assert f'src="/c/north/brand/mark/{file.public_id}/"' in page
    assert 'alt="A flame"' in page


def test_the_logo_is_seen_by_everyone_even_where_the_door_is_closed() -> None:
    cast = build("north", open_to_visitors=False)
    with tenant(cast.community):
        file = give_logo(cast)
    for path in (f"/c/north/brand/mark/{file.public_id}/", f"/c/north/files/{file.public_id}/"):
        answer = Client().get(path)
        assert (answer.status_code, answer["Content-Security-Policy"]) == (200, "sandbox; default-src 'none'")
        assert answer["X-Content-Type-Options"] == "nosniff"
    build("south")
    assert Client().get(f"/c/south/brand/mark/{file.public_id}/").status_code == 404


def test_no_other_file_is_served_as_a_logo(cast: Cast) -> None:
    from django.core.files.base import ContentFile

    from hearth.files import actions as files

    secret = files.store(
        ContentFile(png()),
        community=cast.community,
        owner_id=cast.people["jan"].pk,
        name="x.png",
        description="x",
        now=NOW,
    )
    assert Client().get(f"/c/north/brand/mark/{secret.public_id}/").status_code == 404


def test_a_new_logo_takes_the_place_of_the_old_one_and_taking_it_away_leaves_nothing(cast: Cast) -> None:
    first, second = give_logo(cast), give_logo(cast, png(50, 50))
    assert [file.pk for file in File.objects.filter(subject_kind="community")] == [second.pk]
    assert now_is(cast).logo_id == second.pk
    assert Client().get(f"/c/north/brand/mark/{first.public_id}/").status_code == 404
    assert browser_of(cast).post("/c/north/look-after/face/logo/remove/").status_code == 302
    assert (now_is(cast).logo_id, File.objects.filter(subject_kind="community").exists()) == (None, False)
    assert "brand/mark" not in Client().get("/c/north/").content.decode()


def test_a_file_of_somebody_cannot_be_made_the_logo(cast: Cast) -> None:
    from django.core.files.base import ContentFile

    from hearth.core.errors import NotFound
    from hearth.files import actions as files

    theirs = files.store(
        ContentFile(png()),
        community=cast.community,
        owner_id=cast.people["jan"].pk,
        name="x.png",
        description="x",
        now=NOW,
    )
    with pytest.raises((NotFound, Conflict)):
        set_logo(by=cast.people["steward"], community=cast.community, logo=theirs, now=NOW)
    assert now_is(cast).logo_id is None


def test_the_page_asks_what_the_logo_shows(cast: Cast) -> None:
    browser = browser_of(cast)
    path = "/c/north/look-after/face/logo/"
    silent = browser.post(path, {"logo": upload(png())})
    assert silent.status_code == 422
    assert "Say in a few words what the logo shows" in silent.content.decode()
    assert browser.post(path, {"logo": upload(png()), "shows": "Two hands"}).status_code == 302
    assert now_is(cast).logo.description == "Two hands"
    assert browser.post(path, {"logo": upload(png()), "only_name": "on"}).status_code == 302
    assert now_is(cast).logo.is_decoration


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a picture",
        b"%PDF-1.7\n%%EOF",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\x89PNG\r\n\x1a\n",
    ],
)
def test_what_is_no_picture_is_refused_kindly(cast: Cast, content: bytes) -> None:
    answer = browser_of(cast).post("/c/north/look-after/face/logo/", {"logo": upload(content), "shows": "x"})
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "<title>Error: " in page
    assert now_is(cast).logo_id is None


def test_a_picture_bomb_is_refused_kindly(cast: Cast) -> None:
    bomb = bombs.png_of(20_000, 20_000)
    answer = browser_of(cast).post("/c/north/look-after/face/logo/", {"logo": upload(bomb), "shows": "x"})

    assert answer.status_code == 422
    assert "Make it smaller" in answer.content.decode()
    assert not File.objects.filter(owner_id=None, subject_kind="").exists()


def test_twenty_logos_in_an_hour_are_enough(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hearth.communities.actions.LOGOS_AN_HOUR", 1)
    give_logo(cast)
    with pytest.raises(TooMany):
        give_logo(cast)


@pytest.mark.django_db(transaction=True)
def test_what_is_remembered_of_a_community_is_dropped_when_its_face_changes(settings: Any) -> None:
    settings.COMMUNITY_MEMORY_SECONDS = 60
    cast = build("north")
    assert "The North Society" in Client().get("/c/north/").content.decode()
    with tenant(cast.community):
        change_face(
            by=cast.people["steward"],
            community=cast.community,
            face=Face("Newer North", "", "#1C5230"),
            now=NOW,
        )
    page = Client().get("/c/north/").content.decode()
    assert "Newer North" in page
    assert "brand/1c5230-" in page
    queries._memory.clear()


def test_the_logo_costs_no_query_on_a_page(cast: Cast, settings: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    settings.COMMUNITY_MEMORY_SECONDS = 60
    give_logo(cast)
    queries._memory.clear()
    Client().get("/c/north/help/")
    with CaptureQueriesContext(connection) as asked:
        assert "brand/mark" in Client().get("/c/north/help/").content.decode()
    queries._memory.clear()
    assert len(asked) == 0
