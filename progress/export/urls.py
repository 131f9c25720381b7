"""Addresses of what leaves the record, and of what is read out of it."""

from django.urls import path

from progress.views import helps, record, report

urlpatterns = [
    path("settings/data/", record.data, name="data"),
    path("settings/data/export/<slug:form>/", record.export, name="data-export"),
    path("settings/data/import/", record.bring, name="data-import"),
    path("settings/data/delete/", record.leave, name="data-delete"),
    path("settings/data/looks/", record.looks, name="data-looks"),
    path("progress/report/", report.report, name="report"),
    path("progress/helps/", helps.helps, name="helps"),
]
