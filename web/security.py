"""What every answer carries so that a browser runs nothing but our own script, and what is refused unread.

Headers after the OWASP Secure Headers Project; the Content-Security-Policy is that of CSP level 3. Nothing is
inline, nothing comes from elsewhere, no page can be framed.
"""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
LONGEST_PATH, LONGEST_QUERY = 600, 16_000
"""Characters; the query page sends its SPARQL in the body (POST) where it is longer."""

LOCAL_NAMES = ("localhost", "127.0.0.1", "[::1]", "testserver")


class Guard:
    """Put the security headers on every answer and refuse addresses that are too long or meant for another host.

    Args:
        app: what answers.
        hosts: names under which the site may be asked; None for any. With a fixed list no other site can make a
            browser ask this one under a name of its own (DNS rebinding).
    """

    def __init__(self, app: ASGIApp, hosts: tuple[str, ...] | None = LOCAL_NAMES) -> None:
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(scope)
        await (refusal or self.app)(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        if len(scope.get("raw_path") or scope["path"]) > LONGEST_PATH or len(scope["query_string"]) > LONGEST_QUERY:
            return PlainTextResponse("This address is too long.\n", status_code=414)
        host = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")
        name = host if host.endswith("]") else host.rpartition(":")[0] or host
        if self.hosts is not None and name not in self.hosts:
            return PlainTextResponse("This site is not served under that name.\n", status_code=421)
        return None
