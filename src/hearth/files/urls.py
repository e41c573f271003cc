"""Routes of files."""

from django.urls import path

from hearth.files import views

urlpatterns = [
    path("files/to-describe/", views.to_describe, name="files_to_describe"),
    path("files/<str:file>/", views.file, name="file"),
    path("files/<str:file>/thumbnail/", views.thumbnail, name="file_thumbnail"),
    path("files/<str:file>/describe/", views.describe, name="file_describe"),
]
