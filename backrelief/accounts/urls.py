from django.urls import path

from backrelief.accounts import views

urlpatterns = [
    path("", views.settings_page, name="settings"),
    path("care/ask/", views.ask_for_link, name="care-ask"),
    path("care/<int:pk>/accept/", views.accept_link, name="care-accept"),
    path("care/<int:pk>/end/", views.end_link, name="care-end"),
]
