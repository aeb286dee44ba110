"""Build the wheel and use it as a batch job would: in a clean environment outside the checkout."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROGRAM = """
import shutil
import sys
import stance
model = stance.load(sys.argv[1])
assert model.scorer.name == "compiled" or not shutil.which("cc"), "there is a compiler, and yet no compiled scorer"
(prediction,) = model.predict(["Envoys say a truce is within reach."])
assert abs(sum(prediction.probabilities.values()) - 1) < 1e-9
assert len(model.analyze("Talks began. They broke down.").sentences) == 2
assert stance.__file__.startswith(sys.prefix), stance.__file__
(view,) = stance.attribute("Envoys say a truce is within reach.")
assert view.holder is not None and view.holder.text == "Envoys", view
heavy = {"sklearn", "scipy", "joblib", "fastapi", "pydantic"} & set(sys.modules)
assert not heavy, heavy
"""


def main() -> None:
    """Build, install, try; any failure ends the program with the command's own exit code."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        # setuptools packs what an earlier build left there, modules that are gone included.
        shutil.rmtree(ROOT / "build", ignore_errors=True)
        _run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(work), str(ROOT)], ROOT)
        (wheel,) = work.glob("*.whl")
        _check_contents(wheel)
        venv.create(work / "env", with_pip=True)
        python = work / "env" / "bin" / "python"
        _run([str(python), "-m", "pip", "install", "--quiet", "--constraint", _constraints(work), str(wheel)], work)
        _run([str(python), "-c", PROGRAM, str(ROOT / "models" / "ceasefire")], work)
        texts = work / "in.csv"
        texts.write_text("id,text\n1,The truce is holding.\n2,Talks have collapsed.\n", encoding="utf-8")
        command = [str(work / "env" / "bin" / "stance"), "batch", str(texts), str(work / "out.csv")]
        _run([*command, "--model", str(ROOT / "models" / "ceasefire")], work)
        rows = (work / "out.csv").read_text(encoding="utf-8").splitlines()
        assert rows[0].startswith("id,text,stance,stance_"), rows
        assert len(rows) == 3, rows
    sys.stdout.write(f"{wheel.name}: built, installed, tried\n")


def _check_contents(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    strangers = {top for top in tops if top != "stance" and not top.endswith(".dist-info")}
    assert not strangers, f"the wheel holds {strangers}"


def _constraints(work: Path) -> str:
    """Write the lock's versions without their hashes: pip checks hashes only where every file has one."""
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pins = [line.removesuffix(" \\") for line in lines if line[:1].isalnum()]
    path = work / "constraints.txt"
    path.write_text("\n".join(pins) + "\n", encoding="utf-8")
    return str(path)


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, check=False)
    if done.returncode:
        sys.exit(done.returncode)


if __name__ == "__main__":
    main()
