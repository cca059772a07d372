"""What one does with an account of one's own."""

from mails import token_mailed_to
from people import Person, join, newcomer


def test_an_address_is_proven_by_a_mail_that_can_be_asked_for_again() -> None:
    person = newcomer()
    person.ask("accounts.register", {"email": person.email, "password": person.password, "display_name": "Ana"})
    first = token_mailed_to(person.email, "verify")
    person.ask("accounts.resend_verification", {"email": person.email})
    person.ask("accounts.verify_address", {"token": token_mailed_to(person.email, "verify", but=first)})
    person.sign_in()


def test_a_session_is_continued_and_ended_by_its_cookie() -> None:
    person = join()
    refreshed = person.answer("sessions.refresh", proof=person.cookie)
    person.ask("sessions.sign_out", proof=type(person.cookie)(refreshed))


def test_one_signs_a_device_out_and_then_all() -> None:
    person = join()
    person.sign_in()
    other = next(session for session in person.ask("sessions.list")["items"] if not session["current"])
    person.ask("sessions.revoke", path={"id": other["id"]})
    person.ask("sessions.revoke_all")


def test_a_password_is_changed_and_forgotten_and_set_anew() -> None:
    person = join()
    change = {"current_password": person.password, "new_password": "another that is long enough"}
    person.ask("passwords.change", change)
    person.ask("passwords.request_reset", {"email": person.email})
    token = token_mailed_to(person.email, "reset-password")
    person.ask("passwords.reset", {"token": token, "new_password": person.password})
    person.sign_in()


def test_one_sees_and_changes_who_one_is(creator: Person) -> None:
    creator.ask("me.update", {"display_name": "Ana Marlow"})
    assert creator.ask("me.show")["display_name"] == "Ana Marlow"


def test_a_token_is_made_listed_and_revoked(creator: Person) -> None:
    token = {"name": "backup", "scopes": ["content:read"], "expires_in_days": 1}
    made = creator.ask("tokens.create", token, headers={"Idempotency-Key": "a-token-of-the-contract"})
    assert made["id"] in [listed["id"] for listed in creator.ask("tokens.list")["items"]]
    creator.ask("tokens.revoke", path={"id": made["id"]})


def test_one_is_told_that_a_content_is_ready_and_reads_it(creator: Person, published: str) -> None:
    told = [told for told in creator.ask("notifications.list")["items"] if told["content_id"] == published]
    creator.ask("notifications.mark_read", {"ids": [told[0]["id"]]})
