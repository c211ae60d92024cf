"""Real database servers for the tests and the benchmarks: from installed packages, on loopback, in a folder of their own, for one run.

A server is started when the first test asks for it, and is stopped by its own process id when the run ends. Nothing of
a server that the machine runs anyway is touched.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

from left_out import LEFT_OUT

REQUIRED: Final = os.environ.get("YIZHENG_REQUIRE_ALL") == "1"

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
        LEFT_OUT[f"stores on {what}"] = f"apt-get install {packages}"
        tell = pytest.fail if REQUIRED else pytest.skip
        tell(f"{what} is not installed ({', '.join(missing)} not found): apt-get install {packages}")
    return [str(path) for path in paths]


@contextmanager
def disk_that_fails() -> Iterator[Path]:
    """A library that, loaded before all others, lets the system calls of SQLite fail; see ``disk.c``."""
    packages = "gcc libc6-dev"
    if not sys.platform.startswith("linux"):
        pytest.skip("the disk that fails is made for Linux")
    (compiler,) = _programs("a failing disk", packages, "cc")
    with tempfile.TemporaryDirectory(prefix="yizheng-") as folder:
        library = Path(folder) / "disk.so"
        source = Path(__file__).with_name("disk.c")
        command = [compiler, "-Wall", "-Wextra", "-Werror", "-O1", "-shared", "-fPIC", "-o", str(library), str(source)]
        done = subprocess.run([*command, "-ldl"], check=False, capture_output=True, text=True)  # noqa: S603
        if done.returncode:
            pytest.fail(f"the disk that fails cannot be compiled (apt-get install {packages}):\n{done.stderr[-2000:]}")
        yield library


@contextmanager
def _folder() -> Iterator[Path]:
    root = os.geteuid() == 0
    # Nobody may go where the temporary folders of root are, if they are not the common ones.
    with tempfile.TemporaryDirectory(prefix="yizheng-", dir="/tmp" if root else None) as name:  # noqa: S108
        folder = Path(name)
        if root:
            shutil.chown(folder, _NOBODY, "nogroup")
        yield folder


class Server:
    """A server, which can be killed and started again on what it has left.

    Attributes:
        url: the address of its database.
    """

    def __init__(self, command: list[str], folder: Path, url: str) -> None:
        self.url = url
        self._command, self._folder = command, folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers; what was killed may have to be gone altogether first."""
        log = self._folder / "server.log"
        patience = time.monotonic() + _PATIENCE
        while True:
            with log.open("ab") as out:
                self._process = subprocess.Popen(  # noqa: S603 - what is installed here
                    self._command, cwd=self._folder, stdout=out, stderr=subprocess.STDOUT, **_user()
                )
            if _answers(self._process, self.url):
                return
            if time.monotonic() > patience:
                pytest.fail(f"the server did not start:\n{log.read_text(errors='replace')[-2000:]}")

    def kill(self) -> None:
        """End it without any warning, by its own process id."""
        assert self._process
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """End it as it should end."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()


@contextmanager
def _running(command: list[str], folder: Path, url: str) -> Iterator[Server]:
    server = Server(command, folder, url)
    try:
        server.start()
        yield server
    finally:
        server.stop()


def _answers(server: subprocess.Popen[bytes], url: str) -> bool:
    """Whether it came so far that it can be used; otherwise it has ended, or is ended."""
    engine = create_engine(url)
    patience = time.monotonic() + _PATIENCE
    try:
        while server.poll() is None:
            try:
                engine.connect().close()
            except OperationalError:
                if time.monotonic() > patience:
                    server.kill()
                    server.wait()
                time.sleep(0.05)
            else:
                return True
    finally:
        engine.dispose()
    return False


def _prepare(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, **_user())  # noqa: S603
    if done.returncode:
        pytest.fail(f"{command[0]} failed:\n{done.stdout[-1000:]}{done.stderr[-1000:]}")


@contextmanager
def _postgresql(**settings: str) -> Iterator[Server]:
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
            "dynamic_shared_memory_type": "mmap",  # what a killed server leaves is thrown away with the folder
            **settings,
        }
        command = [postgres, "-D", str(data), *(f"--{name}={value}" for name, value in options.items())]
        with _running(command, folder, f"postgresql+psycopg://yizheng@127.0.0.1:{port}/postgres") as server:
            yield server


@contextmanager
def _mariadb(**settings: str) -> Iterator[Server]:
    install, mariadbd, _ = _programs(
        "MariaDB", "mariadb-server-core mariadb-client-core", "mariadb-install-db", "mariadbd", "my_print_defaults"
    )
    with _folder() as folder:
        data, port = folder / "data", _free_port()
        _prepare(
            [
                *(install, "--no-defaults", f"--datadir={data}", "--auth-root-authentication-method=normal"),
                *("--skip-test-db", "--skip-name-resolve", f"--tmpdir={folder}"),
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
            **settings,
        }
        command = [mariadbd, "--no-defaults", "--skip-name-resolve"]
        command += [f"--{name}={value}" for name, value in options.items()]
        with _running(command, folder, f"mysql+pymysql://root@127.0.0.1:{port}/mysql?charset=utf8mb4") as server:
            yield server


@contextmanager
def postgresql() -> Iterator[str]:
    """A PostgreSQL server; the address of its database."""
    # The machine is not going to lose power, and the folder is thrown away.
    with _postgresql(fsync="off") as server:
        yield server.url


@contextmanager
def mariadb() -> Iterator[str]:
    """A MariaDB server with its default collation, which tells neither case nor a blank at the end; its address."""
    with _mariadb(**{"innodb-flush-log-at-trx-commit": "0"}) as server:
        yield server.url


def durable_postgresql() -> AbstractContextManager[Server]:
    """A PostgreSQL server that flushes every commit, as it does by itself."""
    return _postgresql(fsync="on")


def durable_mariadb() -> AbstractContextManager[Server]:
    """A MariaDB server that flushes every commit, as it does by itself."""
    return _mariadb(**{"innodb-flush-log-at-trx-commit": "1"})
