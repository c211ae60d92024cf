"""Real database servers for the tests and the benchmarks: from installed packages, on loopback, in a folder of their own, for one run.

A server is started when the first test asks for it, and is stopped by its own process id when the run ends. Nothing of
a server that the machine runs anyway is touched.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

REQUIRED: Final = os.environ.get("YIZHENG_REQUIRE_ALL") == "1"
LEFT_OUT: Final[dict[str, str]] = {}
"""What could not be tested here, and what to install."""

_PATIENCE: Final = 60.0
_NOBODY: Final = "nobody"


def _found(name: str) -> str | None:
    """The path of a program; servers often stand beside the path."""
    folders = [
        *map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)),
        *os.get_exec_path(),
        *("/usr/sbin", "/usr/local/sbin"),
    ]
    return shutil.which(name, path=os.pathsep.join(folders))


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _user() -> dict[str, str]:
    """A database server does not run as root."""
    return {"user": _NOBODY, "group": "nogroup"} if os.geteuid() == 0 else {}


def _programs(what: str, packages: str, *names: str) -> list[str]:
    paths = [_found(name) for name in names]
    if missing := [name for name, path in zip(names, paths, strict=True) if path is None]:
        LEFT_OUT[what] = f"apt-get install {packages}"
        tell = pytest.fail if REQUIRED else pytest.skip
        tell(f"{what} is not installed ({', '.join(missing)} not found): apt-get install {packages}")
    return [str(path) for path in paths]


@contextmanager
def _folder() -> Iterator[Path]:
    root = os.geteuid() == 0
    # Nobody may go where the temporary folders of root are, if they are not the common ones.
    with tempfile.TemporaryDirectory(prefix="yizheng-", dir="/tmp" if root else None) as name:  # noqa: S108
        folder = Path(name)
        if root:
            shutil.chown(folder, _NOBODY, "nogroup")
        yield folder


@contextmanager
def _running(command: list[str], folder: Path, url: str) -> Iterator[str]:
    log = folder / "server.log"
    with log.open("wb") as out:
        server = subprocess.Popen(command, cwd=folder, stdout=out, stderr=subprocess.STDOUT, **_user())  # noqa: S603
        try:
            _wait(server, url, log)
            yield url
        finally:
            server.terminate()
            try:
                server.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _wait(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    engine = create_engine(url)
    patience = time.monotonic() + _PATIENCE
    try:
        while True:
            try:
                engine.connect().close()
            except OperationalError:
                if server.poll() is not None or time.monotonic() > patience:
                    pytest.fail(f"the server did not start:\n{log.read_text(errors='replace')[-2000:]}")
                time.sleep(0.1)
            else:
                return
    finally:
        engine.dispose()


def _prepare(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, **_user())  # noqa: S603
    if done.returncode:
        pytest.fail(f"{command[0]} failed:\n{done.stdout[-1000:]}{done.stderr[-1000:]}")


@contextmanager
def postgresql(*, durable: bool = False) -> Iterator[str]:
    """A PostgreSQL server; the address of its database.

    Args:
        durable: whether it flushes each commit to the disk, as a server in use does.
    """
    initdb, postgres = _programs("PostgreSQL", "postgresql", "initdb", "postgres")
    with _folder() as folder:
        data, port = folder / "data", _free_port()
        _prepare(
            [initdb, "-D", str(data), "-U", "yizheng", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"], folder
        )
        options = {
            "listen_addresses": "127.0.0.1",
            "port": str(port),
            "unix_socket_directories": str(folder),
            # In a test the machine is not going to lose power, and the folder is thrown away.
            "fsync": "on" if durable else "off",
        }
        command = [postgres, "-D", str(data), *(f"--{name}={value}" for name, value in options.items())]
        with _running(command, folder, f"postgresql+psycopg://yizheng@127.0.0.1:{port}/postgres") as url:
            yield url


@contextmanager
def mariadb(*, durable: bool = False) -> Iterator[str]:
    """A MariaDB server with its default collation, which tells neither case nor a blank at the end; its address.

    Args:
        durable: whether it flushes each commit to the disk, as a server in use does.
    """
    install, mariadbd, _ = _programs(
        "MariaDB", "mariadb-server-core mariadb-client-core", "mariadb-install-db", "mariadbd", "my_print_defaults"
    )
    with _folder() as folder:
        data, port = folder / "data", _free_port()
        _prepare(
            [
                *(install, "--no-defaults", f"--datadir={data}", "--auth-root-authentication-method=normal"),
                *("--skip-test-db", "--skip-name-resolve"),
            ],
            folder,
        )
        options = {
            "datadir": str(data),
            "bind-address": "127.0.0.1",
            "port": str(port),
            "socket": str(folder / "socket"),
            "pid-file": str(folder / "pid"),
            "tmpdir": str(folder),
            "max-allowed-packet": "64M",
            "innodb-flush-log-at-trx-commit": str(int(durable)),
        }
        command = [mariadbd, "--no-defaults", "--skip-name-resolve"]
        command += [f"--{name}={value}" for name, value in options.items()]
        with _running(command, folder, f"mysql+pymysql://root@127.0.0.1:{port}/mysql?charset=utf8mb4") as url:
            yield url
