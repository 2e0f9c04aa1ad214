"""The log's table takes no change and no removal."""

from django.db import migrations

from gongkai.audit.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [append_only("audit_entry")]
