"""A film on its way from a creator's device to everybody's."""

import base64
import hashlib
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import requests

from people import Person
from settings import told
from waiting import wait_for


@cache
def clip() -> bytes:
    """One second of a moving test picture."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "clip.mp4"
        picture = ["-f", "lavfi", "-i", "testsrc2=size=160x90:rate=25:duration=1"]
        coded = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
        subprocess.run(["ffmpeg", "-v", "error", *picture, *coded, file], check=True)
        return file.read_bytes()


def begin(creator: Person, **more: object) -> dict:
    """An upload of which nothing has arrived."""
    file = {"file_name": "clip.mp4", "size_bytes": len(clip()), "media_type": "video/mp4", "when_ready": "public"}
    return creator.ask("uploads.create", {**file, **more})


def send(creator: Person, upload: dict) -> None:
    """Sends the one part of it to the store."""
    md5 = base64.b64encode(hashlib.md5(clip()).digest()).decode()
    signed = creator.ask("uploads.sign_parts", {"parts": [{"number": 1, "md5": md5}]}, path={"id": upload["id"]})
    part = signed["parts"][0]
    requests.put(part["url"], data=clip(), headers=part["headers"], timeout=30).raise_for_status()


def hand_in(creator: Person) -> str:
    """A whole film; gives its content."""
    upload = begin(creator)
    send(creator, upload)
    creator.ask("uploads.complete", {}, path={"id": upload["id"]})
    return upload["content_id"]


def wait_until(creator: Person, content: str, state: str) -> None:
    """Waits until a content is in a state."""

    def look() -> bool:
        return creator.ask("contents.show", path={"id": content})["state"] == state

    wait_for(f"a content that is {state}", look)


def let_the_next_transcode(fault: str) -> None:
    """Makes the VOD service fail us once."""
    order = {"fault": fault, "next": 1}
    requests.put(f"{told('CREATOR_STUDIO_TEST_VOD')}/_faults", json=order, timeout=10).raise_for_status()
