"""What each agency answered in a year is counted from an index (各机关)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("requests", "0006_what_people_write")]

    operations = [
        migrations.AddIndex(
            model_name="request",
            index=models.Index(fields=["agency", "answered", "state"], name="request_answered"),
        ),
    ]
