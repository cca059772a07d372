"""`make dev`, `make up`, `make down`: the whole product on this machine."""

from . import build, holding, instance, ports, product, progress, stand
from .addresses import ALL, DEV, product_values
from .commands import Failed
from .supervisor import Supervisor

PRODUCT_PORTS = [
    "vod",
    "worker-media-metrics",
    "worker-default-metrics",
    "worker-analytics-metrics",
    "worker-streams-metrics",
]
PROGRAM_PACKAGES = ["creator-studio", "vod"]

WELCOME = """
  Creator Studio   {url}
  API reference    {url}/docs
  Mail             http://{mail} (every mail that the product sends)

  Accounts         creator@demo.test  creator2@demo.test  finance@demo.test
                   finance2@demo.test  ops@demo.test  admin@demo.test
  Their password   correct-horse-demo-7

  Logs             {logs}
  For a shell      . {env}
"""


def in_foreground() -> int:
    """Starts everything and stays until Ctrl-C."""
    return holding.hold(DEV, _bring_up)


def in_background() -> int:
    """Starts everything and returns 0 when it is ready, also when it already was."""
    return holding.start_in_background(DEV, "dev")


def stop() -> int:
    """Stops what runs; harmless when nothing does."""
    progress.say("Stopped." if instance.stop_holder(DEV) else "Nothing is running.")
    return 0


def seed() -> int:
    """Makes the demo people and library again, in the product that runs."""
    if not instance.holder(DEV):
        raise Failed("Nothing is running; `make dev` or `make up` starts it (and seeds).")
    product.seed(DEV)
    return 0


def delete_data() -> int:
    """Deletes the data, keys and logs of all stands, never while one runs."""
    for each in ALL:
        if instance.holder(each):
            raise Failed(holding.already_running(each))
    for each in reversed(ALL):
        stand.delete_data(each)
    progress.say("Deleted. The next start makes new demo data.")
    return 0


def _bring_up(supervisor: Supervisor) -> None:
    _require_free_ports()
    stand.install()
    with holding.in_background(build.portal, lambda: build.programs(PROGRAM_PACKAGES)):
        stand.build()
        stand.start(DEV, supervisor)
    product.migrate(DEV)
    with progress.step("Product"):
        supervisor.start([product.vod(DEV), *product.workers(DEV), product.api(DEV)])
    product.seed(DEV)
    env = product.write_environment(DEV, product_values(DEV))
    print(WELCOME.format(url=DEV.url, mail=DEV.address("mail-web"), logs=DEV.logs, env=env), flush=True)


def _require_free_ports() -> None:
    stand.require_free_ports(DEV, PRODUCT_PORTS + ([] if stand.in_containers() else stand.SERVER_PORTS))
    taken = ports.complaints({"portal and API": int(DEV.listen.rpartition(":")[2])})
    if taken:
        raise Failed(f"{taken[0]} Stop what uses it, or set CREATOR_STUDIO_LISTEN, as in 127.0.0.1:8090.")
