"""Real things whose ids requests can name, so that an attack gets further than "there is no such thing"."""

from functools import cached_property

import film
from people import Person, join


class Belongings:
    """Things of the installation, and of each person who may have some."""

    def __init__(self, everybody: dict[str, Person], published: str) -> None:
        self._everybody = everybody
        self._published = published
        self._uploads: dict[str, dict] = {}

    def of(self, person: Person, operation: str, *, unfinished: bool) -> dict[str, str]:
        """Path parameters for an operation that this person asks for, of a finished thing if it matters."""
        resource, _, action = operation.partition(".")
        match resource:
            case "contents":
                other = unfinished or action in ("delete", "restore")
                return {"id": self._upload(person, action)["content_id"] if other else self._published}
            case "uploads":
                return {"id": self._upload(person, action)["id"]}
            case "people" | "roles":
                return {"id": self._bystander.id, "role": "ops"}
            case "jobs":
                return {"id": self._job}
            case "runs":
                return {"id": self._run}
            case "analytics":
                return {"id": self._published}
            case "exports" if person.role in ("creator", "admin"):
                return {"id": self._export(person)}
            case "schedules":
                return {"name": "content.sweep_orphans"}
            case "playback":
                return {"grant": self._grant, "rendition": "720p.m3u8"}
            case "sessions" if person.proof:
                return {"id": person.ask("sessions.list")["items"][-1]["id"]}
            case "tokens" if person.proof:
                return {"id": self._token(person)}
            case _:
                return {}

    def _upload(self, person: Person, purpose: str) -> dict:
        """An upload that nobody else works on; whoever may not have one names the creator's."""
        owner = person if person.role in ("creator", "admin") else self._everybody["creator"]
        key = f"{owner.role} {purpose}"
        if key not in self._uploads:
            self._uploads[key] = film.begin(owner)
        return self._uploads[key]

    def _token(self, person: Person) -> str:
        tokens = person.ask("tokens.list")["items"]
        made = tokens[0] if tokens else person.ask("tokens.create", {"name": "backup", "scopes": ["account:read"]})
        return made["id"]

    def _export(self, person: Person) -> str:
        exports = person.ask("exports.list")["items"]
        days = {"report": "daily", "from": "2026-11-01", "to": "2026-11-02"}
        return exports[0]["id"] if exports else person.ask("exports.create", days)["id"]

    @cached_property
    def _bystander(self) -> Person:
        return join()

    @cached_property
    def _job(self) -> str:
        jobs = self._everybody["ops"].ask("jobs.list", query={"name": "content.write_document"})
        return jobs["items"][0]["id"]

    @cached_property
    def _run(self) -> str:
        return self._everybody["ops"].ask("runs.list", query={"limit": 1})["items"][0]["id"]

    @property
    def _grant(self) -> str:
        playback = self._everybody["creator"].ask("contents.playback", path={"id": self._published})
        return playback["hls_url"].split("/")[-2]
