from django.urls import path

from progress.views import devices, offline, paper

urlpatterns = [
    path("offline/", offline.offline, name="offline"),
    path("session/ahead/", offline.ahead, name="session-ahead"),
    path("offline/list/", offline.keep_list, name="offline-list"),
    path("session/<uuid:token>/events/", devices.session_events_view, name="session-events"),
    path("diary/paper/", paper.paper_week, name="paper-week"),
    path("plan/handout/", paper.handout, name="handout"),
    path("diary/events/", devices.diary_events_view, name="diary-events"),
]
