"""Routes of the first run inside a community."""

from django.urls import path

from hearth.setup.views import place

urlpatterns = [
    path("begin/", place.tasks, name="begin_tasks"),
    path("begin/purpose/", place.its_purpose, name="begin_purpose"),
    path("begin/invite/", place.its_people, name="begin_invite"),
    path("begin/space/", place.its_space, name="begin_space"),
    path("begin/letter/", place.its_letter, name="begin_letter"),
    path("begin/e-mail/", place.its_email, name="begin_email"),
    path("begin/place/", place.its_place, name="begin_place"),
    path("begin/<slug:step>/later/", place.later, name="begin_later"),
]
