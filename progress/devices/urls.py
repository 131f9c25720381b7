from django.urls import path

from progress.views import devices, offline

urlpatterns = [
    path("offline/", offline.offline, name="offline"),
    path("offline/list/", offline.keep_list, name="offline-list"),
    path("session/<uuid:token>/events/", devices.session_events_view, name="session-events"),
    path("diary/events/", devices.diary_events_view, name="diary-events"),
]
