"""Interviews keep all that was typed, how the sentence was smoothed, and who wrote for whom."""

import django.db.models.deletion
from django.db import migrations, models

SPEAKS = [("yes", "Yes"), ("nearly", "Nearly"), ("not_yet", "Not yet")]
WAYS = [
    ("interview", "Found in an interview"),
    ("workshop", "Found together in a workshop"),
    ("written", "Written down as it was"),
]


class Migration(migrations.Migration):
    dependencies = [("members", "0001_initial"), ("purpose", "0002_workshops")]

    operations = [
        *(
            migrations.AlterField("interview", name, models.TextField(blank=True))
            for name in ("who", "what_1", "what_2", "what_3", "why")
        ),
        migrations.AddField("interview", "sentence", models.TextField(blank=True)),
        migrations.AddField("interview", "smoothed_from", models.TextField(blank=True)),
        migrations.AddField(
            "interview",
            "speaks_to_organisation",
            models.CharField(blank=True, choices=SPEAKS, max_length=8),
        ),
        migrations.AddField(
            "interview", "speaks_to_members", models.CharField(blank=True, choices=SPEAKS, max_length=8)
        ),
        migrations.AddField(
            "interview",
            "typed_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="members.member",
            ),
        ),
        migrations.AddField("interview", "typed_on", models.JSONField(default=dict)),
        migrations.AddField(
            "interview", "way", models.CharField(choices=WAYS, default="interview", max_length=12)
        ),
        migrations.AlterField("rung", "words", models.TextField()),
        migrations.AddField("statement", "rechecked_at", models.DateTimeField(null=True)),
    ]
