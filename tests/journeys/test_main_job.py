"""The main job in a real browser, with and without JavaScript: come in, find a thread, answer it, and see where it went."""

import re
import smtplib
from email.message import EmailMessage
from secrets import token_hex

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import Visit
from tests.journeys.places import DOOR

pytestmark = pytest.mark.browser

# Tom follows this conversation; Olena wrote in it.
TITLE, WORD = "Good evening from Ballina", "Ballina"


def find(page: Page) -> None:
    page.get_by_role("navigation", name="Places").get_by_role("link", name="Search").click()
    page.get_by_role("searchbox").or_(page.get_by_role("textbox")).first.fill(WORD)
    page.locator("main").get_by_role("button", name="Search").click()
    page.locator("main").get_by_role("link", name=TITLE).first.click()
    page.get_by_role("heading", level=1, name=TITLE).wait_for()


def answer_by_mail(visit: Visit, mail_head: str, *, sender: str, words: str) -> None:
    """Send a mail through the listener, to the address to which the mail with this head asks to reply."""
    found = re.search(r"[\w.+-]+@hearth\.localhost", mail_head)
    assert found, mail_head
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = sender, found[0], f"Re: {TITLE}"
    letter["Message-ID"] = f"<{token_hex(8)}@mail.example>"
    letter.set_content(f"{words}\n\nOn Sunday somebody wrote:\n> and this was said before\n")
    with smtplib.SMTP("127.0.0.1", visit.house.mail_port, timeout=30) as server:
        server.send_message(letter)


def reply_address(visit: Visit, address: str, holding: str) -> str:
    """Return the Reply-To line of the mail to this person that holds these words, from the outbox page."""
    visit.mail_to(address, holding)
    page = visit.device(who="Henk Oosterhuis", scripts=False)
    page.goto("/operator/outbox/")
    rows = page.locator("main li", has_text=address).filter(has_text=TITLE)
    rows.first.get_by_role("link").first.click()
    return page.get_by_role("row", name=re.compile("^Reply-To")).inner_text()


@pytest.mark.parametrize(
    ("scripts", "address"),
    [(True, "joe@half-door.example"), (False, "fidelma@half-door.example")],
    ids=["with JavaScript", "without JavaScript"],
)
def test_a_member_finds_a_thread_answers_it_and_hears_back_by_mail(
    visit: Visit, scripts: bool, address: str
) -> None:
    words, reply = (
        f"A lemon asks for patience {token_hex(3)}",
        f"Patience I have, lemons I have not {token_hex(3)}",
    )
    page = visit.device(scripts=scripts)
    page.goto(f"{DOOR}/")
    page.get_by_role("link", name="Come in").click()
    visit.sign_in(page, address, DOOR)
    page.get_by_role("heading", name="Good to see you").wait_for()
    find(page)

    page.get_by_label("Your answer").fill(words)
    page.get_by_role("button", name="Send your answer").click()
    expect(page.locator("#messages")).to_contain_text("Your answer is here")
    expect(page.locator(".post", has_text=words)).to_have_count(1)

    head = reply_address(visit, "olena@half-door.example", words)
    answer_by_mail(visit, head, sender="olena@half-door.example", words=reply)
    arrived = page.locator(".post", has_text=reply)
    for _again in range(60):
        page.goto(page.url.partition("#")[0])
        if arrived.count():
            break
        page.wait_for_timeout(500)
    expect(arrived).to_have_count(1)
    expect(arrived).to_contain_text("Written by e-mail")
    expect(arrived).to_contain_text("Олена Вербицька")
    expect(arrived).not_to_contain_text("said before")
    assert reply in visit.mail_to(address, reply)
