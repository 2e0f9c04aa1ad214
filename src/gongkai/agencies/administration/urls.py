"""The addresses of administration, before Wagtail's own."""

from __future__ import annotations

from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.urls import display_custom_404
from wagtail.utils.urlpatterns import decorate_urlpatterns

from gongkai.agencies.administration import agency_views, log_views, notice_views, people_views, reform_views

app_name = "administration"
urlpatterns = [
    path("agencies/", agency_views.agencies, name="agencies"),
    path("agencies/<int:pk>/", agency_views.agency, name="agency"),
    path("agencies/<int:pk>/add/", agency_views.add, name="add_agency"),
    path("agencies/<int:pk>/edit/", agency_views.edit, name="edit_agency"),
    path("agencies/<int:pk>/guide/", agency_views.guide, name="guide"),
    path("agencies/<int:pk>/remedy/", agency_views.remedy, name="remedy"),
    path("agencies/<int:pk>/reform/<slug:way>/", reform_views.reform, name="reform"),
    path("people/", people_views.people, name="people"),
    path("people/open/", people_views.open_account, name="open_account"),
    path("people/<int:pk>/", people_views.person, name="person"),
    path("people/<int:pk>/edit/", people_views.edit, name="edit_person"),
    path("people/<int:pk>/appoint/", people_views.appoint, name="appoint"),
    path("people/<int:pk>/roles/<int:appointment>/end/", people_views.end_appointment, name="end_appointment"),
    path("people/<int:pk>/password/", people_views.give_password, name="give_password"),
    path("people/<int:pk>/press/<slug:what>/", people_views.press, name="press"),
    path("notices/", notice_views.notices, name="notices"),
    path("notices/load/", notice_views.load, name="load_notice"),
    path("log/", log_views.log, name="log"),
    path("log/export/", log_views.export, name="export_log"),
    path("log/proof/", log_views.proof, name="proof"),
]
for decorator in (require_admin_access, display_custom_404, never_cache):
    urlpatterns = decorate_urlpatterns(urlpatterns, decorator)
