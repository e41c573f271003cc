"""Small translations between a web request and the domain."""

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

from hearth.core.errors import NotFound

MOST_PAGES = 100_000


def page_number(request: HttpRequest) -> int:
    """Return the page asked for by `?page=`, 1 where none is; NotFound for what is no page number."""
    asked = request.GET.get("page", "1")
    if not asked.isdecimal() or not 1 <= int(asked[:9]) <= MOST_PAGES or len(asked) > 9:
        raise NotFound("")
    return int(asked)


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was posted, for a form; None where the page was only asked for."""
    return request.POST if request.method == "POST" else None


def uploaded(request: HttpRequest) -> "MultiValueDict[str, UploadedFile[bytes]] | None":
    """Return the files that were posted, for a form; None where the page was only asked for."""
    return request.FILES if request.method == "POST" else None
