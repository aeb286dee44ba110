"""`python -m service` as people start it: in a process of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "service")
_RUNNING = re.compile(r"running on (http://\S+:\d+)")
_LONGEST = 120.0  # seconds after which a process that hangs is ended, so that its test fails


def environment(**settings: str) -> dict[str, str]:
    """Return this process's environment, with these settings of the service and no others."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("STANCE_")}
    return inherited | {f"STANCE_{name.upper()}": value for name, value in settings.items()}


def run_service(**settings: str) -> subprocess.CompletedProcess[str]:
    """Run the service with settings that end it at once."""
    return subprocess.run(
        COMMAND, env=environment(**settings), cwd=ROOT, capture_output=True, text=True, check=False, timeout=_LONGEST
    )


@dataclass
class Serving:
    """A service that answers at `url`; `log` is what it has written, to the end once it was stopped."""

    url: str
    process: subprocess.Popen[str]
    log: str

    def stop(self) -> int:
        """Ask the service to end, and return its exit code."""
        self.process.terminate()
        self.log += self.process.communicate()[0]
        return self.process.returncode


@contextmanager
def serving(**settings: str) -> Iterator[Serving]:
    """Start the service on a free port, give it when it answers, and end it."""
    with subprocess.Popen(
        COMMAND,
        env=environment(port="0", **settings),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        watchdog = threading.Timer(_LONGEST, process.kill)
        watchdog.start()
        try:
            yield _started(process, int(settings.get("workers", "1")))
        finally:
            watchdog.cancel()
            if process.poll() is None:
                process.terminate()


def _started(process: subprocess.Popen[str], workers: int) -> Serving:
    assert process.stdout is not None
    url, ready, log = "", 0, ""
    for line in process.stdout:
        log += line
        if found := _RUNNING.search(line):
            url = found.group(1)
        ready += "startup complete" in line
        if url and ready == workers:
            return Serving(url, process, log)
    raise AssertionError(f"the service did not start:\n{log}")
