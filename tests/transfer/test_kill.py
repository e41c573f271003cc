"""An import that is killed with -9 again and again ends with every post once."""

import json
import os
import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from tests.transfer.archives import letter, surveyed

LETTERS = 2_500
KILLS = 5
SOURCE = Path(__file__).parents[2] / "src"
# One process starts Django once; each try is a fork of it, which dies by SIGKILL while its second or third batch is going in.
DRIVER = """
import os, random, signal, sqlite3, sys, time
import django; django.setup()
from contextlib import closing
from pathlib import Path
from django.core.management import call_command
from django.db import connection
from hearth.communities.models import Community
from hearth.core.tenancy import tenant
from hearth.spaces.models import Space
from hearth.transfer.terminal import import_mbox

folder, kills = Path(sys.argv[1]), int(sys.argv[2])
call_command("migrate", verbosity=0, skip_checks=True)
lake = Community.objects.create(slug="lake", name="Lake", mark="L", country="HR", languages=["en"])
with tenant(lake):
    Space.objects.create(community=lake, slug="list", name="List")
connection.close()

def posts():
    # Closed each time: a connection of SQLite that is carried through a fork breaks the database (its "How to corrupt").
    with closing(sqlite3.connect(folder / "hearth.sqlite3", timeout=30)) as database:
        return database.execute("SELECT count(*) FROM conversations_post").fetchone()[0]

draw, counts = random.Random(3), [0]
for attempt in range(kills + 1):
    child = os.fork()
    if child == 0:
        import_mbox([folder / "list.mbox"], community="lake", space="list")
        os._exit(0)
    if attempt < kills:
        end = time.monotonic() + 30
        while posts() == counts[-1] and os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            time.sleep(0.005)
            if time.monotonic() > end:
                break
        time.sleep(draw.random() * 0.15)
        os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    counts.append(posts())
print(); print([counts, status])
"""


def rows(data: Path, question: str) -> list[tuple[int, ...]]:
    with closing(sqlite3.connect(data / "hearth.sqlite3")) as connection:
        return connection.execute(question).fetchall()


def test_an_import_killed_at_random_ends_with_every_post_once(tmp_path: Path) -> None:
    draw = random.Random(3)
    answered = {number: draw.randrange(1, number) for number in range(2, LETTERS + 1) if number % 4}
    mbox = tmp_path / "list.mbox"
    mbox.write_bytes(
        b"".join(
            letter(number, in_reply_to=f"<{answered.get(number, 'none')}@lista.example>")
            for number in range(1, LETTERS + 1)
        )
    )
    done = subprocess.run(
        [sys.executable, "-c", DRIVER, str(tmp_path), str(KILLS)],
        env=os.environ
        | {
            "PYTHONPATH": str(SOURCE),
            "DJANGO_SETTINGS_MODULE": "hearth.config.settings",
            "HEARTH_DATA_DIR": str(tmp_path),
            "HEARTH_DATABASE_URL": "",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    counts, status = json.loads(done.stdout.splitlines()[-1])
    assert status == 0
    assert any(0 < count < LETTERS for count in counts), "no try was killed half way"

    kept = rows(tmp_path, "SELECT topic_id, number FROM conversations_post")
    assert len(kept) == len(set(kept)) == LETTERS
    items = "SELECT count(*), count(DISTINCT source_id) FROM transfer_importeditem"
    assert rows(tmp_path, items) == [(LETTERS, LETTERS)]
    assert rows(tmp_path, "SELECT count(DISTINCT subject_id) FROM search_searchentry") == [(LETTERS,)]
    threads = {post.thread_key for post in surveyed([mbox]).posts()}
    assert rows(tmp_path, "SELECT count(*) FROM conversations_topic") == [(len(threads),)]
    last = "SELECT max(number) FROM conversations_post p WHERE p.topic_id = t.id"
    assert rows(tmp_path, f"SELECT id FROM conversations_topic t WHERE post_count != ({last})") == []
