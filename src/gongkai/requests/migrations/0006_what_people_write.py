"""What people write of themselves, and what they call their files, is kept encrypted (decision 0011)."""

from typing import Any

from django.db import migrations

from gongkai.privacy.fields import EncryptedText

FIELDS = {
    "paper": {"name": EncryptedText("文件名")},
    "recordcorrection": {
        "record": EncryptedText("需更正的信息"),
        "wrong": EncryptedText("不准确之处"),
        "evidence": EncryptedText("证据说明"),
        "answer": EncryptedText("处理情况", blank=True),
    },
    "request": {"purpose": EncryptedText("用途（选填）", blank=True)},
    "supplement": {"words": EncryptedText("补正内容", blank=True)},
    "inquiry": {"words": EncryptedText("说明的理由", blank=True)},
    "note": {"words": EncryptedText("内容")},
    "rating": {"words": EncryptedText("意见", blank=True)},
    "consultation": {"reasons": EncryptedText("理由", blank=True)},
}
ROWS = 1000
SEALED = "_sealed"


def seal(apps: Any, schema_editor: Any) -> None:
    """Copies what is there, encrypted, into the new columns."""
    for model, fields in FIELDS.items():
        rows = apps.get_model("requests", model)._base_manager
        some: list[Any] = []
        for row in rows.only(*fields).iterator(chunk_size=ROWS):
            for name in fields:
                setattr(row, name + SEALED, getattr(row, name))
            if any(getattr(row, name) for name in fields):
                some.append(row)
            if len(some) == ROWS:
                rows.bulk_update(some, [name + SEALED for name in fields])
                some.clear()
        if some:
            rows.bulk_update(some, [name + SEALED for name in fields])


def each() -> Any:
    """Model, name and field."""
    return ((model, name, field) for model, fields in FIELDS.items() for name, field in fields.items())


class Migration(migrations.Migration):
    dependencies = [("requests", "0005_how_to_pay")]

    operations = [
        *(migrations.AddField(m, n + SEALED, EncryptedText(default="", blank=True)) for m, n, _field in each()),
        migrations.RunPython(seal),  # there is no way back into the clear
        *(migrations.RemoveField(m, n) for m, n, _field in each()),
        *(migrations.RenameField(m, n + SEALED, n) for m, n, _field in each()),
        *(migrations.AlterField(m, n, field) for m, n, field in each()),
    ]
