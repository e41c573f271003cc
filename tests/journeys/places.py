"""A walk through every page of the product, with something on each: for the scan and for the pictures.

`walk` opens page after page on a few devices and hands each over as it stands. Pages go by the names of their routes in both
tables of addresses; a route that is no page stands in NO_PAGE, so a new one is walked to or named there.
"""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Page

from tests.journeys import beginnings
from tests.journeys.browsing import OPERATOR, Visit, code_in
from tests.journeys.drawing import drawing
from tests.journeys.workshop_walk import FORM_ONLY as WORKSHOP_FORMS
from tests.journeys.workshop_walk import workshop

DOOR, STOVE, STEPS = "/c/half-door", "/c/ofenbank", "/c/pas-comptes"
KETTLE = f"{DOOR}/talk/the-kettle"
FORM_ONLY = {
    "answer_draft", "device_end", "devices_end_others", "follow", "invitation_again", "invitation_sign_in",
    "invitation_take_back", "invite_send", "language", "logo", "logo_remove", "look_as", "look_as_end", "photo_remove", "read",
    "sign_in_again", "sign_out", "space_join", "space_leave", "topic_draft",
    "interview_begin", "interview_draft", "interview_look", "interview_rung_choose", "interview_rung_remove",
    "interview_set_aside", "interview_take_back", "interview_take_up", "interview_why_draft", "interview_why_look",
    "purpose_check", "purpose_in_network", "purpose_named", "purpose_recheck",
}  # fmt: skip
NO_PAGE = FORM_ONLY | beginnings.NO_PAGE | WORKSHOP_FORMS | {
    "interview_resume", "purpose_picture", "purpose_poster",
    "brand_css", "face_css", "file", "file_thumbnail", "mark", "mfa_download_recovery_codes",
    # These need a mail server, which people of the sample have none of: tests/journeys/test_admin_script.py
    "mail_forget", "mail_lines", "mail_lines_send", "mail_password", "mail_sender", "mail_server", "mail_test", "mail_user",
    # These need a device that keeps passkeys: tests/accounts/test_passkeys.py
    "mfa_edit_webauthn", "mfa_login_webauthn", "mfa_reauthenticate_webauthn", "mfa_remove_webauthn",
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """One page as it stands in a browser. `route` is the name of its address, empty for one more state of it."""

    name: str
    route: str
    page: Page


def routes() -> set[str]:
    """Return the names of all routes of both tables of addresses."""
    tables = ("hearth.config.urls", "hearth.config.community_urls")
    return {name for table in tables for name in _names(get_resolver(table).url_patterns)}


def _names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from _names(one.url_patterns)
        else:
            yield "sign_in" if one.name == "account_login" else one.name or str(one.pattern)


def walk(visit: Visit) -> Iterator[Place]:
    """Open every page once. What is written on the way stays in the house."""
    for part in (
        _visitor,
        _member,
        _purpose,
        _workshop,
        _interview,
        _closed_doors,
        _account,
        _second_step,
        _coming_in,
        _inviting,
        _beginning,
        _operator,
    ):
        yield from part(visit)


def _opened(page: Page, *stops: tuple[str, str, str]) -> Iterator[Place]:
    for name, route, path in stops:
        page.goto(path)
        yield Place(name, route, page)


def _topic(page: Page, title: str) -> str:
    """Return the address of a conversation of the kettle, found as anybody would."""
    page.goto(KETTLE + "/")
    return str(page.get_by_role("link", name=title).first.get_attribute("href")).partition("?")[0]


def _visitor(visit: Visit) -> Iterator[Place]:
    page = visit.device()
    yield from _opened(
        page,
        ("network", "home", "/"),
        ("sample", "sample", "/sample/"),
        ("front", "", f"{DOOR}/"),
        ("front-german", "", f"{STOVE}/"),
        ("front-french", "", f"{STEPS}/"),
        ("visitor-talk", "", f"{DOOR}/talk/"),
        ("visitor-topic", "", _topic(page, "Good evening from Ballina")),
        ("help", "help", f"{DOOR}/help/"),
        ("reading", "reading", f"{DOOR}/reading/"),
        ("not-found", "", f"{DOOR}/nowhere/"),
        ("style-guide", "style-guide", "/style-guide/"),
    )


def _member(visit: Visit) -> Iterator[Place]:
    page = visit.device(who="Mairéad Concannon")
    yield from _opened(
        page,
        ("today", "today", f"{DOOR}/"),
        ("talk", "talk", f"{DOOR}/talk/"),
        ("space", "space", f"{KETTLE}/"),
        ("topic-new", "topic_new", f"{KETTLE}/new/"),
        ("people", "people", f"{DOOR}/people/"),
        ("profile", "profile", f"{DOOR}/people/me/"),
        ("photo", "photo", f"{DOOR}/people/me/photo/"),
        ("search", "search", f"{DOOR}/search/"),
        ("search-found", "", f"{DOOR}/search/?q=kettle"),
        ("search-nothing", "", f"{DOOR}/search/?q=zeppelin"),
        ("files-none", "files_to_describe", f"{DOOR}/files/to-describe/"),
        ("topic", "topic", _topic(page, "Good evening from Ballina")),
    )
    page.get_by_role("button", name="Send your answer").click()
    yield Place("topic-error", "answer", page)
    page.goto(f"{DOOR}/people/")
    page.get_by_role("link", name="Małgorzata Kowalczyk").click()
    yield Place("person", "person", page)
    yield from _own_post(page)


def _purpose(visit: Visit) -> Iterator[Place]:
    here = f"{DOOR}/purpose/"
    yield from _opened(
        visit.device(),
        ("purpose", "purpose", here),
        ("purpose-history", "purpose_history", f"{here}history/"),
    )
    page = visit.device(who="Bríd Mulkerrin")
    yield from _opened(
        page,
        ("purpose-steward", "", here),
        ("compass", "compass", f"{here}compass/"),
        ("compass-before", "", f"{here}compass/?back=6"),
        ("space-goal", "space_goal", f"{KETTLE}/goal/"),
        ("interview-begin", "", f"{here}interview/"),
        ("translate", "purpose_translate", f"{here}translations/de/"),
    )
    page.get_by_role("button", name="Keep the translation").click()
    yield Place("translate-error", "", page)
    for name, words in (
        ("Who", "Menschen"),
        ("What, first", "reden"),
        ("What, second", "helfen"),
        ("What, third", "gehen"),
    ):
        page.get_by_label(name, exact=True).fill(words)
    page.get_by_label("Why", exact=True).fill("niemand allein ist")
    page.get_by_role("button", name="Keep the translation").click()
    yield Place("translations", "purpose_translations", page)


def _workshop(visit: Visit) -> Iterator[Place]:
    yield from (Place(*stop) for stop in workshop(visit))


def _interview(visit: Visit) -> Iterator[Place]:
    """A steward looks at the purpose again, beginning with the words that hold."""
    yield from _opened(visit.device(who="Delphine Rasquinet"), ("purpose-none", "", f"{STEPS}/purpose/"))
    page = visit.device(who="Bríd Mulkerrin")
    begin_interview(page, f"{DOOR}/purpose/interview/", "With the words that hold now")
    here = page.url.removesuffix("whole/")
    page.goto(f"{DOOR}/purpose/interview/")
    yield Place("interview", "interview", page)
    page.goto(f"{here}what-3/")
    yield Place("interview-question", "interview_question", page)
    page.get_by_role("textbox").fill("")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("alert").or_(page.locator("[data-focus]")).first.wait_for()
    yield Place("interview-empty", "", page)
    page.get_by_role("textbox").fill("inform members")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Keep it as it is").wait_for()
    yield Place("interview-coach", "", page)
    page.get_by_role("button", name="Keep it as it is").click()
    yield Place("interview-why", "interview_why", page)
    for words in ("our members are informed", "nobody is alone with the illness"):
        page.get_by_role("textbox").fill(words)
        page.get_by_role("button", name="Go one step deeper").click()
        page.get_by_text(words, exact=True).first.wait_for()
    yield Place("interview-ladder", "", page)
    page.get_by_role("button", name="This step is our why").last.click()
    yield Place("interview-whole", "interview_whole", page)
    yield from _opened(
        page,
        ("interview-adopt", "interview_adopt", f"{here}adopt/"),
        ("interview-language", "interview_language", f"{here}language/"),
        ("interview-write", "interview_write", f"{here}write/"),
        ("interview-lend", "interview_lend", f"{here}lend/"),
    )
    page.get_by_role("textbox").fill("a")
    page.get_by_role("button", name="Look for this name").click()
    yield Place("interview-lend-found", "", page)


def begin_interview(page: Page, address: str, start: str) -> None:
    """Begin an interview; one that goes on in this house is set aside first."""
    page.goto(address)
    going_on = page.get_by_role("button", name="Set it aside")
    if going_on.count():
        going_on.click()
        page.get_by_text("It is set aside.").wait_for()
    page.get_by_label(start).check()
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url(re.compile("/(who|whole)/$"))


def _own_post(page: Page) -> Iterator[Place]:
    page.goto(_topic(page, "The word for the thing"))
    page.get_by_label("Your answer").fill("Here is the bench that I meant.")
    page.get_by_text("Add a picture or a file").click()
    page.locator("input[type=file]").set_input_files(drawing())
    page.locator("input[name=file_says][value=ask]").check()
    page.get_by_role("button", name="Send your answer").click()
    page.get_by_role("link", name="Describe this picture").last.wait_for()
    yield Place("topic-picture", "", page)
    page.goto(_topic(page, "The word for the thing"))
    page.get_by_role("link", name="Change your words").last.click()
    yield Place("post-edit", "post_edit", page)
    page.get_by_role("textbox").first.fill("Here is the bench that I meant, in the rain.")
    page.get_by_role("button", name="Keep the change").click()
    page.get_by_role("link", name=re.compile("Earlier words")).last.click()
    yield Place("post-versions", "post_versions", page)


def _closed_doors(visit: Visit) -> Iterator[Place]:
    page = visit.device(who="Joe Tierney")
    yield from _opened(
        page,
        ("space-closed", "", f"{DOOR}/talk/minding/"),
        ("not-allowed", "", "/operator/outbox/"),
        ("files-to-describe", "", f"{DOOR}/files/to-describe/"),
    )
    page.get_by_role("link", name="Describe picture 1").click()
    yield Place("file-describe", "file_describe", page)
    yield from _opened(
        visit.device(who="سمير الحلبي", language="de"),
        ("german-today", "", f"{STOVE}/"),
        ("german-talk", "", f"{STOVE}/talk/"),
        ("german-people", "", f"{STOVE}/people/"),
    )
    yield from _opened(
        visit.device(who="Françoise N'Kulu", language="fr"),
        ("french-today", "", f"{STEPS}/"),
        ("french-talk", "", f"{STEPS}/talk/"),
    )
    yield from _opened(visit.device(who="Helga Brandstätter"), ("space-hidden", "", f"{STOVE}/talk/team/"))


def _account(visit: Visit) -> Iterator[Place]:
    page = visit.device(who="Tom Hession")
    yield from _opened(
        page,
        ("account", "account", f"{DOOR}/account/"),
        ("account-name", "account_name", f"{DOOR}/account/name/"),
        ("account-language", "account_language", f"{DOOR}/account/language/"),
        ("account-time-zone", "account_time_zone", f"{DOOR}/account/time-zone/"),
        ("devices", "devices", f"{DOOR}/account/devices/"),
        ("second-step", "mfa_index", f"{DOOR}/account/second-step/"),
        ("second-step-needed", "second_step_needed", f"{DOOR}/account/second-step/needed/"),
        ("passkey-add", "mfa_add_webauthn", f"{DOOR}/account/passkeys/add/"),
        ("confirm", "confirm", f"{DOOR}/account/confirm/"),
    )


def _second_step(visit: Visit) -> Iterator[Place]:
    page = visit.device(who="Declan O'Shaughnessy")
    yield from _opened(page, ("app-add", "mfa_activate_totp", f"{DOOR}/account/second-step/app/"))
    page.get_by_text("I cannot let it read the picture").click()
    key = page.locator("main code").inner_text()
    page.get_by_role("textbox").fill(_code_of_app(key))
    page.get_by_role("button", name="Continue").click()
    yield Place("recovery-codes", "mfa_view_recovery_codes", page)
    yield from _opened(
        page,
        ("second-step-set", "", f"{DOOR}/account/second-step/"),
        ("codes-renew", "mfa_generate_recovery_codes", f"{DOOR}/account/second-step/codes/new/"),
        ("app-remove", "mfa_deactivate_totp", f"{DOOR}/account/second-step/app/remove/"),
        ("confirm-code", "mfa_reauthenticate", f"{DOOR}/account/confirm/code/"),
    )
    page = visit.device()
    visit.sign_in(page, "declan@half-door.example", DOOR)
    page.get_by_role("heading", name="Look in your e-mail").wait_for(state="hidden")
    yield Place("second-step-ask", "mfa_authenticate", page)


def _code_of_app(key: str) -> str:
    return str(format_hotp_value(hotp_value(key.replace(" ", ""), int(time.time()) // 30)))


def _coming_in(visit: Visit) -> Iterator[Place]:
    page = visit.device()
    yield from _opened(page, ("sign-in", "sign_in", f"{STOVE}/sign-in/"))
    page.get_by_role("button", name="Continue").click()
    yield Place("sign-in-error", "", page)
    page.get_by_role("textbox").fill("woegerbauer@ofenbank.example")
    page.get_by_role("button", name="Continue").click()
    yield Place("sign-in-code", "sign_in_code", page)
    mail = visit.mail_to("woegerbauer@ofenbank.example")
    found = re.search(r"http\S+/sign-in/link/\S+", mail)
    assert found, mail
    yield from _opened(visit.device(), ("sign-in-link", "sign_in_link", found[0]))
    page.get_by_role("textbox").fill(code_in(mail))
    page.get_by_role("button", name="Sign in").click()
    yield Place("sign-in-who", "sign_in_who", page)
    yield from _opened(page, ("signed-out", "signed_out", f"{STOVE}/signed-out/"))


def _inviting(visit: Visit) -> Iterator[Place]:
    page, address = visit.device(who="Bríd Mulkerrin"), f"nuala{int(time.time())}@else.example"
    yield from _opened(
        page,
        ("face", "face", f"{DOOR}/look-after/face/"),
        ("invite", "invite", f"{DOOR}/people/invite/"),
    )
    page.get_by_role("button", name="See the e-mail").click()
    yield Place("invite-error", "", page)
    page.get_by_label("Name", exact=True).fill("Nuala Joyce")
    page.get_by_label("E-mail address", exact=True).fill(address)
    page.get_by_role("button", name="See the e-mail").click()
    yield Place("invite-check", "invite_check", page)
    page.get_by_role("button", name="Send it").click()
    yield Place("invitations", "invitations", page)
    page.goto(f"{DOOR}/people/")
    page.get_by_role("button", name="See what Maria sees").click()
    yield Place("looking", "", page)
    found = re.search(r"http\S+/invitation/\w+/", visit.mail_to(address))
    assert found, address
    yield from _opened(
        visit.device(),
        ("invitation-no", "invitation_no", f"{found[0]}no/"),
        ("invitation", "invitation", found[0]),
    )


def _beginning(visit: Visit) -> Iterator[Place]:
    for name, route, page in beginnings.begin(visit):
        yield Place(name, route, page)


def _operator(visit: Visit) -> Iterator[Place]:
    mail = visit.mail_to("@half-door.example", "bench")
    page = visit.device(who=OPERATOR)
    yield from _opened(page, ("outbox", "outbox", "/operator/outbox/"))
    page.locator("main li", has_text="The word for the thing").get_by_role("link").first.click()
    yield Place("outbox-mail", "outbox_mail", page)
    found = re.search(r"http\S+/stop/\S+", mail)
    assert found, mail
    yield from _opened(
        page,
        ("inbox", "inbox", "/operator/inbox/"),
        ("mail", "mail", "/operator/mail/"),
        ("mail-provider", "mail_provider", "/operator/mail/provider/"),
        ("sample-remove", "sample_remove", "/sample/remove/"),
        ("stop", "stop", found[0].rstrip(">.")),
    )
