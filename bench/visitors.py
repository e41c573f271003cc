"""Who asks: a guest, and members who came in through the sample door as a browser does."""

import re
from dataclasses import dataclass, field
from http.client import HTTPConnection
from urllib.parse import quote, urlencode

from bench.measure import Running

CONNECTIONS = 8
# What a browser sends along with each request.
BROWSER = (
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n"
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
    "Accept-Language: en,de;q=0.7\r\nAccept-Encoding: gzip, deflate, br\r\n"
)


@dataclass(frozen=True)
class Page:
    """An answer."""

    status: int
    body: str
    cookies: dict[str, str]

    @property
    def csrf(self) -> str:
        """The token of the page's forms."""
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.body)
        assert found, "There is no form on the page."
        return found[1]


@dataclass(frozen=True)
class Visitor:
    """Somebody with cookies, or without."""

    cookies: dict[str, str] = field(default_factory=dict)

    def request(self, path: str, *, port: int, form: dict[str, str] | None = None) -> str:
        """Return a request as text, ready to be sent."""
        return request(path, port=port, cookies=self.cookies, form=form)

    def get(self, site: Running, path: str) -> Page:
        """Fetch a page now."""
        return self._fetch(site, "GET", path, None)

    def post(self, site: Running, path: str, form: dict[str, str]) -> Page:
        """Send a form now."""
        return self._fetch(site, "POST", path, urlencode(form))

    def _fetch(self, site: Running, method: str, path: str, body: str | None) -> Page:
        connection = HTTPConnection("127.0.0.1", site.port, timeout=30)
        headers = {"Accept-Language": "en", "Cookie": _cookies(self.cookies)}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        given = [line.partition(";")[0] for line in answer.headers.get_all("set-cookie", [])]
        cookies = self.cookies | dict(line.split("=", 1) for line in given)
        page = Page(answer.status, answer.read().decode(errors="replace"), cookies)
        connection.close()
        return page


GUEST = Visitor()


def sign_in(site: Running, member: str) -> Visitor:
    """Come in as this member, through the sample door."""
    door = "/sample/"
    page = GUEST.get(site, door)
    came = Visitor(page.cookies).post(site, door, {"member": member, "csrfmiddlewaretoken": page.csrf})
    assert came.status == 302, f"The sample door answered {came.status}."
    return Visitor(came.cookies)


def request(
    path: str, *, port: int, cookies: dict[str, str] | None = None, form: dict[str, str] | None = None
) -> str:
    """Return a request as text. "{n}" in a form's value stays as it is, for the client to fill in."""
    body = urlencode(form, safe="{}") if form else ""
    lines = f"{'POST' if form else 'GET'} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{BROWSER}"
    if cookies:
        lines += f"Cookie: {_cookies(cookies)}\r\n"
    if form:
        # The client fills in nine digits for "{n}".
        length = len(body) + 6 * body.count("{n}")
        lines += f"Origin: http://127.0.0.1:{port}\r\nContent-Length: {length}\r\n"
        lines += "Content-Type: application/x-www-form-urlencoded\r\n"
    return f"{lines}\r\n{body}"


def _cookies(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


_known: dict[int, list[Visitor]] = {}


def visitors(site: Running) -> list[Visitor]:
    """Return as many members who are signed in as there are connections."""
    if site.port not in _known:
        _known[site.port] = [sign_in(site, key) for key in site.addresses["people"][:CONNECTIONS]]
    return _known[site.port]


def plans_for(site: Running) -> dict[str, list[list[str]]]:
    """Return for each kind of page what each connection asks for in turn."""
    at, members = site.addresses, visitors(site)
    topics, one, long_page = at["topics"], at["topics"][:1], [f"{at['long_topic']}?page=5"]
    inside = "/c/bench/"
    best = [f"{inside}search/?q={quote(words)}" for words in at["questions"]]
    newest = [f"{path}&order=newest" for path in best]
    style = re.search(r'href="([^"]+hearth[^"]*\.css)"', members[0].get(site, inside).body)
    assert style, "There is no style sheet on the page."

    def guests(paths: list[str]) -> list[list[str]]:
        return [_in_turn(paths, place, GUEST, site.port) for place in range(CONNECTIONS)]

    def signed_in(paths: list[str]) -> list[list[str]]:
        return [_in_turn(paths, place, member, site.port) for place, member in enumerate(members)]

    return {
        "topic, guest": guests(topics),
        "one topic, guest": guests(one),
        "topic, member": signed_in(topics),
        "one topic, member": signed_in(one),
        "long topic, member": signed_in(long_page),
        "latest, guest": guests([f"{inside}talk/"]),
        "latest, member": signed_in([f"{inside}talk/"]),
        "space, guest": guests(at["spaces"]),
        "space, member": signed_in(at["spaces"]),
        "best, guest": guests(best),
        "best, member": signed_in(best),
        "newest, member": signed_in(newest),
        "today, member": signed_in([inside]),
        "style sheet": guests([style[1]]),
    }


def _in_turn(paths: list[str], place: int, visitor: Visitor, port: int) -> list[str]:
    # Each connection begins elsewhere, so that they do not all ask for the same page at once.
    start = place * len(paths) // CONNECTIONS
    return [visitor.request(path, port=port) for path in paths[start:] + paths[:start]]
