"""What players report, and what creators see of it."""

import time
from uuid import UUID, uuid4

from people import Person
from proofs import Bearer
from waiting import wait_for


def test_a_player_reports_what_a_viewer_does(published: str) -> None:
    nobody = Person("nobody")
    token = nobody.ask("contents.playback", path={"id": published})["engagement_token"]
    view = {"id": now(), "kind": "view", "session": str(uuid4()), "device": "tv"}
    batch = {"events": [view, {**view, "id": now(), "kind": "stare"}]}
    taken = nobody.ask("engagement.report", batch, proof=Bearer(token))
    assert taken["accepted"] == 1
    assert [refused["code"] for refused in taken["rejected"]] == ["event.bad_value"]


def test_a_creator_looks_at_figures(creator: Person, published: str) -> None:
    for operation in ("dashboard", "overview", "contents", "audience", "realtime"):
        assert "sentence" in creator.ask(f"analytics.{operation}")["freshness"]
    assert creator.ask("analytics.retention", path={"id": published})["content"] == published
    assert creator.ask("analytics.overview", query={"content": published, "compare": "false"})["content"] == published


def test_a_creator_exports_figures(creator: Person) -> None:
    days = {"report": "contents", "from": "2026-11-01", "to": "2026-11-20"}
    export = {"id": creator.ask("exports.create", days)["id"]}
    wait_for("the file", lambda: creator.ask("exports.show", path=export)["state"] == "ready")
    assert creator.ask("exports.list")["items"]


def now() -> str:
    """A UUIDv7 of this moment (RFC 9562, 5.7)."""
    random = uuid4().int & ((1 << 80) - 1)
    value = (time.time_ns() // 1_000_000) << 80 | random
    value = value & ~(0xF << 76) | 0x7 << 76
    return str(UUID(int=value & ~(0x3 << 62) | 0x2 << 62))
