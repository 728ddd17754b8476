"""The archive of `make bundle`, on a machine with no network at all: unpacked, installed, asked."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.bundle
ROOT = Path(__file__).resolve().parents[2]
#: A network namespace of its own, in which not even loopback is up.
ALONE = ["unshare", "--map-root-user", "--net", "--"]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    archives = sorted((ROOT / "dist").glob("fatiao-*.tar.gz"), key=lambda one: one.stat().st_mtime)
    if not archives:
        pytest.fail("dist/ holds no archive: make bundle")
    folder = tmp_path_factory.mktemp("a machine 离线")
    with tarfile.open(archives[-1]) as packed:
        packed.extractall(folder, filter="data")
    (held,) = folder.iterdir()
    return held


def alone(folder: Path, *command: object, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program that knows nothing of this machine's settings, without a network."""
    clean = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8", **environment}
    return subprocess.run(
        [*ALONE, *map(str, command)], cwd=folder, env=clean, capture_output=True, encoding="utf-8", check=False
    )


@pytest.fixture(scope="module")
def installed(unpacked: Path) -> Path:
    home = unpacked.parent / "home"
    home.mkdir()
    ran = alone(
        unpacked, sys.executable, "-c", "import socket; socket.create_connection(('127.0.0.1', 80), 2)", home=home
    )
    assert "unreachable" in ran.stderr  # there is no network indeed
    ran = alone(unpacked, "sh", "install.sh", home=home, PYTHON=sys._base_executable)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "建立索引" in ran.stdout
    return home / "fatiao"


def test_it_answers_with_a_citation(installed: Path, tmp_path: Path) -> None:
    home = installed.parent
    assert any((home / ".local" / "share" / "fatiao").iterdir())
    ran = alone(tmp_path, installed / "bin" / "fatiao", "ask", "武汉的企业买科技保险有补助吗？", "--json", home=home)
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr == ""  # the index is there: nothing was built now
    answer = json.loads(ran.stdout)
    assert "wuhan/58" in {c["id"] for c in answer["citations"]}


#: Brings loopback up, as `ip link set lo up` would, serves the page and asks whether it is well.
SERVE = """
import fcntl, socket, struct, subprocess, sys, time, urllib.request
SIOCSIFFLAGS, IFF_UP, IFF_RUNNING = 0x8914, 0x1, 0x40
with socket.socket() as any_socket:
    fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh", b"lo", IFF_UP | IFF_RUNNING))
server = subprocess.Popen([sys.argv[1], "ui", "--headless", "--port", "8501"])
for _ in range(240):
    try:
        print(urllib.request.urlopen("http://localhost:8501/_stcore/health", timeout=1).read().decode())
        break
    except OSError:
        time.sleep(0.5)
server.terminate()
server.wait(20)
"""


def test_its_page_is_served(installed: Path, tmp_path: Path) -> None:
    fatiao, python = installed / "bin" / "fatiao", installed / "bin" / "python"
    ran = alone(tmp_path, python, "-c", SERVE, fatiao, home=installed.parent)
    assert ran.stdout.strip().endswith("ok"), ran.stdout + ran.stderr


def test_a_wheel_that_was_changed_is_refused(unpacked: Path, installed: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed"
    shutil.copytree(unpacked, changed, copy_function=os.link)
    wheel = next((changed / "wheels").glob("cn2an-*.whl"))
    content = wheel.read_bytes()
    wheel.unlink()
    wheel.write_bytes(content + b"\0")
    ran = alone(changed, "sh", "install.sh", tmp_path / "there", home=tmp_path, PYTHON=sys._base_executable)
    assert ran.returncode != 0
    assert "HASH" in ran.stderr.upper()


def test_another_python_is_told_which_one_is_needed(unpacked: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed"
    changed.mkdir()
    shutil.copy2(unpacked / "install.sh", changed)
    (changed / "PYTHON").write_text("3.99 linux x86_64\n")
    ran = alone(changed, "sh", "install.sh", tmp_path / "there", home=tmp_path)
    assert ran.returncode == 1
    assert "Python 3.99" in ran.stderr
    assert not (tmp_path / "there").exists()


def test_it_is_updated_and_rolled_back_in_one_command_each(unpacked: Path, installed: Path) -> None:
    home = installed.parent
    held = {"PYTHON": sys._base_executable, "FATIAO_SERVICE": "no-such-service-of-ours"}
    (installed / "the former one").touch()
    ran = alone(unpacked, "sh", "deploy/update.sh", home=home, **held)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "已升级" in ran.stdout
    assert not (installed / "the former one").exists()
    for command in (["sh", installed / "deploy" / "update.sh", "--back"], []):
        if command:
            ran = alone(unpacked, *command, home=home, **held)
            assert ran.returncode == 0, ran.stdout + ran.stderr
            assert (installed / "the former one").exists()
        asked = alone(unpacked, installed / "bin" / "fatiao", "ask", "武汉第58条", "--json", home=home)
        assert "wuhan/58" in asked.stdout, asked.stderr
