"""The README's examples are run, and show what comes out.

* `python` blocks run one after another in one namespace.
* `console` blocks hold commands, each after `$ `, and what they print; `...` stands for anything, on a line of its own
  for any lines. A command that prints `Error: ` may fail; every other must succeed.
* `sh` blocks hold commands alone.
* `json`, `toml`, `csv` and `text` blocks are data; a block in any other language is a fault.

All run in order in a copy of the repository. There `/tmp/` is a folder of this run, `make` shows what it would do, and
a service answers on port 8000, which is in truth a free one.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.service.serving import Serving, environment, serving

ROOT = Path(__file__).parents[1]
DATA = {"json", "toml", "csv", "text"}
_FENCE = re.compile(r"(?P<indent> *)(?P<fence>`{3,}|~{3,}) *(?P<language>[\w+-]*).*")
_HEREDOC = re.compile(r"<<-?\s*(['\"]?)(\w+)\1")
_PORT = re.compile(r"(?<=127\.0\.0\.1:)8000|(?<=localhost:)8000")
_DRY_MAKE = 'make() { command make --dry-run "$@" > /dev/null; }\n'
_NOT_COPIED = shutil.ignore_patterns(".*", "__pycache__", "*.egg-info", "build", "dist")
_LONGEST = 300.0  # seconds after which a command that hangs is ended and counts as failed


@dataclass(frozen=True)
class Block:
    """A fenced block; `line` is that of its first line of content."""

    language: str
    line: int
    content: str


@dataclass(frozen=True)
class Command:
    """A command of a block, and the output shown for it: none if nothing is shown."""

    line: int
    text: str
    shown: str


def blocks(text: str) -> list[Block]:
    """Cut the fenced blocks out of Markdown."""
    found: list[Block] = []
    lines = enumerate(text.splitlines(), start=1)
    for number, line in lines:
        opening = _FENCE.fullmatch(line)
        if not opening:
            continue
        content: list[str] = []
        for _, inner in lines:
            if inner.strip().startswith(opening["fence"]) and not inner.strip(" " + opening["fence"][0]):
                break
            content.append(inner.removeprefix(opening["indent"]))
        else:
            raise ValueError(f"the block that begins at line {number} never ends")
        found.append(Block(opening["language"], number + 1, "".join(f"{inner}\n" for inner in content)))
    return found


def commands(block: Block) -> list[Command]:
    """Cut a console block into commands with their output, or a shell block into commands without."""
    lines = list(enumerate(block.content.splitlines(), start=block.line))
    found: list[Command] = []
    while lines:
        number, line = lines.pop(0)
        if block.language == "console":
            if not line.startswith("$ "):
                raise ValueError(f"line {number} of a console block is neither a command nor its output")
            line = line.removeprefix("$ ")
        elif not line.strip():
            continue
        while line.endswith("\\") and lines:
            line += f"\n{lines.pop(0)[1].removeprefix('> ')}"
        if heredoc := _HEREDOC.search(line):
            while not line.endswith(f"\n{heredoc[2]}") and lines:
                line += f"\n{lines.pop(0)[1].removeprefix('> ')}"
        shown = []
        while block.language == "console" and lines and not lines[0][1].startswith("$ "):
            shown.append(lines.pop(0)[1])
        found.append(Command(number, line, "\n".join(shown)))
    return found


def matches(shown: str, printed: str) -> bool:
    """Tell whether `printed` is what is shown; white space at the ends of lines and of the whole does not count."""
    pattern = ""
    for line in shown.strip().splitlines():
        if line.strip() == "...":
            pattern += r"(?:[^\n]*\n)*?"
        else:
            pattern += r"[^\n]*?".join(map(re.escape, line.rstrip().split("..."))) + r"[ \t]*\n"
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in printed.strip().splitlines())) is not None


@dataclass
class Run:
    """Runs blocks in `folder`, starting a service when one is asked for, and gathers what went wrong."""

    folder: Path
    scratch: Path
    start: Callable[[], Serving]
    faults: list[str] = field(default_factory=list)
    names: dict[str, object] = field(default_factory=lambda: {"__name__": "__main__"})
    service: Serving | None = None

    def run(self, text: str) -> None:
        """Run every example of a README."""
        for block in blocks(text):
            if block.language == "python":
                self._python(block)
            elif block.language in {"console", "sh"}:
                for command in commands(block):
                    self._shell(command)
            elif block.language not in DATA:
                self._fault(block.line - 1, f"a block in {block.language or 'no language'} is neither run nor data")

    def _python(self, block: Block) -> None:
        # Blank lines first, so that a traceback tells the README's own line.
        source = "\n" * (block.line - 1) + self._localised(block.content)
        try:
            with contextlib.chdir(self.folder), contextlib.redirect_stdout(io.StringIO()):
                exec(compile(source, "README.md", "exec"), self.names)  # noqa: S102 - running it is the test
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told
            lines = [
                frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "README.md"
            ]
            self._fault(lines[-1] if lines and lines[-1] else block.line, f"{type(error).__name__}: {error}")

    def _shell(self, command: Command) -> None:
        binaries = Path(sys.prefix) / "bin"
        try:
            ended = subprocess.run(
                ["/bin/bash", "-c", _DRY_MAKE + self._localised(command.text)],
                cwd=self.folder,
                env=environment() | {"PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}"},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
                timeout=_LONGEST,
            )
        except subprocess.TimeoutExpired:
            self._fault(command.line, "the command did not end")
            return
        printed = self._globalised(ended.stdout)
        if ended.returncode and not re.search(r"^Error: ", command.shown, re.MULTILINE):
            self._fault(command.line, f"the command ended with code {ended.returncode} and printed:\n{printed}")
        elif command.shown and not matches(command.shown, printed):
            self._fault(command.line, f"the command printed:\n{printed}")

    def _localised(self, code: str) -> str:
        """Return code as it runs here: another place than /tmp, another port than 8000."""
        if _PORT.search(code):
            self.service = self.service or self.start()
            code = _PORT.sub(self.service.url.rpartition(":")[2], code)
        return re.sub(r"(?<![\w./])/tmp/", f"{self.scratch}/", code)

    def _globalised(self, printed: str) -> str:
        if self.service:
            printed = printed.replace(self.service.url, "http://127.0.0.1:8000")
        return printed.replace(f"{self.scratch}/", "/tmp/")  # noqa: S108 - the README's own

    def _fault(self, line: int, reason: str) -> None:
        self.faults.append(f"README.md:{line}: {reason}")


@pytest.fixture
def run(tmp_path: Path, model_folder: Path) -> Iterator[Run]:
    """A run in a bare folder, whose service serves the small model."""
    for name in ("folder", "scratch"):
        (tmp_path / name).mkdir()
    with ExitStack() as stack:
        yield Run(
            tmp_path / "folder",
            tmp_path / "scratch",
            lambda: stack.enter_context(serving(model=str(model_folder))),
        )


def _faults_of(run: Run, *lines: str) -> list[str]:
    run.run("\n".join(lines))
    return run.faults


def test_every_example_of_the_readme_does_what_it_shows(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(ROOT, tmp_path / "stance", ignore=_NOT_COPIED))
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with ExitStack() as stack:
        run = Run(copy, scratch, lambda: stack.enter_context(serving(model=str(copy / "models" / "ceasefire"))))
        run.run((ROOT / "README.md").read_text(encoding="utf-8"))
    assert "\n".join(run.faults) == ""


@pytest.mark.parametrize("language", ["python", "console"])
def test_the_readme_has_an_example_to_run(language: str) -> None:
    assert language in {block.language for block in blocks((ROOT / "README.md").read_text(encoding="utf-8"))}


def test_every_file_that_the_readme_links_to_is_there() -> None:
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_a_command_that_prints_what_is_shown_passes(run: Run) -> None:
    assert _faults_of(run, "```console", "$ echo one; echo two", "one", "two", "$ echo three", "three", "```") == []


def test_a_command_that_prints_something_else_is_a_fault_at_its_line(run: Run) -> None:
    faults = _faults_of(run, "# Title", "```console", "$ echo one", "one", "$ echo two", "three", "```")
    assert faults == ["README.md:5: the command printed:\ntwo\n"]


def test_a_command_that_fails_is_a_fault(run: Run) -> None:
    (fault,) = _faults_of(run, "```console", "$ false", "```")
    assert fault.startswith("README.md:2: the command ended with code 1")


def test_a_command_that_is_shown_to_fail_may_fail(run: Run) -> None:
    assert _faults_of(run, "```console", "$ echo 'Error: no' >&2; false", "Error: no", "```") == []


def test_a_command_without_output_shown_may_print_anything(run: Run) -> None:
    assert _faults_of(run, "```console", "$ echo one", "```") == []


def test_a_command_may_go_on_in_the_next_line(run: Run) -> None:
    assert _faults_of(run, "```console", "$ echo one \\", "> two", "one two", "```") == []


def test_a_command_may_hold_a_here_document(run: Run) -> None:
    lines = ["$ cat <<'END' | tr a-z A-Z", "> one", "> END", "ONE"]
    assert _faults_of(run, "```console", *lines, "```") == []


def test_output_before_any_command_is_refused(run: Run) -> None:
    with pytest.raises(ValueError, match="line 2 of a console block"):
        run.run("```console\none\n```")


def test_commands_share_their_files(run: Run) -> None:
    assert _faults_of(run, "```console", "$ echo one > file", "```", "", "```console", "$ cat file", "one", "```") == []


def test_the_folder_for_temporary_files_is_the_runs_own(run: Run) -> None:
    _faults_of(run, "```console", "$ echo one > /tmp/readme-file", "```")
    assert (run.scratch / "readme-file").exists()


def test_the_folder_for_temporary_files_is_shown_as_the_readme_calls_it(run: Run) -> None:
    assert _faults_of(run, "```console\n$ echo at /tmp/readme-file\nat /tmp/readme-file\n```") == []


def test_a_failing_shell_line_is_a_fault(run: Run) -> None:
    (fault,) = _faults_of(run, "```sh", "true   # fine", "", "no-such-command   # not fine", "```")
    assert fault.startswith("README.md:4: ")


def test_a_make_target_that_is_not_there_is_a_fault(run: Run) -> None:
    (run.folder / "Makefile").write_text("serve:\n\ttouch served\n", encoding="utf-8")
    (fault,) = _faults_of(run, "```sh", "make serve", "make swerve", "```")
    assert fault.startswith("README.md:3: ")


def test_make_shows_only_what_it_would_do(run: Run) -> None:
    (run.folder / "Makefile").write_text("serve:\n\ttouch served\n", encoding="utf-8")
    run.run("```sh\nmake serve\n```")
    assert not (run.folder / "served").exists()


def test_port_8000_is_a_running_service(run: Run) -> None:
    lines = ["$ curl -s http://127.0.0.1:8000/livez", '{"status":"ok"}', "$ echo http://localhost:8000/", "..."]
    assert _faults_of(run, "```console", *lines, "```") == []


def test_port_8000_is_shown_as_the_readme_calls_it(run: Run) -> None:
    assert _faults_of(run, "```console", "$ echo http://127.0.0.1:8000/docs", "http://127.0.0.1:8000/docs", "```") == []


def test_python_blocks_share_one_namespace(run: Run) -> None:
    assert _faults_of(run, "```python", "one = 1", "```", "~~~python", "assert one == 1", "~~~") == []


def test_a_python_block_that_raises_is_a_fault_at_its_line(run: Run) -> None:
    faults = _faults_of(run, "# Title", "", "```python", "one = 1", "assert one == 2, one", "```")
    assert faults == ["README.md:5: AssertionError: 1"]


def test_a_python_block_that_is_no_python_is_a_fault(run: Run) -> None:
    (fault,) = _faults_of(run, "```python", "one =", "```")
    assert fault.startswith("README.md:2: SyntaxError")


def test_a_python_block_runs_in_the_folder(run: Run) -> None:
    (run.folder / "file").touch()
    assert _faults_of(run, "```python", "from pathlib import Path", "assert Path('file').exists()", "```") == []


def test_an_indented_block_is_run(run: Run) -> None:
    assert _faults_of(run, "1. First:", "   ```python", "   if True:", "       assert False, 'run'", "   ```") == [
        "README.md:4: AssertionError: run"
    ]


@pytest.mark.parametrize("language", ["", "bash", "pycon"])
def test_a_block_that_would_be_passed_over_is_a_fault(run: Run, language: str) -> None:
    (fault,) = _faults_of(run, f"```{language}", "anything", "```")
    assert fault.endswith("is neither run nor data")


@pytest.mark.parametrize("language", sorted(DATA))
def test_data_are_not_run(run: Run, language: str) -> None:
    assert _faults_of(run, f"```{language}", "anything", "```") == []


def test_a_block_that_never_ends_is_refused(run: Run) -> None:
    with pytest.raises(ValueError, match="begins at line 1 never ends"):
        run.run("```python\none = 1\n")


def test_a_block_inside_a_longer_fence_is_content() -> None:
    assert [block.language for block in blocks("````text\n```python\n```\n````\n")] == ["text"]


@pytest.mark.parametrize(
    ("shown", "printed"),
    [
        ("one", "one\n"),
        ("one  ", "\none \n\n"),
        ("...", ""),
        ("...", "one\ntwo\n"),
        ("one\n...", "one\n"),
        ("one\n...\nfour", "one\ntwo\nthree\nfour\n"),
        ("one ... three", "one two three\n"),
        ('{"a": "...", "b": 1}', '{"a": "x", "b": 1}\n'),
        ("a.b", "a.b\n"),
    ],
)
def test_output_matches_what_is_shown(shown: str, printed: str) -> None:
    assert matches(shown, printed)


@pytest.mark.parametrize(
    ("shown", "printed"),
    [
        ("one", "two\n"),
        ("one", "one\ntwo\n"),
        ("one", ""),
        ("one\ntwo", "one\n"),
        ("one ... three", "one\nthree\n"),
        ("one\n...\nfour", "one\nfour\nfive\n"),
        ("a.b", "aXb\n"),
        (" one", "one\n two"),
    ],
)
def test_output_that_differs_from_what_is_shown_does_not_match(shown: str, printed: str) -> None:
    assert not matches(shown, printed)
