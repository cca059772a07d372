"""Commands that measure: speed against named peers, and how much of the code the tests reach."""

import json
import os
import shlex
from pathlib import Path
from typing import Dict

from . import build, checkout, commands, progress, stand, testing
from .addresses import BENCH, TEST, test_values
from .commands import Failed
from .tools import debian, node, python

ROOT = checkout.ROOT
REPORTS = ROOT / "target" / "coverage"
TOOL = [python.program("cargo-llvm-cov"), "llvm-cov"]
FLOOR = ROOT / "ops" / "coverage.json"
"""The percentage of lines that was reached before, by part; raised by hand when the tests reach more."""


def benches() -> int:
    """Every benchmark of the workspace, on servers that are as durable as in production."""
    build.programs([], "--workspace", "--benches", "--release")  # some start them as processes
    return _bench("--workspace")


def bench_jobs() -> int:
    """The job engine's benchmarks alone."""
    return _bench("--package", "jobs")


def bench_analytics() -> int:
    """The benchmarks of the pipeline of figures alone."""
    build.programs([], "--workspace", "--benches", "--release")
    return _bench("--workspace", bench="analytics")  # the features of the programs, so nothing is built twice


def _bench(*packages: str, bench: str = "*") -> int:
    stand.install()
    environment = {**node.environment(), "SQLX_OFFLINE": "true", **test_values(BENCH)}
    command = ["cargo", "bench", "--locked", *packages, "--bench", bench]
    testing.with_servers(lambda: commands.show(command, env=environment, cwd=ROOT), BENCH)
    return 0


def coverage() -> int:
    """Lines that the Rust tests (with the processes that they start) and the portal's unit tests reach."""
    stand.install()
    python.ensure(python.COVERAGE)
    environment = _instrumented()
    testing.with_servers(lambda: _run_rust_tests(environment))
    node.install(build.PORTAL)
    return _compare({"rust": _rust_percentage(environment), "portal": _portal_percentage()})


def _instrumented() -> Dict[str, str]:
    """An environment in which Cargo builds programs that record what they run, beside the usual builds."""
    search = f"{python.program('cargo-nextest').parent}{os.pathsep}{os.environ['PATH']}"
    base = {**os.environ, **_llvm_programs(), "PATH": search, "CARGO_TARGET_DIR": str(REPORTS / "build")}
    lines = commands.read([*TOOL, "show-env"], env=base, cwd=ROOT).splitlines()
    shown = dict(line.partition("=")[::2] for line in lines)
    return {**base, **{name: shlex.split(value)[0] for name, value in shown.items()}}


def _llvm_programs() -> Dict[str, str]:
    """Debian's LLVM of the version that rustc was built with: other versions cannot read its profiles."""
    facts = commands.read(["rustc", "--version", "--verbose"])
    major = next(line.split()[-1].split(".")[0] for line in facts.splitlines() if line.startswith("LLVM version"))
    folder = Path(f"/usr/lib/llvm-{major}/bin")
    debian.ensure([debian.Package(f"llvm-{major}", (folder / "llvm-profdata").exists)])
    return {"LLVM_COV": str(folder / "llvm-cov"), "LLVM_PROFDATA": str(folder / "llvm-profdata")}


def _run_rust_tests(environment: Dict[str, str]) -> None:
    environment = {**environment, "SQLX_OFFLINE": "true", **test_values(TEST)}
    (build.PORTAL / "dist").mkdir(exist_ok=True)
    commands.show([*TOOL, "clean", "--profraw-only"], env=environment, cwd=ROOT)
    commands.show(["cargo", "build", "--workspace", "--bins", "--locked"], env=environment, cwd=ROOT)
    commands.show(["cargo", "nextest", "run", "--workspace", "--locked"], env=environment, cwd=ROOT)


def _rust_percentage(environment: Dict[str, str]) -> float:
    report = [*TOOL, "report", "--ignore-filename-regex", r"/(benches|tests)/"]
    commands.show([*report, "--html", "--output-dir", REPORTS / "rust"], env=environment, cwd=ROOT)
    summary = commands.read([*report, "--json", "--summary-only"], env=environment, cwd=ROOT)
    return json.loads(summary)["data"][0]["totals"]["lines"]["percent"]


def _portal_percentage() -> float:
    folder = REPORTS / "portal"
    reporters = [
        "--coverage.reporter=json-summary",
        "--coverage.reporter=html",
        f"--coverage.reportsDirectory={folder}",
    ]
    commands.show(["npm", "run", "coverage", "--", *reporters], env=node.environment(), cwd=build.PORTAL)
    return json.loads((folder / "coverage-summary.json").read_text())["total"]["lines"]["pct"]


def _compare(reached: Dict[str, float]) -> int:
    floor = json.loads(FLOOR.read_text())
    for part, percent in reached.items():
        print(f"COVERAGE {part} lines={percent:.1f}% floor={floor[part]:.1f}%")
    fallen = [part for part, percent in reached.items() if percent < floor[part]]
    if fallen:
        raise Failed(f"Coverage fell below {FLOOR.relative_to(ROOT)}: {', '.join(fallen)}. Test what is new.")
    progress.say(f"Reports: {REPORTS}")
    return 0
