"""`make test` and its parts: own servers, the stages, and a summary; nothing is left running."""

from typing import Callable

from . import browser, holding, instance, product, progress, stages, stand
from .addresses import TEST, Stand, test_values
from .commands import Failed
from .results import Results
from .supervisor import Supervisor
from .tools import cargo, debian, node

PRODUCT_PORTS = [
    "api",
    "vod",
    "worker-media-metrics",
    "worker-default-metrics",
    "worker-analytics-metrics",
    "worker-streams-metrics",
]


def everything() -> int:
    """All stages, against fresh servers."""
    if instance.stop_holder(TEST):
        progress.say("Stopped the servers of `make servers-up`, to start with empty ones.")
    results = Results()

    def work(supervisor: Supervisor) -> None:
        _install()
        # The portal's tools use what the compiler leaves idle.
        with holding.in_background(stand.build, lambda: results.run_all(stages.PORTAL)):
            results.run_all([*stages.QUICK, stages.PROGRAMS, stages.LINTS])
        results.run(stages.OPENAPI)
        _start_empty_servers(supervisor)
        results.run(stages.RUST)
        # What the contract tests leave behind is no library for people to look at: they come last.
        _check_product(supervisor, results, stages.BROWSER, stages.CONTRACT_TESTS)

    return _in_own_stand(work, results)


def quick() -> int:
    """The stages that need no server: seconds, once the first build is done."""
    _install()
    results = Results()
    results.run_all([*stages.QUICK, *stages.PORTAL, stages.LINTS])
    return results.report()


def rust_only() -> int:
    """The Rust tests, on the servers of `make servers-up` where they run, else on servers of their own."""
    results = Results()

    def check() -> None:
        results.run(stages.PROGRAMS)
        results.run(stages.RUST)

    with_servers(check)
    return results.report()


def portal_only() -> int:
    """The portal's lints, types, unit tests and build."""
    node.ensure()
    results = Results()
    results.run_all(stages.PORTAL)
    return results.report()


def browser_only() -> int:
    """The browser tests, on a product of their own."""
    return _with_product(stages.BROWSER, _install)


def contract_only() -> int:
    """The contract tests, on a product of their own."""
    return _with_product(stages.CONTRACT_TESTS, stand.install)


def _with_product(check: stages.Stage, install: Callable[[], None]) -> int:
    if instance.holder(TEST):
        raise Failed("These tests start a product of their own; stop the test servers first: `make servers-down`.")
    results = Results()

    def work(supervisor: Supervisor) -> None:
        install()
        with holding.in_background(stand.build):
            results.run(stages.PROGRAMS)
        _start_empty_servers(supervisor)
        _check_product(supervisor, results, check)

    return _in_own_stand(work, results)


def servers_in_foreground() -> int:
    """The test servers until somebody stops them; `make servers-up` runs this in the background."""

    def bring_up(supervisor: Supervisor) -> None:
        stand.install()
        stand.build()
        _start_empty_servers(supervisor)
        file = product.write_environment(TEST, test_values(TEST))
        progress.say(f"Test servers are up. For a shell: . {file}")

    return holding.hold(TEST, bring_up)


def servers_in_background() -> int:
    """The test servers, for developers who run single tests."""
    return holding.start_in_background(TEST, "servers")


def stop_servers() -> int:
    """Stops the test servers; harmless when none run."""
    progress.say("Stopped." if instance.stop_holder(TEST) else "Nothing is running.")
    _delete_data(TEST)
    return 0


def with_servers(check: Callable[[], None], which: Stand = TEST) -> None:
    """Does something while the servers of a stand run: those that do, else own ones that are stopped after it."""
    if (instance.holder(which) or {}).get("ready"):
        check()
        return

    def work(supervisor: Supervisor) -> None:
        stand.install()
        stand.build()
        _start_empty_servers(supervisor, which)
        check()

    _during(which, work)


def _in_own_stand(work: Callable[[Supervisor], None], results: Results) -> int:
    try:
        _during(TEST, work)
    except KeyboardInterrupt:
        results.was_interrupted()
    return results.report()


def _during(which: Stand, work: Callable[[Supervisor], None]) -> None:
    try:
        holding.during(instance.Instance(which), work)
    finally:
        _delete_data(which)


def _delete_data(which: Stand) -> None:
    if not instance.holder(which):
        stand.delete_data(which)


def _install() -> None:
    cargo.ensure_rust()
    stand.install()
    debian.ensure(debian.TEST)
    cargo.ensure_deny()
    browser.ensure()


def _start_empty_servers(supervisor: Supervisor, which: Stand = TEST) -> None:
    stand.delete_data(which)
    stand.start(which, supervisor)


def _check_product(supervisor: Supervisor, results: Results, *checks: stages.Stage) -> None:
    """Starts the product as people run it and lets tests use it."""
    for stage in [stages.Stage("Product starts", lambda: _start_product(supervisor)), *checks]:
        results.run(stage)


def _start_product(supervisor: Supervisor) -> None:
    stand.require_free_ports(TEST, PRODUCT_PORTS)
    product.migrate(TEST)
    supervisor.start([product.vod(TEST), *product.workers(TEST), product.api(TEST)])
    product.seed(TEST)
