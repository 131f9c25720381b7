from django.urls import path

from progress.views import devices

urlpatterns = [
    path("session/<uuid:token>/events/", devices.session_events_view, name="session-events"),
    path("diary/events/", devices.diary_events_view, name="diary-events"),
]
