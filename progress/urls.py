from django.urls import include, path

from progress.caseload import views as caseload
from progress.views import (
    diary,
    figure,
    finish,
    goals,
    measures,
    progress,
    session,
    today,
)

app_name = "progress"
urlpatterns = [
    path("", include("progress.devices.urls")),
    path("", include("progress.export.urls")),
    path("", include("progress.listening_urls")),
    path("today/", today.today, name="today"),
    path("session/start/", session.start, name="session-start"),
    path(
        "session/figure/<slug:slug>/<slug:variant>/",
        figure.figure,
        name="session-figure",
    ),
    path("session/<uuid:token>/", session.session, name="session"),
    path("session/<uuid:token>/step/", session.step, name="session-step"),
    path("session/<uuid:token>/hurts/", session.hurts, name="session-hurts"),
    path("session/<uuid:token>/relief/", session.relief, name="session-relief"),
    path("session/<uuid:token>/stopped/", session.stopped, name="session-stopped"),
    path("session/<uuid:token>/finish/", finish.finish, name="finish"),
    path("session/<uuid:token>/done/", finish.done, name="session-done"),
    path("diary/", diary.diary, name="diary"),
    path("diary/new/", diary.new, name="diary-new"),
    path("diary/morning/", diary.morning, name="diary-morning"),
    path("diary/<int:pk>/", diary.edit, name="diary-edit"),
    path("diary/<int:pk>/delete/", diary.delete, name="diary-delete"),
    path("measures/", measures.measures, name="measures"),
    path("measures/activities/", measures.activities, name="activities"),
    path("measures/activities/<int:pk>/out/", measures.take_out, name="activity-out"),
    path("measures/what-you-can-do/", measures.rate, name="measure-psfs"),
    path("measures/all-in-all/", measures.overall, name="measure-overall"),
    path("measures/<int:pk>/delete/", measures.delete, name="measure-delete"),
    path("measures/<slug:key>/", measures.loaded, name="measure"),
    path("goals/", goals.goals, name="goals"),
    path("goals/add/", goals.add, name="goal-add"),
    path("goals/<int:pk>/", goals.change, name="goal"),
    path("progress/", progress.progress, name="progress"),
    path("caseload/", caseload.caseload, name="caseload"),
    path("caseload/<int:pk>/", caseload.patient, name="patient"),
    path("caseload/<int:pk>/alerts/<int:alert_pk>/", caseload.alert, name="alert"),
]
