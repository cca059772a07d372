"""What one does with works of one's own."""

import film
from people import Person


def test_an_upload_is_seen_and_given_up(creator: Person) -> None:
    upload = film.begin(creator, sha256="0" * 64, title="Never to be seen")
    film.send(creator, upload)
    assert creator.ask("uploads.list", query={"state": "uploading"})["items"]
    assert creator.ask("uploads.show", path={"id": upload["id"]})["part_count"] == 1
    assert [part["number"] for part in creator.ask("uploads.list_parts", path={"id": upload["id"]})["parts"]] == [1]
    creator.ask("uploads.abort", path={"id": upload["id"]})


def test_a_content_is_edited_as_it_was_last_seen(creator: Person, published: str) -> None:
    seen = creator.answer("contents.show", path={"id": published})
    edit = {"title": "Clip", "description": "", "tags": ["clip"]}
    creator.ask("contents.update", edit, path={"id": published}, headers={"If-Match": seen.headers["etag"][0]})
    assert creator.ask("contents.list", query={"tag": "clip", "sort": "title"})["items"]
    assert creator.ask("contents.timeline", path={"id": published})["items"]


def test_a_content_is_hidden_shown_binned_and_restored(creator: Person, published: str) -> None:
    for action in ("unpublish", "delete", "restore", "publish"):
        creator.ask(f"contents.{action}", path={"id": published})


def test_everybody_plays_what_is_public(creator: Person, published: str) -> None:
    creator.ask("contents.playback", path={"id": published})
    nobody = Person("nobody")
    address = nobody.ask("contents.playback", path={"id": published})["hls_url"]
    grant = {"grant": address.split("/")[-2]}
    playlist = nobody.ask("playback.master", path=grant)
    rendition = next(line for line in playlist.splitlines() if line.endswith(".m3u8"))
    nobody.ask("playback.rendition", path={**grant, "rendition": rendition})


def test_what_changes_is_told_as_it_changes(creator: Person) -> None:
    assert creator.ask("events.stream").startswith("id: ")


def test_a_page_load_is_counted_whoever_waited() -> None:
    Person("nobody").ask("telemetry.page_load", {"page": "/studio", "milliseconds": 80, "kind": "first"})
