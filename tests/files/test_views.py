"""A file as the browser gets it, and the pages on which pictures are described."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from hearth.accounts.models import Account
from hearth.communities.models import Community
from hearth.core.tenancy import tenant
from hearth.files import actions, folder, limits
from hearth.files.forms import AttachForm
from hearth.files.models import File
from hearth.files.uploads import CapHandler
from hearth.members.models import Member
from tests.files import bombs
from tests.files.conftest import NOW

NOBODY = "0" * 20


def person(community: Community | None, name: str) -> SimpleNamespace:
    """A browser in which this person is signed in, with the person's membership."""
    account = Account.objects.create(name=name, email=f"{name}@example.org", joined_at=NOW)
    client = Client()
    client.force_login(account)
    member = (
        Member.objects.create(community=community, account=account, name=name, joined_at=NOW)
        if community
        else None
    )
    return SimpleNamespace(client=client, member=member, pk=member.pk if member else None)


@pytest.fixture
def owner(community: Community) -> SimpleNamespace:
    return person(community, "Eva")


@pytest.fixture
def reader(community: Community, notes: dict[int, set[int]]) -> SimpleNamespace:
    """Somebody who may see note 5, to which `kept` ties its files."""
    made = person(community, "Jan")
    notes[5] = {made.pk}
    return made


@pytest.fixture
def stranger(community: Community) -> SimpleNamespace:
    return person(community, "Ida")


@pytest.fixture
def kept(store: Any, owner: SimpleNamespace, notes: dict[int, set[int]]) -> Any:
    """Store as the owner, tied to note 5."""

    def made(content: bytes, name: str = "thing", **said: Any) -> File:
        file = store(content, name, owner_id=owner.pk, **said)
        return actions.attach(file_id=file.pk, owner_id=owner.pk, subject_kind="note", subject_id=5)

    return made


def address(file: File | str, rest: str = "") -> str:
    return f"/c/north/files/{file if isinstance(file, str) else file.public_id}/{rest}"


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def without_token(content: bytes, public_id: str) -> bytes:
    """A page without what differs by address, and by itself at each visit (the token against foreign forms)."""
    return re.sub(rb'csrfmiddlewaretoken" value="\w+"', b"", content.replace(public_id.encode(), b""))


def test_a_picture_is_shown_in_place_and_can_do_nothing(kept: Any, reader: Any, stored_bytes: Any) -> None:
    file = kept(bombs.picture("JPEG"), "Sommerfest 2026.jpg")
    response = reader.client.get(address(file))
    assert (response.status_code, body(response)) == (200, stored_bytes(file))
    headers = {name: response.headers[name] for name in sorted(response.headers)}
    assert {name: headers[name] for name in (
        "Content-Type", "Content-Disposition", "Content-Security-Policy", "Cross-Origin-Resource-Policy",
        "X-Content-Type-Options", "Cache-Control", "ETag", "Content-Length",
    )} == {
        "Content-Type": "image/jpeg",
        "Content-Disposition": 'inline; filename="Sommerfest 2026.jpg"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-cache",
        "ETag": f'"{file.digest}"',
        "Content-Length": str(file.size),
    }  # fmt: skip


def test_the_small_picture_has_an_address_of_its_own(kept: Any, reader: Any, stored_bytes: Any) -> None:
    file = kept(bombs.picture("PNG", (900, 600)))
    response = reader.client.get(address(file, "thumbnail/"))
    assert (body(response), response.headers["Content-Type"]) == (
        stored_bytes(file, folder.THUMBNAIL),
        "image/webp",
    )
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response.headers["ETag"] != reader.client.get(address(file)).headers["ETag"]
    assert reader.client.get(address(kept(b"words"), "thumbnail/")).status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "disposition"),
    [
        (b"%PDF-1.7 x", "Brief.pdf", 'attachment; filename="Brief.pdf"'),
        (b"words", 'a"b\\c.txt', 'attachment; filename="c.txt"'),
        (b"words", "Grüße 😀.txt", "attachment; filename*=utf-8''Gr%C3%BC%C3%9Fe%20%F0%9F%98%80.txt"),
        (b"words", "صورة\r\nX: 1.txt", "attachment; filename*=utf-8''%D8%B5%D9%88%D8%B1%D8%A9%20X-%201.txt"),
        (bombs.office(), "a.html", 'attachment; filename="a.html.docx"'),
    ],
)
def test_all_else_is_offered_for_keeping_under_its_name(
    kept: Any, reader: Any, content: bytes, name: str, disposition: str
) -> None:
    response = reader.client.get(address(kept(content, name)))
    assert (body(response), response.headers["Content-Disposition"]) == (content, disposition)


def test_an_unchanged_file_is_not_sent_again_but_rights_are_asked_again(
    kept: Any, reader: Any, notes: dict[int, set[int]]
) -> None:
    file = kept(bombs.picture())
    again = {"If-None-Match": f'"{file.digest}"'}
    response = reader.client.get(address(file), headers=again)
    assert (response.status_code, response.content, response.headers["Cache-Control"]) == (
        304,
        b"",
        "private, no-cache",
    )
    assert reader.client.get(address(file), headers={"If-None-Match": '"other"'}).status_code == 200
    notes[5].clear()
    assert reader.client.get(address(file), headers=again).status_code == 404


def test_asking_for_the_head_sends_no_body(kept: Any, reader: Any) -> None:
    response = reader.client.head(address(kept(b"words", "a.txt")))
    assert (response.status_code, response.headers["Content-Length"], body(response)) == (200, "5", b"")


@pytest.mark.parametrize(
    ("asked", "status", "part", "said"),
    [
        ("bytes=0-9", 206, slice(0, 10), "bytes 0-9/{}"),
        ("bytes=40-", 206, slice(40, None), "bytes 40-{last}/{}"),
        ("bytes=-7", 206, slice(-7, None), "bytes {tail}-{last}/{}"),
        ("bytes=5-99999999", 206, slice(5, None), "bytes 5-{last}/{}"),
        ("bytes=99999999-", 416, slice(0, 0), "bytes */{}"),
        ("bytes=9-5", 416, slice(0, 0), "bytes */{}"),
        ("bytes=-0", 416, slice(0, 0), "bytes */{}"),
        ("bytes=0-1,5-6", 200, slice(None), None),
        ("bytes=-", 200, slice(None), None),
        ("words", 200, slice(None), None),
    ],
)
def test_a_player_gets_the_part_of_a_sound_it_asks_for(
    kept: Any, reader: Any, asked: str, status: int, part: slice, said: str | None
) -> None:
    file = kept(bombs.wav(), "a.wav")
    whole = body(reader.client.get(address(file)))
    wanted = said and said.format(file.size, last=file.size - 1, tail=file.size - 7)
    response = reader.client.get(address(file), headers={"Range": asked})
    assert (response.status_code, body(response)) == (status, whole[part])
    assert response.headers.get("Content-Range") == wanted
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_part_of_an_older_sound_is_answered_with_the_whole_new_one(kept: Any, reader: Any) -> None:
    asked = {"Range": "bytes=0-9", "If-Range": '"other"'}
    assert reader.client.get(address(kept(bombs.wav())), headers=asked).status_code == 200


def test_forbidden_and_absent_are_one_answer(kept: Any, owner: Any, reader: Any, stranger: Any) -> None:
    south = Community.objects.create(slug="south", name="South", country="IE", languages=["en"], mark="S")
    with tenant(south):
        other = person(south, "Sam")
    file = kept(bombs.picture(), "canary.png", description="canary words")
    for client in (Client(), stranger.client, other.client, person(None, "Operator").client):
        for rest in ("", "thumbnail/"):
            forbidden, absent = client.get(address(file, rest)), client.get(address(NOBODY, rest))
            assert (forbidden.status_code, absent.status_code) == (404, 404)
            assert without_token(forbidden.content, file.public_id) == without_token(absent.content, NOBODY)
            assert b"canary" not in forbidden.content
        forbidden, absent = client.get(address(file, "describe/")), client.get(address(NOBODY, "describe/"))
        assert forbidden.status_code == absent.status_code
        assert forbidden.status_code in (302, 404)
    assert other.client.get(f"/c/south/files/{file.public_id}/").status_code == 404
    assert [person_.client.get(address(file)).status_code for person_ in (owner, reader)] == [200, 200]


def test_a_file_that_somebody_took_from_the_folder_is_not_there(
    kept: Any, reader: Any, community: Any
) -> None:
    file = kept(b"words")
    folder.path_of(community=community.public_id, digest=file.digest).unlink()
    assert reader.client.get(address(file)).status_code == 404


def test_pages_take_only_the_methods_they_know(kept: Any, reader: Any) -> None:
    file = kept(bombs.picture())
    for method in ("post", "put", "delete", "patch"):
        assert getattr(reader.client, method)(address(file)).status_code == 405
    assert reader.client.delete(address(file, "describe/")).status_code == 405


@pytest.fixture
def waiting(kept: Any) -> File:
    """A picture for which its owner asked for words."""
    return kept(bombs.picture(), is_decoration=False, wants_description=True)


def test_a_visitor_is_asked_to_sign_in_and_comes_back(waiting: File) -> None:
    for path in (address(waiting, "describe/"), address("to-describe")):
        response = Client().get(path)
        assert (response.status_code, response.headers["Location"]) == (302, f"/c/north/sign-in/?next={path}")


def test_a_waiting_picture_is_found_described_and_gone_from_the_list(
    waiting: File, reader: Any, stranger: Any
) -> None:
    page = reader.client.get(address("to-describe"))
    assert (page.status_code, address(waiting, "describe/") in page.content.decode()) == (200, True)
    assert address(waiting, "describe/") not in stranger.client.get(address("to-describe")).content.decode()
    page = reader.client.get(address(waiting, "describe/"))
    assert (page.status_code, 'name="answer"' in page.content.decode()) == (200, False)
    done = reader.client.post(address(waiting, "describe/"), {"description": "Tea for four"}, follow=True)
    assert done.redirect_chain == [("/c/north/files/to-describe/", 302)]
    assert "Thank you" in done.content.decode()
    assert address(waiting, "describe/") not in done.content.decode()
    waiting.refresh_from_db()
    assert waiting.description == "Tea for four"


def test_a_helper_who_says_nothing_is_told_what_to_do(waiting: File, reader: Any) -> None:
    response = reader.client.post(address(waiting, "describe/"), {"description": " "})
    assert response.status_code == 422
    assert "Say in a few words what the picture shows." in response.content.decode()


def test_a_picture_that_has_words_is_open_to_its_owner_only(kept: Any, reader: Any, owner: Any) -> None:
    file = kept(bombs.picture(), description="Tea")
    assert reader.client.get(address(file, "describe/")).status_code == 403
    page = owner.client.get(address(file, "describe/")).content.decode()
    assert ('value="shows" checked' in page, "Tea" in page, "/c/north/notes/5/" in page) == (True, True, True)


@pytest.mark.parametrize(
    ("sent", "status", "kept_answer"),
    [
        ({"answer": "shows", "description": "Tea"}, 302, ("Tea", False, False)),
        ({"answer": "decoration", "description": "Typed words"}, 302, ("Typed words", False, False)),
        ({"answer": "decoration"}, 302, ("", True, False)),
        ({"answer": "ask"}, 302, ("", False, True)),
        ({"answer": "shows"}, 422, ("", True, False)),
        ({}, 422, ("", True, False)),
        ({"answer": "shows", "description": "x" * 501}, 422, ("", True, False)),
    ],
)
def test_the_owner_has_three_answers(
    kept: Any, owner: Any, sent: dict[str, str], status: int, kept_answer: tuple[str, bool, bool]
) -> None:
    file = kept(bombs.picture())
    response = owner.client.post(address(file, "describe/"), sent)
    assert response.status_code == status
    if status == 302:
        assert response.headers["Location"] == "/c/north/notes/5/"
    file.refresh_from_db()
    assert (file.description, file.is_decoration, file.wants_description) == kept_answer


def test_words_from_before_go_when_the_owner_marks_another_answer(kept: Any, owner: Any) -> None:
    file = kept(bombs.picture(), description="Tea")
    assert (
        owner.client.post(address(file, "describe/"), {"answer": "ask", "description": "Tea"}).status_code
        == 302
    )
    file.refresh_from_db()
    assert (file.description, file.wants_description) == ("", True)


def test_a_picture_described_meanwhile_says_so_kindly(waiting: File, reader: Any, owner: Any) -> None:
    # Both have the page open; the owner is faster.
    assert reader.client.get(address(waiting, "describe/")).status_code == 200
    actions.describe(by=owner.member, file=waiting, description="Mine", now=NOW)
    late = reader.client.post(address(waiting, "describe/"), {"description": "Late"})
    assert (late.status_code, "described this picture already" in late.content.decode()) == (403, True)
    waiting.refresh_from_db()
    assert waiting.description == "Mine"


def test_the_list_costs_the_same_for_one_and_for_three(kept: Any, reader: Any) -> None:
    counts = []
    for number in (1, 2):
        for _turn in range(number):
            kept(bombs.picture(), is_decoration=False, wants_description=True)
        with CaptureQueriesContext(connection) as seen:
            assert reader.client.get(address("to-describe")).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_form_that_never_ends_does_not_fill_the_disk() -> None:
    handler = CapHandler(RequestFactory().post("/"))
    step = limits.MEGABYTE
    passed = [handler.receive_data_chunk(bytes(step), start) for start in range(0, 50 * step, step)]
    kept_bytes = sum(len(chunk) for chunk in passed if chunk)
    assert limits.FILE_BYTES < kept_bytes <= limits.FILE_BYTES + step


def test_with_the_cap_a_form_still_says_that_the_file_is_too_large(settings: Any, tmp_path: Path) -> None:
    settings.FILE_UPLOAD_HANDLERS = [
        "hearth.files.uploads.CapHandler",
        "django.core.files.uploadhandler.MemoryFileUploadHandler",
        "django.core.files.uploadhandler.TemporaryFileUploadHandler",
    ]
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    upload = SimpleUploadedFile("a.txt", b"x" * (30 * limits.MEGABYTE))
    request = RequestFactory().post("/", {"file": upload})
    arrived = request.FILES["file"]
    assert limits.FILE_BYTES < arrived.size < limits.FILE_BYTES + limits.MEGABYTE
    form = AttachForm(request.POST, request.FILES)
    assert form.errors["file"] == ["This file is too large. It may have at most 10 megabytes."]
    arrived.close()
