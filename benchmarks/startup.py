"""Startup: what a process pays before its first answer, and what it holds then."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from pathlib import Path

_MEASURED = """
import json, sys, time
{program}
def kilobytes(file, *names):
    return sum(int(line.split()[1]) for line in open("/proc/self/" + file) if line.split(":")[0] in names)
print(json.dumps({{
    "cpu_ms": time.process_time() * 1e3,
    "rss_mb": kilobytes("status", "VmHWM") / 1024,
    "private_mb": kilobytes("smaps_rollup", "Private_Clean", "Private_Dirty") / 1024,
}}))
"""
_PROGRAMS = {
    "numpy alone": "import numpy",
    "stance": "import stance; stance.load(sys.argv[1]).predict([sys.argv[2]])",
    "stance (python)": (
        'sys.modules["stance.native.compiled"] = None; import stance; stance.load(sys.argv[1]).predict([sys.argv[2]])'
    ),
    "scikit-learn pipeline": (
        'import joblib; joblib.load(sys.argv[1] + "/pipeline.joblib").predict_proba([sys.argv[2]])'
    ),
}


def startups(version: Path, rounds: int) -> dict[str, dict[str, float]]:
    """Return for each program, from the start of Python to its first answer, the CPU time in milliseconds, the largest
    resident memory and the memory that no other process shares, in megabytes: medians.
    """
    found = {}
    for name, program in _PROGRAMS.items():
        runs = [_run(program, version) for _ in range(rounds)]
        found[name] = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
    return found


def _run(program: str, version: Path) -> dict[str, float]:
    command = [sys.executable, "-c", _MEASURED.format(program=program), str(version), "A truce is within reach."]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - this Python, our program
    measured: dict[str, float] = json.loads(done.stdout)
    return measured
