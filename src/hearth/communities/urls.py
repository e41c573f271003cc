"""Routes of the community itself."""

from django.urls import path

from hearth.communities import views

urlpatterns = [path("brand/<str:colours>.css", views.brand_css, name="brand_css")]
