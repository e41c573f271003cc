from django.urls import path

from hearth.ui import views

urlpatterns = [
    path("reading/", views.reading_page, name="reading"),
    path("language/", views.language, name="language"),
    path("help/", views.help_page, name="help"),
    path("style-guide/", views.style_guide_page, name="style-guide"),
]
