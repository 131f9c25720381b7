"""The site's addresses and one bare page to measure against."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from backrelief.urls import urlpatterns as site


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(request.user.pk))


urlpatterns = [path("bare/", bare), *site]
