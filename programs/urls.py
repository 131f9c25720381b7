from django.urls import path

from programs.views import arrive, assessments, changes, check, intake, overrides, plan, ranges

app_name = "programs"
urlpatterns = [
    path("arrive/", arrive.arrive, name="arrive"),
    path("check/", check.start, name="check"),
    path("check/confirm/", check.confirm, name="check-confirm"),
    path("check/stop/", check.stop, name="stop"),
    path("check/result/", check.result, name="check-result"),
    path("check/again/", check.again, name="check-again"),
    path("check/<slug:slug>/", check.step, name="check-step"),
    path("intake/", intake.start, name="intake"),
    path("intake/review/", intake.review, name="intake-review"),
    path("intake/<slug:slug>/", intake.step, name="intake-step"),
    path("plan/", plan.plan_page, name="plan"),
    path("plan/preview/", plan.preview_page, name="preview"),
    path("plan/days/", plan.days, name="plan-days"),
    path("plan/minutes/", changes.minutes, name="minutes"),
    path("plan/lighter-week/", changes.lighter_week, name="lighter-week"),
    path("plan/undo/", changes.undo, name="undo"),
    path("plan/read/", changes.read, name="news-read"),
    path("plan/swap/<slug:slug>/", changes.swap, name="swap"),
    path("plan/pause/", changes.pause, name="pause"),
    path("plan/resume/", changes.resume, name="resume"),
    path("plan/letter/", assessments.letter, name="letter"),
    path("plan/contact/", assessments.contact, name="contact"),
    path("patients/<int:pk>/ranges/", ranges.ranges, name="ranges"),
    path(
        "patients/<int:pk>/override/<slug:slug>/<slug:condition>/",
        overrides.override,
        name="override",
    ),
    path("patients/<int:pk>/release/", overrides.release, name="release"),
    path("patients/<int:pk>/assessment/", assessments.assessment, name="assessment"),
]
