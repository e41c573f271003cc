"""Entrance: the search page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import get_script_prefix
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from hearth.core.http import page_number
from hearth.search import queries, visibility


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show the search form and, where something is asked, a page of what this reader may find."""
    return visibility.behind_door(_search)(request)


def _search(request: Any) -> HttpResponse:
    question = request.GET.get("q", "").strip()
    order: queries.Order = "newest" if request.GET.get("order") == "newest" else "best"
    found = queries.find(
        question,
        audiences=visibility.visible_audiences(request) if question else (),
        languages=list(dict.fromkeys([*request.community.languages, get_language() or "en"])),
        order=order,
        page=page_number(request),
    )
    shown = visibility.show([(hit.subject_kind, hit.subject_id) for hit in found.hits])
    rows = [(hit, shown.get((hit.subject_kind, hit.subject_id))) for hit in found.hits]
    context = {"question": question, "order": order, "found": found, "inside": get_script_prefix()}
    return render(request, "search/search.html", context | {"rows": [row for row in rows if row[1]]})
