"""The addresses of the citizens' pages."""

from django.urls import path

from gongkai.requests.public import acting, applying, correcting, home, tracking

app_name = "public"
urlpatterns = [
    path("", home.home, name="home"),
    path("guide/<slug:code>/", home.guide, name="guide"),
    path("apply/sent/", applying.filed, name="filed"),
    path("apply/forget/", applying.forget, name="forget"),
    path("apply/", applying.step, {"name": "agency"}, name="begin"),
    path("apply/<slug:name>/", applying.step, name="apply"),
    path("track/", tracking.enter, name="track"),
    path("track/request/", tracking.case, name="case"),
    path("track/leave/", tracking.leave, name="leave"),
    path("track/paper/<uuid:key>/", tracking.paper, name="paper"),
    path("track/do/<slug:name>/", acting.act, name="act"),
    path("correct/", correcting.ask, name="correct"),
    path("correct/sent/", correcting.sent, name="correction_sent"),
    path("track/correction/", correcting.followed, name="correction"),
]
