"""`make doctor`: what is there, what is missing, what runs."""

import shutil
from typing import List

from . import checkout, commands, instance, ports, product
from .addresses import DEV, PORTS, TEST
from .commands import Failed
from .tools import cargo, debian, node, python

VERSIONS = {
    "cargo": ["cargo", "--version"],
    "redis-server": ["redis-server", "--version"],
    "ffmpeg": ["ffmpeg", "-version"],
    "promtool": ["promtool", "--version"],
}


def examine() -> int:
    """Prints what a start would find; never changes anything."""
    print("Tools")
    for name, argv in VERSIONS.items():
        _line(name, _first_line(argv))
    _line("node", f"{node.node()} {_first_line([node.node(), '--version'])}")
    _line("MongoDB protocol", _first_line([cargo.secantus(), "--version"]))
    _line("juicefs", _first_line([python.program("juicefs"), "--version"]))
    _line("Kafka protocol", _first_line([python.tansu(), "--version"]))
    _line("cache", str(checkout.cache()))
    missing = [each.name for each in debian.RUN + debian.BUILD + debian.TEST if not each.is_there()]
    if missing:
        print(f"\n  The next start installs: {', '.join(missing)}. By hand: sh {debian.INSTALLER} {' '.join(missing)}")
    print("\nPorts")
    for service in PORTS:
        _line(service, f"dev {_port(DEV.port(service))}   test {_port(TEST.port(service))}")
    return _running_product()


def _running_product() -> int:
    print("\nRunning")
    known = instance.holder(DEV)
    _line("make dev", f"process {known['pid']}, {'ready' if known['ready'] else 'starting'}" if known else "no")
    _line("test servers", f"process {instance.holder(TEST)['pid']}" if instance.holder(TEST) else "no")
    studio = product.program("creator-studio")
    if not (known and known["ready"] and studio.exists()):
        return 0
    print()
    commands.show([studio, "doctor"], env=product.environment(DEV), cwd=checkout.ROOT)
    return 0


def _line(name: str, text: str) -> None:
    print(f"  {name:22} {text}")


def _port(number: int) -> str:
    return f"{number} {'free ' if ports.is_free(number) else 'taken'}"


def _first_line(argv: List) -> str:
    if not shutil.which(str(argv[0])):
        return "missing"
    try:
        return commands.read(argv).splitlines()[0]
    except (Failed, IndexError):
        return "does not run"
