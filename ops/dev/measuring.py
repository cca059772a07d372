"""Commands that measure: speed against named peers, and how much of the code the tests reach."""

import json
import os
from pathlib import Path
from typing import Dict, List

from . import build, checkout, commands, progress, testing
from .addresses import BENCH, TEST, test_values
from .commands import Failed
from .tools import debian, node, python

ROOT = checkout.ROOT
REPORTS = ROOT / "target" / "coverage"
FLOOR = ROOT / "ops" / "coverage.json"
"""The percentage of lines that was reached before, by part; raised by hand when the tests reach more."""


def benches() -> int:
    """Every benchmark of the workspace, on servers that are as durable as in production."""
    return _bench(["--workspace"])


def bench_jobs() -> int:
    """The job engine's benchmarks alone."""
    return _bench(["--package", "jobs"])


def _bench(packages: List[str]) -> int:
    node.ensure()
    environment = {**node.environment(), "SQLX_OFFLINE": "true", **test_values(BENCH)}
    command = ["cargo", "bench", "--locked", *packages, "--bench", "*"]
    testing.with_servers(lambda: commands.show(command, env=environment, cwd=ROOT), BENCH)
    return 0


def coverage() -> int:
    """Lines that the Rust and the portal's unit tests reach; fails below the floor."""
    python.ensure(python.COVERAGE)
    llvm = _llvm_programs()
    node.ensure()
    node.install(build.PORTAL)
    testing.with_servers(lambda: _run_rust_tests(llvm))
    return _compare({"rust": _rust_percentage(llvm), "portal": _portal_percentage()})


def _llvm_programs() -> Dict[str, str]:
    """Debian's LLVM of the version that rustc was built with: other versions cannot read its profiles."""
    facts = commands.read(["rustc", "--version", "--verbose"])
    major = next(line.split()[-1].split(".")[0] for line in facts.splitlines() if line.startswith("LLVM version"))
    folder = Path(f"/usr/lib/llvm-{major}/bin")
    debian.ensure([debian.Package(f"llvm-{major}", (folder / "llvm-profdata").exists)])
    return {"LLVM_COV": str(folder / "llvm-cov"), "LLVM_PROFDATA": str(folder / "llvm-profdata")}


def _run_rust_tests(llvm: Dict[str, str]) -> None:
    tool = python.program("cargo-llvm-cov")
    commands.show([tool, "llvm-cov", "clean", "--workspace"], env={**os.environ, **llvm}, cwd=ROOT)
    search = f"{python.program('cargo-nextest').parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, **llvm, "PATH": search, "SQLX_OFFLINE": "true", **test_values(TEST)}
    (build.PORTAL / "dist").mkdir(exist_ok=True)
    commands.show([tool, "llvm-cov", "nextest", "--workspace", "--locked", "--no-report"], env=environment, cwd=ROOT)


def _rust_percentage(llvm: Dict[str, str]) -> float:
    report = [python.program("cargo-llvm-cov"), "llvm-cov", "report", "--ignore-filename-regex", "/benches/|^tests/"]
    environment = {**os.environ, **llvm}
    commands.show([*report, "--html", "--output-dir", REPORTS / "rust"], env=environment, cwd=ROOT)
    summary = commands.read([*report, "--json", "--summary-only"], env=environment, cwd=ROOT)
    return json.loads(summary)["data"][0]["totals"]["lines"]["percent"]


def _portal_percentage() -> float:
    folder = REPORTS / "portal"
    reporters = ["--coverage.reporter=json-summary", "--coverage.reporter=html", f"--coverage.reportsDirectory={folder}"]
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
