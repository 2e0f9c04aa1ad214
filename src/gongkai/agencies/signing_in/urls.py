"""The addresses of signing in and out, before Wagtail's own."""

from __future__ import annotations

from django.urls import path

from gongkai.agencies.signing_in import language, own_views, provider_views, views

app_name = "signing_in"
urlpatterns = [
    path("login/", views.SignInPage.as_view(), name="login"),
    path("login/code/", views.SecondFactorPage.as_view(), name="second_factor"),
    path("login/enrol/", own_views.EnrolPage.as_view(), name="enrol"),
    path("login/provider/", provider_views.Depart.as_view(), name="provider"),
    path("login/provider/return/", provider_views.Return.as_view(), name="provider_return"),
    path("logout/", views.sign_out, name="logout"),
    path("password/", own_views.PasswordPage.as_view(), name="password"),
    path("language/", language.language, name="language"),
    path("account/", own_views.own, name="own"),
    path("account/end-others/", own_views.end_others, name="end_others"),
    path("account/recovery-codes/", own_views.new_recovery_codes, name="recovery_codes"),
]
