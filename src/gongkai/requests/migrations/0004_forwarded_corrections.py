"""What is passed on stands a second time, at the agency in charge (《条例》第四十一条)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("requests", "0003_finding")]

    operations = [
        migrations.AddField(
            model_name="recordcorrection",
            name="origin",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="forwarded",
                to="requests.recordcorrection",
                verbose_name="转自",
            ),
        ),
        migrations.AlterField(
            model_name="recordcorrection",
            name="tracking",
            field=models.CharField(blank=True, editable=False, max_length=128, verbose_name="查询码摘要"),
        ),
    ]
