"""Commands that write files of the repository again: formats, checked queries, API description and client."""

import os
import shutil
from pathlib import Path
from typing import List

from . import build, checkout, commands, product, progress, stages, testing
from .addresses import TEST
from .servers.postgres import Postgres
from .tools import node, python

ROOT = checkout.ROOT
QUERIES = ROOT / ".sqlx"
MIGRATIONS = [ROOT / "jobs" / "migrations", ROOT / "migrations"]
"""In the order in which `creator-studio migrate` applies them."""
SCRATCH = "prepare"


def formats() -> int:
    """Formats Rust, and the Python of this package and of the contract tests."""
    commands.show(["cargo", "fmt", "--all"], cwd=ROOT)
    python.ensure()
    commands.show([python.program("ruff"), "format", "--no-cache", "--quiet", *stages.PYTHON], cwd=ROOT)
    return 0


def queries() -> int:
    """Records what Postgres says about every checked query, so that building needs no database."""
    testing.with_servers(_record_queries)
    return 0


def _record_queries() -> None:
    postgres = Postgres(TEST)
    postgres.ask(f"drop database if exists {SCRATCH} with (force)")
    postgres.ask(f"create database {SCRATCH}")
    for folder in MIGRATIONS:
        for file in sorted(folder.glob("*.sql")):
            postgres.run_file(file, SCRATCH)
    fresh = ROOT / "target" / "recorded-queries"  # swapped in on success, so that a failure loses nothing
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for source in _roots_of_targets():
        source.touch()  # what Cargo believes to be fresh records nothing
    recording = {"DATABASE_URL": postgres.url(SCRATCH), "SQLX_OFFLINE": "false", "SQLX_OFFLINE_DIR": str(fresh)}
    check = ["cargo", "check", "--workspace", "--all-targets", "--locked"]
    commands.show(check, env={**os.environ, **recording}, cwd=ROOT)
    postgres.ask(f"drop database {SCRATCH} with (force)")
    shutil.rmtree(QUERIES, ignore_errors=True)
    shutil.copytree(fresh, QUERIES)
    progress.say(f"Recorded {len(list(QUERIES.iterdir()))} queries in .sqlx")


def _roots_of_targets() -> List[Path]:
    """The root file of every target, for a target is compiled as one."""
    roots = [
        "*/src/lib.rs",
        "*/src/main.rs",
        "*/tests/*.rs",
        "*/benches/*.rs",
        "tests/stories/main.rs",
        "ops/*/src/main.rs",
    ]
    return [file for pattern in roots for file in ROOT.glob(pattern)]


def api_description() -> int:
    """Writes the descriptions of our HTTP contracts from the code, and the TypeScript client from the API's."""
    node.ensure()
    build.programs(["creator-studio", "vod"])
    for name in ("creator-studio", "vod"):
        commands.show([product.program(name), "openapi"], cwd=ROOT)
    node.install(build.PORTAL)
    commands.show(["npm", "run", "client"], env=node.environment(), cwd=build.PORTAL)
    return 0
