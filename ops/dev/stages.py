"""What `make test` checks: one function a stage, each of which raises `Failed` when it finds something."""

import filecmp
import os
import tempfile
from dataclasses import dataclass
from typing import Callable, Dict, List

from . import browser, build, checkout, commands, product
from .addresses import TEST, product_values, test_values
from .commands import Failed
from .tools import cargo, node, python

ROOT = checkout.ROOT
OPS = ROOT / "ops"
CLIENT = build.PORTAL / "src" / "client"
END_TO_END = ROOT / "tests" / "e2e"
CONTRACT = ROOT / "tests" / "contract"
PYTHON = [OPS / "dev", CONTRACT]
"""All Python of the project."""


@dataclass(frozen=True)
class Stage:
    """A named part of the tests."""

    name: str
    check: Callable[[], None]


def _cargo(*words: str, **extra: str) -> None:
    commands.show(["cargo", *words], env={**os.environ, "SQLX_OFFLINE": "true", **extra}, cwd=ROOT)


def rust_format() -> None:
    """Every Rust file is formatted."""
    _cargo("fmt", "--all", "--check")


def dependencies() -> None:
    """No banned crate, licence or source, as deny.toml says."""
    # Not the advisories: their database lies in a git repository that CI may not reach.
    commands.show([cargo.deny(), "--locked", "check", "bans", "licenses", "sources"], cwd=ROOT)


def development_tools() -> None:
    """This package's own tests."""
    commands.show(
        [python.program("python"), "-m", "unittest", "discover", "--buffer", "--start-directory", OPS / "dev" / "tests",
         "--top-level-directory", OPS],
        env={**os.environ, "PYTHONPATH": str(OPS)}, cwd=ROOT,
    )  # fmt: skip


def python_style() -> None:
    """Ruff finds nothing in this package and in the contract tests, nor another format."""
    for check in (["check"], ["format", "--check"]):
        commands.show([python.program("ruff"), *check, "--no-cache", *PYTHON], cwd=ROOT)


def compose_file() -> None:
    """`ops/compose.yaml` follows the schema of the Compose specification."""
    schema = [python.program("check-jsonschema"), "--builtin-schema", "vendor.compose-spec"]
    commands.show([*schema, OPS / "compose.yaml"])


def platform_events() -> None:
    """The examples of platform events, which the code sends to the letter, follow their schema."""
    contract = ROOT / "openapi"
    schema = [python.program("check-jsonschema"), "--schemafile", contract / "platform-events.schema.json"]
    commands.show([*schema, contract / "platform-events.examples.json"])


def alert_rules() -> None:
    """The alert rules are valid and fire exactly when they should."""
    rules = OPS / "prometheus"
    commands.show(["promtool", "check", "rules", rules / "alerts.yml"])
    commands.show(["promtool", "check", "config", rules / "prometheus.yml"])
    commands.show(["promtool", "test", "rules", *sorted((rules / "tests").glob("*.yml"))])


def rust_lints() -> None:
    """Clippy finds nothing, in tests and benches too."""
    (build.PORTAL / "dist").mkdir(exist_ok=True)
    _cargo("clippy", "--workspace", "--all-targets", "--locked", "--", "--deny", "warnings")


def portal_lint() -> None:
    """ESLint finds nothing, accessibility rules included."""
    _portal("lint")


def portal_types() -> None:
    """The portal is typed."""
    _portal("typecheck")


def portal_tests() -> None:
    """The portal's unit tests."""
    _portal("test")


def portal_build() -> None:
    """The portal builds, and its first load is within its budget."""
    build.portal()
    _portal("size")


def _portal(script: str) -> None:
    node.install(build.PORTAL)
    commands.show(["npm", "run", script], env=node.environment(), cwd=build.PORTAL)


def programs() -> None:
    """Everything compiles, with queries checked against the recorded schema."""
    build.programs(["creator-studio", "vod", "tests"])


def openapi() -> None:
    """The checked-in API descriptions and the client made from one are what the code says."""
    commands.show([product.program("creator-studio"), "openapi", "--check"], cwd=ROOT)
    commands.show([product.program("vod"), "openapi", "--check"], cwd=ROOT)
    node.install(build.PORTAL)
    with tempfile.TemporaryDirectory() as folder:
        generate = ["npm", "run", "client", "--", "--output", folder]
        commands.show(generate, env=node.environment(), cwd=build.PORTAL)
        different = _differences(filecmp.dircmp(folder, CLIENT))
    if different:
        raise Failed(f"The client is not what the API description says ({different[0]}); run `make openapi`.")


def _differences(folders: filecmp.dircmp) -> List[str]:
    here = [*folders.left_only, *folders.right_only, *folders.diff_files, *folders.funny_files]
    return here + [name for inner in folders.subdirs.values() for name in _differences(inner)]


def rust() -> None:
    """All Rust tests, against the real servers."""
    nextest = str(python.program("cargo-nextest"))
    commands.show([nextest, "nextest", "run", "--workspace", "--locked"], env=_test_environment(), cwd=ROOT)


def end_to_end() -> None:
    """The main flows in a real browser, against the product as people run it."""
    node.install(END_TO_END)
    commands.show(["npm", "run", "typecheck"], env=node.environment(), cwd=END_TO_END)
    commands.show(["npm", "test"], env=_browser_environment(), cwd=END_TO_END)


def contract() -> None:
    """Whatever everybody sends, the product answers as its description says; every operation can be done."""
    if not python.program("schemathesis").exists():
        raise Failed("The contract tests need Python 3.11 or newer.")
    commands.show(
        [python.program("python"), "-B", "-m", "pytest", CONTRACT],
        env={**_test_environment(), "CREATOR_STUDIO_TEST_URL": TEST.url}, cwd=ROOT,
    )  # fmt: skip


def _test_environment() -> Dict[str, str]:
    return {**os.environ, "SQLX_OFFLINE": "true", **test_values(TEST)}


def _browser_environment() -> Dict[str, str]:
    return {
        **node.environment(),
        # Some flows run the product's program, which finds its servers as the product's processes do.
        **product_values(TEST),
        **test_values(TEST),
        "CREATOR_STUDIO_TEST_URL": TEST.url,
        "CREATOR_STUDIO_TEST_CHROMIUM": browser.program(),
        "CREATOR_STUDIO_TEST_CLIPS": str(product.program("clips")),
        "CREATOR_STUDIO_TEST_PROGRAM": str(product.program("creator-studio")),
    }


QUICK: List[Stage] = [
    Stage("Format", rust_format),
    Stage("Development tools' style", python_style),
    Stage("Development tools", development_tools),
    Stage("Compose file", compose_file),
    Stage("Platform events", platform_events),
    Stage("Alert rules", alert_rules),
    Stage("Dependencies", dependencies),
]
"""Seconds each, nothing compiled."""

PORTAL: List[Stage] = [
    Stage("Portal lint", portal_lint),
    Stage("Portal types", portal_types),
    Stage("Portal tests", portal_tests),
    Stage("Portal build", portal_build),
]
"""Of the portal alone."""

LINTS = Stage("Rust lints", rust_lints)
PROGRAMS = Stage("Programs", programs)
OPENAPI = Stage("API description", openapi)
RUST = Stage("Rust tests", rust)
CONTRACT_TESTS = Stage("Contract tests", contract)
BROWSER = Stage("Browser tests", end_to_end)
