"""Write invitations, see the exact mail, send it; what a steward is told and what not."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from hearth.accounts.actions import make_account
from hearth.channels.compose import message_for
from hearth.channels.models import Delivery, Mail
from hearth.core.clock import now as clock_now
from hearth.core.errors import Conflict, Invalid, NotAllowed, TooMany
from hearth.core.tenancy import across_communities, tenant
from hearth.happenings.actions import sweep
from hearth.members.actions import (
    Guest,
    accept_invitation,
    decline_invitation,
    forget_invitations,
    invite,
    prepare_invitations,
    send_again,
    send_invitations,
    take_back,
)
from hearth.members.enums import InvitationState, Role
from hearth.members.models import Invitation
from hearth.members.queries import invitation_mail, prepared_by
from tests.people import NOW, Cast, build

JAN = Guest("Jan Novák", "Jan@Else.example ", "de")
DAY = timedelta(days=1)


def prepare(cast: Cast, *guests: Guest, by: str = "steward", **more: Any) -> list[Invitation]:
    said = {"words": "", "now": NOW, **more}
    return prepare_invitations(by=cast.people[by], community=cast.community, guests=guests or (JAN,), **said)


def send(cast: Cast, *guests: Guest, now: Any = NOW, **more: Any) -> list[Invitation]:
    said = {"words": "", **more}
    return invite(
        by=cast.people["steward"], community=cast.community, guests=guests or (JAN,), now=now, **said
    )


def mails() -> list[Delivery]:
    """Let follow what follows, and return the mails of invitations."""
    sweep(now=NOW + timedelta(days=400))
    with across_communities():
        found = Delivery.objects.filter(mail__origin__startswith="invitation:").select_related("mail")
        return list(found.order_by("pk"))


def test_what_is_prepared_goes_to_nobody(cast: Cast) -> None:
    [row] = prepare(cast)

    assert (row.state, row.email, row.name) == (InvitationState.PREPARED, "jan@else.example", "Jan Novák")
    assert mails() == []


def test_the_mail_that_arrives_is_the_one_that_was_seen(cast: Cast) -> None:
    [row] = prepare(cast, roles=[Role.GREETER])
    seen = invitation_mail(row)
    send_invitations(by=cast.people["steward"], invitations=[row], now=NOW)
    [delivery] = mails()
    mail, secret = delivery.mail, re.compile(r"(/invitation/)\w+(/)")

    assert delivery.address == "jan@else.example"
    assert mail.subject == seen[0]
    for arrived, looked_at in ((mail.text, seen[1]), (mail.html, seen[2])):
        assert arrived != looked_at  # the secret end of the link is for the guest alone
        assert secret.sub(r"\1\2", arrived) == secret.sub(r"\1\2", looked_at)


def test_the_secret_of_the_link_stands_in_nothing_that_the_inviter_sees(cast: Cast) -> None:
    [row] = prepare(cast)
    before = invitation_mail(row)
    send_invitations(by=cast.people["steward"], invitations=[row], now=NOW)
    link = re.search(r"/invitation/(\w+)/", invitation_mail(row)[1])
    assert link is not None

    assert link[1] not in "".join(before)
    browser = Client()
    browser.force_login(cast.accounts["steward"], backend="hearth.accounts.backends.AccountBackend")
    assert link[1] not in browser.get("/c/north/people/invitations/").content.decode()


def test_the_mail_says_who_why_how_to_know_it_is_genuine_and_how_to_say_no(cast: Cast) -> None:
    send(
        cast, Guest("Jan", "jan@else.example", "en"), words="You make good soup.\n\nCome.", roles=[Role.HOST]
    )
    [delivery] = mails()
    message = message_for(delivery)
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert html is not None
    for text in (plain.get_content(), unescape(html.get_content())):
        for words in (
            "Jan,",
            "You make good soup.",
            "Steward",
            "The North Society",
            "Host",
            "+353 20 910 0142",
            "north purpose",
            "north-open-canary",
            "No, thank you",
        ):
            assert words.lower() in text.lower(), words
        assert len(set(re.findall(r"http[^\s\"<]+/invitation/\w+/", text))) == 1
    assert "<img" not in html.get_content()
    assert str(message["Subject"]) == "Steward invites you"
    assert "Steward via The North Society" in str(message["From"])


def test_nothing_of_closed_spaces_and_nothing_that_visitors_may_not_read_leaves_with_the_mail(
    db: None,
) -> None:
    cast = build("north", open_to_visitors=False)
    with tenant(cast.community):
        assert prepare(cast)[0].reading == {}
        cast.talk("letter", "open", "steward")
        assert "About letter" in prepare(cast)[0].reading["title"]


def test_the_ready_words_come_in_the_guests_language_and_own_words_as_they_are(cast: Cast) -> None:
    [german] = prepare(cast, words="")
    [own] = prepare(cast, words="Komm doch", words_language="de")

    assert 'lang="de" dir="auto">' in invitation_mail(german)[2]
    assert 'lang="de" dir="auto"><p>Komm doch</p>' in invitation_mail(own)[2]


def test_markup_in_names_and_words_stays_text(cast: Cast) -> None:
    [row] = prepare(cast, Guest("<b>Jan</b>", "jan@else.example"), words="<script>alert(1)</script>")
    _subject, text, html = invitation_mail(row)

    assert "<script>" not in html
    assert "<b>Jan</b>" not in html
    assert "<script>alert(1)</script>" in text


@pytest.mark.parametrize("by", ["maria", "jan", "mod", "gone"])
def test_only_stewards_invite(cast: Cast, by: str) -> None:
    with pytest.raises(NotAllowed):
        prepare(cast, by=by)
    assert not Invitation.objects.exists()


def test_nobody_sends_what_another_has_prepared(cast: Cast) -> None:
    cast.add("second", Role.STEWARD)
    rows = prepare(cast)
    with pytest.raises(NotAllowed):
        send_invitations(by=cast.people["second"], invitations=rows, now=NOW)
    assert mails() == []


@pytest.mark.parametrize(
    "guest",
    [
        Guest("", "jan@else.example"),
        Guest("\u200b", "jan@else.example"),
        Guest("n" * 121, "jan@else.example"),
        Guest("Jan", ""),
        Guest("Jan", "jan@"),
        Guest("Jan", "jan@else.example\nBcc: all@else.example"),
    ],
)
def test_a_guest_without_name_or_address_is_refused(cast: Cast, guest: Guest) -> None:
    with pytest.raises(Invalid):
        prepare(cast, guest)


def test_no_guest_too_many_and_one_address_twice_are_refused(cast: Cast) -> None:
    many = [Guest(f"Person {place}", f"p{place}@else.example") for place in range(11)]
    for guests in ([], many, [JAN, Guest("Eva", "jan@else.example")]):
        with pytest.raises(Invalid):
            prepare_invitations(
                by=cast.people["steward"], community=cast.community, guests=guests, words="", now=NOW
            )
    assert len(prepare(cast, *many[:10])) == 10


def test_preparing_anew_takes_the_place_of_what_was_prepared(cast: Cast) -> None:
    prepare(cast)
    prepare(cast, Guest("Eva", "eva@else.example"))

    assert [row.name for row in prepared_by(cast.people["steward"])] == ["Eva"]


def test_sending_twice_sends_once(cast: Cast) -> None:
    rows = prepare(cast)
    steward = cast.people["steward"]
    assert len(send_invitations(by=steward, invitations=rows, now=NOW)) == 1
    again = list(Invitation.objects.all())
    assert send_invitations(by=steward, invitations=again, now=NOW) == []
    assert len(mails()) == 1


def test_an_address_has_one_open_invitation_in_a_community_and_may_have_one_in_another(cast: Cast) -> None:
    [first] = send(cast)
    with pytest.raises(Conflict, match="Jan Novák"):
        prepare(cast, Guest("Eva", "JAN@else.example"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(
            community=cast.community,
            name="x",
            email=first.email,
            language="en",
            made_at=NOW,
            sent_at=NOW,
            state=InvitationState.OPEN,
        )
    south = build("south")
    with tenant(south.community):
        assert len(send(south)) == 1


def test_two_stewards_at_one_moment_do_not_invite_the_same_address_twice(cast: Cast) -> None:
    cast.add("second", Role.STEWARD)
    mine, theirs = prepare(cast), prepare(cast, by="second")
    send_invitations(by=cast.people["steward"], invitations=mine, now=NOW)
    with pytest.raises(Conflict):
        send_invitations(by=cast.people["second"], invitations=theirs, now=NOW)
    assert len(mails()) == 1


def test_an_invitation_that_nobody_answered_in_60_days_makes_room_for_a_new_one(cast: Cast) -> None:
    [old] = send(cast)
    [new] = send(cast, now=NOW + 61 * DAY)

    old.refresh_from_db()
    assert (old.state, new.state) == (InvitationState.TAKEN_BACK, InvitationState.OPEN)


def test_the_address_of_a_member_here_asks_whether_it_is_another_person(cast: Cast) -> None:
    with pytest.raises(Invalid, match=r"Maria signs in .* Is Piotr another person"):
        prepare(cast, Guest("Piotr", "maria@north.example"))
    [row] = prepare(cast, Guest("Piotr", "maria@north.example", is_sure=True))
    assert row.is_another_person


def test_nothing_is_told_of_people_of_other_communities(cast: Cast) -> None:
    make_account(name="Secret", email="secret@else.example", now=NOW)
    build("south")
    for known in ("secret@else.example", "maria@south.example", "gone@north.example"):
        [row] = prepare(cast, Guest("Somebody", known))
        [unknown] = prepare(cast, Guest("Somebody", "nobody@else.example"))
        assert row.is_another_person is unknown.is_another_person is False


def test_who_said_no_is_not_invited_again_by_mistake(cast: Cast) -> None:
    [row] = send(cast)
    decline_invitation(invitation=row, now=NOW)
    with pytest.raises(Invalid, match="said no"):
        prepare(cast)
    assert len(send(cast, Guest("Jan", "jan@else.example", is_sure=True))) == 1


def test_sending_again_waits_three_days_and_keeps_the_link(cast: Cast) -> None:
    [row] = send(cast)
    steward = cast.people["steward"]
    with pytest.raises(NotAllowed, match="3 days"):
        send_again(by=steward, invitation=row, now=NOW + 2 * DAY)
    assert len(mails()) == 1
    send_again(by=steward, invitation=row, now=NOW + 3 * DAY)
    stale = Invitation.objects.get(pk=row.pk)
    stale.sent_at = NOW
    send_again(by=steward, invitation=stale, now=NOW + 3 * DAY)  # the second of two taps

    first, second = mails()
    links = {re.findall(r"\S+/invitation/\w+/", mail.mail.text)[0] for mail in (first, second)}
    assert len(links) == 1


def test_what_is_taken_back_is_not_sent_again_and_its_mail_does_not_go_out(cast: Cast) -> None:
    [row] = send(cast)
    steward = cast.people["steward"]
    take_back(by=steward, invitation=row, now=NOW)
    row.refresh_from_db()

    assert row.state == InvitationState.TAKEN_BACK
    assert mails() == []
    for change in (send_again, take_back):
        with pytest.raises(NotAllowed):
            change(by=steward, invitation=row, now=NOW + 5 * DAY)
    assert len(send(cast)) == 1


def test_nobodys_mailbox_is_filled(cast: Cast) -> None:
    steward = cast.people["steward"]
    for _time in range(3):
        [row] = send(cast)
        take_back(by=steward, invitation=row, now=NOW)
    with pytest.raises(TooMany):
        send(cast)


def test_what_came_to_nothing_is_forgotten_and_a_no_is_kept(cast: Cast) -> None:
    prepare(cast)
    [no, silent] = send(cast, Guest("No", "no@else.example"), Guest("Silent", "silent@else.example"))
    decline_invitation(invitation=no, now=NOW)
    prepare(cast)
    with across_communities():
        assert forget_invitations(now=NOW + 20 * DAY) == 0
        assert forget_invitations(now=NOW + 31 * DAY) == 1
        assert forget_invitations(now=NOW + 366 * DAY) == 1
    assert [row.name for row in Invitation.objects.all()] == ["No"]
    assert silent.pk != no.pk


def test_an_answer_at_the_same_moment_as_a_second_one_is_one_answer(cast: Cast) -> None:
    [row] = send(cast)
    same = Invitation.objects.get(pk=row.pk)
    member = accept_invitation(invitation=row, account=None, name="Jan", language="de", now=NOW)
    with pytest.raises(Conflict):
        accept_invitation(invitation=same, account=None, name="Jan", language="de", now=NOW)
    with pytest.raises(Conflict):
        decline_invitation(invitation=same, now=NOW)
    assert Invitation.objects.get(pk=row.pk).member == member


# The pages


@pytest.fixture
def steward(cast: Cast) -> Client:
    return staff(cast)


def staff(cast: Cast) -> Client:
    browser = Client()
    browser.force_login(cast.accounts["steward"], backend="hearth.accounts.backends.AccountBackend")
    session = browser.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": 0}]
    session["account_authentication_methods_user"] = str(cast.accounts["steward"].pk)
    session.save()
    return browser


FORM = {"name_0": "Jan", "email_0": "jan@else.example", "language_0": "de", "rows": "1", "words": "Come."}


def test_a_steward_writes_looks_changes_and_sends(cast: Cast, steward: Client) -> None:
    assert steward.post("/c/north/people/invite/", FORM)["Location"] == "/c/north/people/invite/check/"
    page = steward.get("/c/north/people/invite/check/").content.decode()
    assert "jan@else.example" in page
    assert "1 person gets this e-mail" in page
    assert 'value="Jan"' in steward.get("/c/north/people/invite/").content.decode()
    assert mails() == []
    assert steward.post("/c/north/people/invite/send/")["Location"] == "/c/north/people/invitations/"
    assert steward.post("/c/north/people/invite/send/")["Location"] == "/c/north/people/invitations/"
    assert [delivery.mail.language for delivery in mails()] == ["de"]
    assert "Jan" in steward.get("/c/north/people/invitations/").content.decode()
    assert steward.get("/c/north/people/invite/check/")["Location"] == "/c/north/people/invite/"


def test_what_another_page_prepared_meanwhile_does_not_go_out_unseen(cast: Cast, steward: Client) -> None:
    def seen(page: str) -> list[str]:
        return re.findall(r'name="seen" value="(\w+)"', page)

    steward.post("/c/north/people/invite/", FORM)
    first = seen(steward.get("/c/north/people/invite/check/").content.decode())
    steward.post("/c/north/people/invite/", FORM | {"name_0": "Eva", "email_0": "eva@else.example"})
    answer = steward.post("/c/north/people/invite/send/", {"seen": first})

    assert answer["Location"] == "/c/north/people/invite/check/"
    assert mails() == []
    shown = steward.get(answer["Location"]).content.decode()
    assert "eva@else.example" in shown
    steward.post("/c/north/people/invite/send/", {"seen": seen(shown)})
    assert len(mails()) == 1


def test_people_one_a_line_are_understood_as_they_are_pasted(cast: Cast, steward: Client) -> None:
    lines = 'Jan Novák <jan@else.example>\n\n"Berg, Eva" <eva@else.example>,\nolga@else.example Olga\nPiotr; piotr@else.example'
    form = {"several": lines, "rows": "1", "name_0": "Ann <ann@else.example>", "words": ""}
    assert steward.post("/c/north/people/invite/", form).status_code == 302
    found = [(row.name, row.email) for row in prepared_by(cast.people["steward"])]

    assert found == [
        ("Ann", "ann@else.example"),
        ("Jan Novák", "jan@else.example"),
        ("Berg, Eva", "eva@else.example"),
        ("Olga", "olga@else.example"),
        ("Piotr", "piotr@else.example"),
    ]


def test_lines_that_are_not_understood_stay_and_so_do_more_than_ten(cast: Cast, steward: Client) -> None:
    lines = "\n".join(f"Person {place} <p{place}@else.example>" for place in range(12))
    for several, words in ((f"only a name\n{lines[:26]}", "not understood"), (lines, "At most 10")):
        page = steward.post("/c/north/people/invite/", {"several": several, "rows": "1"})
        assert page.status_code == 422
        assert words in page.content.decode()
        assert "p0@else.example" in page.content.decode()
    assert "Person 11" in page.content.decode()


def test_one_row_more_keeps_what_was_typed_and_complains_of_nothing(steward: Client) -> None:
    form = {
        "name_0": "Jan",
        "email_0": "",
        "rows": "1",
        "more": "yes",
        "words": "Own words",
        "roles": ["host"],
    }
    page = steward.post("/c/north/people/invite/", form)
    text = page.content.decode()

    assert (page.status_code, 'name="name_1"' in text, 'value="Jan"' in text) == (200, True, True)
    assert "Own words" in text
    assert re.search(r'value="host"\s+checked', text)
    assert "Error" not in text


def test_the_question_about_a_member_at_the_address_is_answered_with_one_box(
    cast: Cast, steward: Client
) -> None:
    form = {"name_0": "Piotr", "email_0": "maria@north.example", "rows": "1", "words": ""}
    page = steward.post("/c/north/people/invite/", form)
    assert page.status_code == 422
    assert "Is Piotr another person?" in unescape(page.content.decode())
    assert 'name="sure_0"' in page.content.decode()
    assert steward.post("/c/north/people/invite/", {**form, "sure_0": "on"}).status_code == 302
    assert prepared_by(cast.people["steward"])[0].is_another_person
    assert re.search(r'name="sure_0"[^>]*checked', steward.get("/c/north/people/invite/").content.decode())


@pytest.mark.parametrize("rows", ["0", "-3", "999", "x", "٣", "9" * 50, ""])
def test_whatever_is_sent_as_the_number_of_rows_is_a_page(steward: Client, rows: str) -> None:
    for more in ({}, {"more": "yes"}):
        assert steward.post("/c/north/people/invite/", {"rows": rows, **more}).status_code in {200, 422}


def test_the_pages_of_a_steward_are_not_there_for_others(cast: Cast) -> None:
    for who in ("maria", "mod", None):
        browser = Client()
        if who:
            browser.force_login(cast.accounts[who], backend="hearth.accounts.backends.AccountBackend")
        for path in ("invite/", "invite/check/", "invitations/"):
            assert browser.get(f"/c/north/people/{path}").status_code == (404 if who else 302)


def test_the_page_shows_the_mail_with_the_words_that_arrive(cast: Cast, steward: Client) -> None:
    steward.post("/c/north/people/invite/", FORM)
    page = bare(steward.get("/c/north/people/invite/check/").content.decode())
    [row] = prepared_by(cast.people["steward"])
    inside = re.search(r"<main[^>]*>(.*)</main>", invitation_mail(row)[2], re.DOTALL)
    assert inside is not None

    assert bare(inside[1]) in page


def bare(html: str) -> str:
    """Leave out looks, where links lead, the level of the heading, and spaces."""
    html = re.sub(r'\s(class|style|href)="[^"]*"', "", html)
    return " ".join(re.sub(r"<(/?)h[13]>", r"<\1h>", html).split())


def test_every_part_of_the_mail_has_its_look_on_the_page() -> None:
    from hearth.members.mails import ON_PAGE
    from hearth.ui import bundles

    css = bundles.stylesheet().decode()
    assert [look for look in ON_PAGE.values() if re.findall(r'"([\w-]+)"', look)[0] not in css] == []


def test_mails_are_kept_apart_by_what_they_are(cast: Cast) -> None:
    send(cast, now=clock_now())
    [delivery] = mails()
    assert Mail.objects.get(pk=delivery.mail_id).community == cast.community
