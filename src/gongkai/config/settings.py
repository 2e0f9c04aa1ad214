"""Django's settings. What differs from place to place comes from the environment (environment.py)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from gongkai.config.environment import Environment

env = Environment()
ROOT = Path(__file__).resolve().parent.parent

DEBUG = False
SECRET_KEY = env.text("GONGKAI_SECRET")
GONGKAI_KEYS = env.words("GONGKAI_KEYS")
GONGKAI_CIPHER = env.one_of("GONGKAI_CIPHER", "fernet", "sm4")
GONGKAI_DIGEST = env.one_of("GONGKAI_DIGEST", "sha256", "sm3")
GONGKAI_CLAMD = env.text("GONGKAI_CLAMD")
GONGKAI_CLAMD_SECONDS = env.number("GONGKAI_CLAMD_SECONDS", 30)
GONGKAI_SCAN = env.text("GONGKAI_SCAN", "required")
GONGKAI_SECOND_FACTOR = env.one_of("GONGKAI_SECOND_FACTOR", "required", "offered")
GONGKAI_DEMO = env.flag("GONGKAI_DEMO")
GONGKAI_DATA = env.data
ALLOWED_HOSTS = env.words("GONGKAI_HOSTS")
CSRF_TRUSTED_ORIGINS = env.words("GONGKAI_ORIGINS")
BASE_URL = env.text("GONGKAI_URL", "http://localhost:8000")

INSTALLED_APPS = [
    "gongkai.config",
    "gongkai.pages",
    "gongkai.requests.desk",
    "gongkai.requests.public",
    "gongkai.requests",
    "gongkai.agencies",
    "gongkai.audit",
    "wagtail.users",
    "wagtail.images",
    "wagtail.documents",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "treebeard",
    "django_htmx",
    "axes",
    "django_otp",
    "mozilla_django_oidc",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gongkai.pages.headers.SafeHeaders",
    "csp.middleware.CSPMiddleware",
    "gongkai.agencies.signing_in.sessions.Sessions",
    "django.middleware.locale.LocaleMiddleware",
    "gongkai.requests.papers.uploading.RefuseTooLarge",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "gongkai.agencies.signing_in.sessions.SessionLimits",
    "gongkai.agencies.administration.refusing.LogRefusals",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "gongkai.config.urls"
WSGI_APPLICATION = "gongkai.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gongkai.pages.context.page",
            ],
        },
    },
]

DATABASES = {"default": env.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People
AUTH_USER_MODEL = "agencies.Staff"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "gongkai.agencies.backends.RoleBackend",
]
LOGIN_URL = "/desk/login/"
LOGIN_REDIRECT_URL = "/desk/"

# Signing in. Customary values of 等级保护 (GB/T 22239-2019, 身份鉴别); an agency may be stricter.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "gongkai.agencies.signing_in.passwords.SeveralClasses", "OPTIONS": {"at_least": 3}},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "gongkai.agencies.signing_in.passwords.NotUsedLately", "OPTIONS": {"last": 5}},
]
GONGKAI_PASSWORD_DAYS = env.number("GONGKAI_PASSWORD_DAYS", 90)
GONGKAI_IDLE_MINUTES = env.number("GONGKAI_IDLE_MINUTES", 15)
GONGKAI_SESSION_HOURS = env.number("GONGKAI_SESSION_HOURS", 8)
GONGKAI_SESSIONS_AT_ONCE = env.number("GONGKAI_SESSIONS_AT_ONCE", 3)
GONGKAI_HALF_WAY_MINUTES = 5
GONGKAI_BEHIND_PROXY = env.flag("GONGKAI_BEHIND_PROXY")
SESSION_COOKIE_AGE = GONGKAI_SESSION_HOURS * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
AXES_FAILURE_LIMIT = env.number("GONGKAI_TRIES", 5)
GONGKAI_TRIES_OF_NAME = env.number("GONGKAI_TRIES_OF_NAME", 20)
AXES_COOLOFF_TIME = timedelta(minutes=env.number("GONGKAI_LOCK_MINUTES", 30))
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True  # the log of the platform has it
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code"]
AXES_HANDLER = "gongkai.agencies.signing_in.throttling.Tries"
AXES_USERNAME_CALLABLE = "gongkai.agencies.signing_in.throttling.counted_name"
AXES_CLIENT_IP_CALLABLE = "gongkai.agencies.signing_in.throttling.counted_from"
AXES_LOCKOUT_CALLABLE = "gongkai.agencies.signing_in.views.locked"
AXES_WHITELIST_CALLABLE = "gongkai.agencies.signing_in.throttling.is_counted_elsewhere"

# Single sign-on by OpenID Connect: offered where a client is named. The claim must equal a user name of ours.
OIDC_RP_CLIENT_ID = env.text("GONGKAI_OIDC_CLIENT")
OIDC_RP_CLIENT_SECRET = env.text("GONGKAI_OIDC_SECRET")
OIDC_RP_SIGN_ALGO = env.text("GONGKAI_OIDC_ALGORITHM", "RS256")
OIDC_RP_SCOPES = env.text("GONGKAI_OIDC_SCOPES", "openid profile")
OIDC_OP_AUTHORIZATION_ENDPOINT = env.text("GONGKAI_OIDC_AUTHORIZATION")
OIDC_OP_TOKEN_ENDPOINT = env.text("GONGKAI_OIDC_TOKEN")
OIDC_OP_USER_ENDPOINT = env.text("GONGKAI_OIDC_USERINFO")
OIDC_OP_JWKS_ENDPOINT = env.text("GONGKAI_OIDC_KEYS")
OIDC_AUTHENTICATION_CALLBACK_URL = "signing_in:provider_return"
OIDC_CREATE_USER = False
OIDC_USE_PKCE = True
OIDC_TIMEOUT = 10
GONGKAI_OIDC_ISSUER = env.text("GONGKAI_OIDC_ISSUER")
GONGKAI_OIDC_CLAIM = env.text("GONGKAI_OIDC_CLAIM", "preferred_username")
GONGKAI_OIDC_NAME = env.text("GONGKAI_OIDC_NAME") or _("统一身份认证")
GONGKAI_OIDC_TRUSTED = env.flag("GONGKAI_OIDC_TRUSTED")  # the provider asks for two factors itself
if OIDC_RP_CLIENT_ID:
    AUTHENTICATION_BACKENDS.append("gongkai.agencies.signing_in.single_sign_on.ProviderBackend")

# Language and time
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", "English")]
LOCALE_PATHS = [ROOT / "config" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

# Files
STATIC_URL = "static/"
STATIC_ROOT = env.data / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = env.data / "media"
MEDIA_URL = "media/"
GONGKAI_PAPERS = env.data / "papers"
GONGKAI_FILE_BYTES = env.number("GONGKAI_FILE_MEGABYTES", 20) * 1024 * 1024
GONGKAI_REQUEST_BYTES = env.number("GONGKAI_REQUEST_MEGABYTES", 100) * 1024 * 1024
GONGKAI_FILINGS_PER_HOUR = env.number("GONGKAI_FILINGS_PER_HOUR", 20)
GONGKAI_UPLOADS_PER_HOUR = env.number("GONGKAI_UPLOADS_PER_HOUR", 100)
GONGKAI_WRONG_CODES = env.number("GONGKAI_WRONG_CODES", 10)
GONGKAI_WRONG_CODES_OF_NUMBER = env.number("GONGKAI_WRONG_CODES_OF_NUMBER", 20)
GONGKAI_TRACKING_MINUTES = env.number("GONGKAI_TRACKING_MINUTES", 30)
FILE_UPLOAD_HANDLERS = [
    "gongkai.requests.papers.uploading.CountingUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 20
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

# Security
_https = BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if GONGKAI_BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "gongkai.pages.views.csrf_failed"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF, "data:"],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

# Wagtail: the staff shell
WAGTAIL_SITE_NAME = _("公开")
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TAGGIT_CASE_INSENSITIVE = True

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.text("GONGKAI_LOG_LEVEL", "WARNING")},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
