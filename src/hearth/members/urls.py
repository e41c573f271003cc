"""Routes of the people of a community."""

from django.urls import path

from hearth.members import views
from hearth.members.views import answering, face, inviting, looking

urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/invite/", inviting.invite, name="invite"),
    path("people/invite/check/", inviting.invite_check, name="invite_check"),
    path("people/invite/send/", inviting.invite_send, name="invite_send"),
    path("people/invitations/", inviting.invitations, name="invitations"),
    path("people/invitations/<str:invitation>/again/", inviting.invitation_again, name="invitation_again"),
    path(
        "people/invitations/<str:invitation>/take-back/",
        inviting.invitation_take_back,
        name="invitation_take_back",
    ),
    path("look-after/face/", face.face, name="face"),
    path("look-after/face/logo/", face.logo, name="logo"),
    path("look-after/face/logo/remove/", face.logo_remove, name="logo_remove"),
    path("look-after/look/", looking.look_as, name="look_as"),
    path("look-after/look/end/", looking.look_as_end, name="look_as_end"),
    path("invitation/<str:token>/", answering.invitation, name="invitation"),
    path("invitation/<str:token>/no/", answering.invitation_no, name="invitation_no"),
    path("invitation/<str:token>/sign-in/", answering.invitation_sign_in, name="invitation_sign_in"),
    path("people/me/", views.profile, name="profile"),
    path("people/me/photo/", views.photo, name="photo"),
    path("people/me/photo/remove/", views.photo_remove, name="photo_remove"),
    path("people/<str:person>/", views.person, name="person"),
]
