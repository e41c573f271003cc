"""Routes with one page for staff, for the tests of its door."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from hearth.accounts.doors import second_step_only


def steward_page(request: HttpRequest) -> HttpResponse:
    """Stand for any page of stewards."""
    return HttpResponse("the steward's page")


urlpatterns = [
    path("", steward_page, name="home"),
    path("steward/", second_step_only(steward_page), name="steward"),
    path("", include("hearth.accounts.urls")),
    path("", include("hearth.ui.urls")),
]
