"""The steps of `hearth up` before anything runs: look whether it can, prepare what is kept, then become the tree.

Preparing is done by a process of its own, and the last step replaces this one (`config.tree`): what they loaded must not
stay in the memory that all parts share, and what they found out reaches the settings as environment variables.
"""

import fcntl
import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from hearth.config.cli.terminal import Stop, make_data_folder
from hearth.config.options import Options, options
from hearth.config.prepare import IS_SAMPLE

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
MAIL_PORTS_TO_TRY = 20


def start(*, with_sample: bool) -> NoReturn:
    """Prepare, then run Hearth until asked to stop. Raises Stop with one sentence when it cannot run here."""
    make_data_folder(options.data_dir)
    _only_one(options.data_dir)
    _port_is_free(options)
    print(f"Hearth gets ready, with the data in {options.data_dir}", flush=True)
    is_sample = _prepare(with_sample=with_sample)
    environment = os.environ | _settled(options, is_sample=is_sample)
    sys.stdout.flush()
    os.execve(sys.executable, [sys.executable, "-P", "-m", "hearth.config.tree"], environment)


def _only_one(folder: Path) -> None:
    """Hold the folder for the life of this process: two trees on one folder would do all work twice."""
    lock = os.open(folder / ".running", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise Stop(
            f"Hearth already runs with the data in {folder}. Stop it first, or name another folder with --data."
        ) from error
    os.set_inheritable(lock, True)


def _port_is_free(chosen: Options) -> None:
    if _taken(chosen.host, chosen.port):
        other = chosen.port + 1 if chosen.port < 65535 else 8000
        raise Stop(f"Port {chosen.port} is in use. Choose another one: ./hearth up --port {other}")


def _taken(host: str, port: int) -> bool:
    try:
        family, kind, proto, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, proto) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except PermissionError as error:
        raise Stop(
            f"Port {port} needs an administrator. Choose one above 1023: ./hearth up --port 8000"
        ) from error
    except socket.gaierror as error:
        raise Stop(
            f"HEARTH_HOST is {host}, which is no address of this machine. 127.0.0.1 always is one."
        ) from error
    except OSError:
        return True
    return False


def _prepare(*, with_sample: bool) -> bool:
    command = [sys.executable, "-P", "-m", "hearth.config.prepare", *(["--sample"] if with_sample else [])]
    try:
        status = subprocess.run(command, check=False).returncode
    except KeyboardInterrupt:
        # The other process was asked to stop too, and says so.
        sys.exit(130)
    if status not in {0, IS_SAMPLE}:
        sys.exit(status)
    return status == IS_SAMPLE


def _settled(chosen: Options, *, is_sample: bool) -> Mapping[str, str]:
    """Return what depends on this start and was not chosen: the address, the mail port, the sample door."""
    settled = {"HEARTH_DATA_DIR": str(chosen.data_dir)}
    if "site_url" not in chosen.model_fields_set:
        settled["HEARTH_SITE_URL"] = f"http://{chosen.host}:{chosen.port}"
    if "mail_listen_port" not in chosen.model_fields_set:
        settled["HEARTH_MAIL_LISTEN_PORT"] = str(_free_mail_port(chosen))
    # Anyone may walk in as a sample person, so this door opens only on the machine itself.
    if is_sample and chosen.host in LOOPBACK and "sample_door" not in chosen.model_fields_set:
        settled["HEARTH_SAMPLE_DOOR"] = "true"
    return settled


def _free_mail_port(chosen: Options) -> int:
    first = chosen.mail_listen_port
    free = (
        port for port in range(first, first + MAIL_PORTS_TO_TRY) if not _taken(chosen.mail_listen_host, port)
    )
    return next(free, 0)
