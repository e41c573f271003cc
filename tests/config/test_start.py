import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from hearth.config import start
from hearth.config.cli.terminal import Stop, make_data_folder
from hearth.config.options import Options


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_port_in_use_is_said_with_another_one(taken_port: int) -> None:
    with pytest.raises(Stop, match=f"^Port {taken_port} is in use. Choose another one: ./hearth up --port "):
        start._port_is_free(Options(port=taken_port))


def test_a_folder_that_cannot_be_written_is_said_with_what_to_do() -> None:
    # Not even root may make a folder there.
    with pytest.raises(Stop, match=r"Hearth may not write in /proc/nobody/data .* --data"):
        make_data_folder(Path("/proc/nobody/data"))


def test_a_second_start_on_the_same_data_is_refused(tmp_path: Path) -> None:
    other = os.open(tmp_path / ".running", os.O_RDWR | os.O_CREAT)
    import fcntl

    fcntl.flock(other, fcntl.LOCK_EX)
    with pytest.raises(Stop, match="already runs with the data in"):
        start._only_one(tmp_path)
    os.close(other)
    start._only_one(tmp_path)


def test_the_address_follows_the_port_unless_it_was_chosen() -> None:
    assert start._settled(Options(port=8123), is_sample=False)["HEARTH_SITE_URL"] == "http://127.0.0.1:8123"
    assert "HEARTH_SITE_URL" not in start._settled(Options(site_url="https://a.example"), is_sample=False)


def test_the_sample_door_opens_only_on_the_machine_itself_and_only_with_the_sample() -> None:
    assert start._settled(Options(), is_sample=True)["HEARTH_SAMPLE_DOOR"] == "true"
    assert "HEARTH_SAMPLE_DOOR" not in start._settled(Options(), is_sample=False)
    assert "HEARTH_SAMPLE_DOOR" not in start._settled(Options(host="0.0.0.0"), is_sample=True)
    assert "HEARTH_SAMPLE_DOOR" not in start._settled(Options(sample_door=False), is_sample=True)


def test_mail_takes_the_next_port_where_its_own_is_in_use(taken_port: int) -> None:
    assert start._free_mail_port(Options(mail_listen_port=taken_port)) > taken_port
