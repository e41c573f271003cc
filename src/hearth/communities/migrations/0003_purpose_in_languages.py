"""The purpose sentence in several languages; whether the network's page may show it."""

from typing import Any

from django.db import migrations, models


def keep_sentences(apps: Any, schema_editor: Any) -> None:
    for community in apps.get_model("communities", "Community").objects.exclude(purpose_sentence=""):
        language = community.languages[0] if community.languages else "en"
        community.purpose_sentences = [[language, community.purpose_sentence]]
        community.save(update_fields=["purpose_sentences"])


def first_sentence_only(apps: Any, schema_editor: Any) -> None:
    for community in apps.get_model("communities", "Community").objects.all():
        if community.purpose_sentences:
            community.purpose_sentence = community.purpose_sentences[0][1]
            community.save(update_fields=["purpose_sentence"])


class Migration(migrations.Migration):
    dependencies = [("communities", "0002_beginning_and_logo")]

    operations = [
        migrations.AddField("community", "purpose_sentences", models.JSONField(blank=True, default=list)),
        migrations.AddField("community", "shows_purpose_in_network", models.BooleanField(default=False)),
        migrations.RunPython(keep_sentences, first_sentence_only),
        migrations.RemoveField("community", "purpose_sentence"),
    ]
