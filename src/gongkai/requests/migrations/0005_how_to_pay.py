"""The notice of a fee says how to pay (国办函〔2020〕109号)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("requests", "0004_forwarded_corrections")]

    operations = [
        migrations.AddField(
            model_name="feenotice",
            name="how",
            field=models.TextField(blank=True, verbose_name="缴纳方式"),
        ),
    ]
