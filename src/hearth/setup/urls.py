"""Routes of the first run, on the network's own host. Those inside a community stand in `place_urls`."""

from django.urls import path

from hearth.setup.views import begin, sample

urlpatterns = [
    path("begin/", begin.begin, name="begin"),
    path("begin/name/", begin.name, name="begin_name"),
    path("begin/you/", begin.you, name="begin_you"),
    path("begin/languages/", begin.its_languages, name="begin_languages"),
    path("sample/", sample.sample_door, name="sample"),
    path("sample/remove/", sample.sample_remove, name="sample_remove"),
]
