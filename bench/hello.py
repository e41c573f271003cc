"""The reference of each run: a bare Django page, without middleware, database or templates.

It is its own settings module, so that one variable (DJANGO_SETTINGS_MODULE) makes a server serve this instead of Hearth.
"""

from django.http import HttpRequest, HttpResponse
from django.urls import path

SECRET_KEY = "only-for-benchmarks"
ALLOWED_HOSTS = ["*"]
# The server knows the model of live news, on which nobody waits here.
INSTALLED_APPS = ["hearth.core"]
MIDDLEWARE: list[str] = []
ROOT_URLCONF = __name__
LOGGING_CONFIG = None


def hello(request: HttpRequest) -> HttpResponse:
    """Say hello."""
    return HttpResponse("Hello")


urlpatterns = [path("", hello)]
