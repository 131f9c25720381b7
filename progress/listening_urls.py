"""Where a person tells how it goes, and what the program makes of it. Names belong to ``progress``."""

from django.urls import path

from progress.views import check_in, crisis, dials, flare

urlpatterns = [
    path("today/dials/", dials.dials, name="dials"),
    path("check-in/", check_in.check_in, name="check-in"),
    path("check-in/done/", check_in.checked_in, name="checked-in"),
    path("flare/", flare.flare, name="flare"),
    path("flare/plan/", flare.calm_plan, name="calm-plan"),
    path("crisis/", crisis.crisis, name="crisis"),
]
