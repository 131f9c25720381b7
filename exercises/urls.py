from django.urls import path

from exercises import views

app_name = "exercises"
urlpatterns = [
    path("", views.exercise_list, name="list"),
    path("pictures/<str:name>", views.picture, name="picture"),
    path("your-figure/", views.own_figure, name="figure"),
    path("<slug:slug>/share-<str:digest>.png", views.share, name="share"),
    path("<slug:slug>/", views.exercise_detail, name="detail"),
]
