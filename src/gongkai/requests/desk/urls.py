"""The addresses of the desk, before Wagtail's own: whoever holds no role today does not come in."""

from __future__ import annotations

from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.urls import display_custom_404
from wagtail.utils.urlpatterns import decorate_urlpatterns

from gongkai.requests.desk import urls_cases, urls_lists

app_name = "desk"
urlpatterns = [*urls_lists.urlpatterns, *urls_cases.urlpatterns]
for decorator in (require_admin_access, display_custom_404, never_cache):
    urlpatterns = decorate_urlpatterns(urlpatterns, decorator)
urlpatterns = [*urlpatterns, *urls_lists.by_token]
