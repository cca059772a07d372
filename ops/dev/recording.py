"""Commands that write files of the repository again: checked queries, API description and client."""

import os
from pathlib import Path
from typing import List

from . import build, checkout, commands, product, progress, testing
from .addresses import TEST
from .servers.postgres import Postgres
from .tools import node

ROOT = checkout.ROOT
QUERIES = ROOT / ".sqlx"
MIGRATIONS = [ROOT / "jobs" / "migrations", ROOT / "migrations"]
"""In the order in which `creator-studio migrate` applies them."""
SCRATCH = "prepare"


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
    for stale in QUERIES.glob("query-*.json"):
        stale.unlink()
    QUERIES.mkdir(exist_ok=True)
    for source in _crates_with_queries():
        source.touch()  # a crate that Cargo believes to be fresh would record nothing
    environment = {
        **os.environ,
        "DATABASE_URL": postgres.url(SCRATCH),
        "SQLX_OFFLINE": "false",
        "SQLX_OFFLINE_DIR": str(QUERIES),
    }
    commands.show(["cargo", "check", "--workspace", "--all-targets", "--locked"], env=environment, cwd=ROOT)
    postgres.ask(f"drop database {SCRATCH} with (force)")
    progress.say(f"Recorded {len(list(QUERIES.glob('query-*.json')))} queries in .sqlx")


def _crates_with_queries() -> List[Path]:
    """The root file of every target, for a target is compiled as one."""
    roots = ["*/src/lib.rs", "*/src/main.rs", "*/tests/*.rs", "*/benches/*.rs", "tests/stories/main.rs", "ops/*/src/main.rs"]
    return [file for pattern in roots for file in ROOT.glob(pattern)]


def api_description() -> int:
    """Writes openapi/creator-studio.json from the code, and the TypeScript client from it."""
    node.ensure()
    build.programs(["creator-studio"])
    commands.show([product.program("creator-studio"), "openapi"], cwd=ROOT)
    node.install(build.PORTAL)
    commands.show(["npm", "run", "client"], env=node.environment(), cwd=build.PORTAL)
    return 0
