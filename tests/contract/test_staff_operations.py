"""What is done by those who run the product."""

import hashlib
import hmac
import json
import time
from uuid import uuid4

import film
from people import Person, join
from settings import told
from waiting import wait_for


def test_ops_look_at_everything_that_runs(ops: Person) -> None:
    for operation in ("ops.overview", "queues.list", "workers.list", "jobs.list", "runs.list", "audit.list"):
        ops.ask(operation)


def test_ops_look_at_the_pipeline_of_figures(ops: Person) -> None:
    for operation in ("ops.analytics", "ops.rejected_events", "ops.business"):
        ops.ask(operation)


def test_ops_see_a_schedule_and_trigger_pause_and_resume_it(ops: Person) -> None:
    schedules = wait_for("schedules that a worker has told of", lambda: ops.ask("schedules.list")["items"])
    schedule = {"name": schedules[0]["name"]}
    ops.ask("schedules.show", path=schedule)
    ops.ask("schedules.trigger", {"reason": "To see whether it runs."}, path=schedule)
    ops.ask("schedules.pause", {"reason": "The store is being moved."}, path=schedule)
    ops.ask("schedules.resume", {"reason": "It was moved."}, path=schedule)


def test_an_admin_finds_somebody_and_gives_and_takes_a_role(admin: Person) -> None:
    person = join()
    found = admin.ask("people.find", query={"email": person.email})["items"][0]
    person_there = {"id": found["id"]}
    admin.ask("people.show", path=person_there)
    admin.ask("roles.grant", {"role": "ops", "reason": "Joins the people on call."}, path=person_there)
    admin.ask("roles.revoke", {"reason": "Left them."}, path={**person_there, "role": "ops"})


def test_a_transcode_of_which_nothing_is_heard_is_seen_through(creator: Person, ops: Person) -> None:
    film.let_the_next_transcode("never_answers")
    content = film.hand_in(creator)
    film.wait_until(creator, content, "transcoding")

    poll = {"id": wait_for("a poll that waits for its time", lambda: waiting_poll(ops))}
    ops.ask("jobs.show", path=poll)
    ops.ask("jobs.cancel", {"reason": "The service is to be restarted."}, path=poll)
    ops.ask("jobs.retry", {"reason": "It was restarted."}, path=poll)

    upload = creator.ask("contents.show", path={"id": content})["upload_id"]
    run = {"id": ops.ask("runs.list", query={"subject": upload})["items"][0]["id"]}
    steps = {step["name"]: step for step in ops.ask("runs.show", path=run)["steps"]}
    report_failure(steps["hand_off"]["output"])
    film.wait_until(creator, content, "failed")

    creator.ask("contents.retry", path={"id": content})
    film.wait_until(creator, content, "public")
    ops.ask("runs.retry", {"from": "step", "step": "notify", "reason": "The mail was lost."}, path=run)


def waiting_poll(ops: Person) -> str | None:
    jobs = ops.ask("jobs.list", query={"name": "content.poll_transcode", "state": "scheduled"})["items"]
    return jobs[0]["id"] if jobs else None


def report_failure(reference: str) -> None:
    """As the VOD service would, signed with the secret that it shares with us."""
    failure = {"code": "worker_lost", "message": "The worker was restarted."}
    transcode = {"id": "trc_1", "reference": reference, "state": "failed", "progress_percent": 0, "failure": failure}
    event = {"event_id": uuid4().hex, "type": "transcode.failed", "transcode": transcode}
    secret, now = told("CREATOR_STUDIO_TEST_VOD_SECRET"), int(time.time())
    signed = hmac.new(secret.encode(), f"{now}.{json.dumps(event)}".encode(), hashlib.sha256)
    signature = {"Vod-Signature": f"t={now},v1={signed.hexdigest()}"}
    Person("the VOD service").ask("webhooks.vod", event, headers=signature)
