"""How a request proves who sends it. Given to schemathesis as such, so that it also tries what happens without."""

import requests
from requests.auth import AuthBase

COOKIE = "creator_studio_refresh"


class Bearer(AuthBase):
    """An access token or an API token."""

    def __init__(self, token: str) -> None:
        self.token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Adds the token."""
        request.headers["Authorization"] = f"Bearer {self.token}"
        return request


class RefreshCookie(AuthBase):
    """What continues a session."""

    def __init__(self, answer) -> None:
        self.cookie = answer.headers["set-cookie"][0].partition(";")[0]

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Adds the cookie."""
        request.headers["Cookie"] = self.cookie
        return request
