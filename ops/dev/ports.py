"""Whether a port is free, and who has it when it is not."""

import socket
from pathlib import Path
from typing import Dict, List, Optional

from .addresses import HOST


def is_free(port: int) -> bool:
    """Whether a server could listen on this loopback port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def complaints(wanted: Dict[str, int]) -> List[str]:
    """One sentence for each service whose port is taken."""
    return [f"{HOST}:{port} ({service}) is in use{_by(port)}." for service, port in wanted.items() if not is_free(port)]


def _by(port: int) -> str:
    pid = _listener(port)
    if pid is None:
        return ""
    command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace").strip()
    return f" by process {pid} ({command[:80]})"


def _listener(port: int) -> Optional[int]:
    """The process that listens on a port, where Linux lets us see it."""
    inode = _listening_inode(port)
    if inode is None:
        return None
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            if link.readlink() == Path(f"socket:[{inode}]"):
                return int(link.parts[2])
        except OSError:
            continue  # closed meanwhile, or of a process that is not ours to see
    return None


def _listening_inode(port: int) -> Optional[str]:
    try:
        lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
    except OSError:
        return None
    for line in lines:
        fields = line.split()
        if fields[3] == "0A" and fields[1].endswith(f":{port:04X}"):  # 0A is LISTEN
            return fields[9]
    return None
