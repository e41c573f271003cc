"""Routes of the community itself."""

from django.urls import path

from hearth.communities import views

urlpatterns = [
    path("brand/<str:colours>.css", views.brand_css, name="brand_css"),
    path("brand/<str:colours>/face.css", views.face_css, name="face_css"),
    path("brand/mark/<str:file>/", views.mark, name="mark"),
]
