"""The pages that an invitation opens: the guest with shaking hands, the second person at an address, the stranger with a link."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client

from hearth.accounts.actions import make_account
from hearth.accounts.models import Account
from hearth.core.tenancy import tenant
from hearth.members.actions import Guest, decline_invitation, invite, take_back
from hearth.members.enums import InvitationState, Role, Standing
from hearth.members.models import Invitation, Member
from hearth.members.tokens import invitation_token
from tests.accounts.door import code_in_mail, give_app, newest, who_is_in
from tests.guards.world import table_hash
from tests.people import NOW, Cast, build


@pytest.fixture(autouse=True)
def _on_that_day() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def ask(cast: Cast, name: str = "Jan Novák", email: str = "jan@else.example", **more: Any) -> str:
    """Invite somebody and return the path of the link."""
    roles = more.pop("roles", ())
    [row] = invite(
        by=cast.people["steward"],
        community=cast.community,
        guests=[Guest(name, email, more.pop("language", "en"), **more)],
        words="You make good soup.",
        roles=roles,
        now=NOW,
    )
    return path_of(row)


def path_of(row: Invitation) -> str:
    return f"/c/north/invitation/{invitation_token(row.pk)}/"


def signed_in(account: Account) -> Client:
    browser = Client()
    browser.force_login(account, backend="hearth.accounts.backends.AccountBackend")
    return browser


def member(name: str) -> Member:
    """Return the newest member of this name: one Jan is in the cast already."""
    found = Member.objects.filter(name=name).order_by("-pk").first()
    assert found is not None
    return found


def text_of(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(response.content.decode())).split())


def test_the_link_shows_ones_own_name_and_opens_nothing_by_itself(cast: Cast) -> None:
    path = ask(cast)
    before = table_hash(lambda table: table == "django_session")
    browser = Client()
    page = text_of(browser.get(path))
    browser.head(path)
    browser.get(f"{path}no/")

    for words in ("Jan Novák", "Steward invites you", "You make good soup.", "+353 20 910 0142"):
        assert words in page
    assert table_hash(lambda table: table == "django_session") == before
    assert who_is_in(browser) is None


def test_one_button_makes_an_account_and_a_member_and_signs_in(cast: Cast) -> None:
    path, browser = ask(cast, roles=[Role.GREETER]), Client()
    response = browser.post(path, {"name": "Jan N.", "language": "de", "takes_roles": "on"})

    assert response["Location"] == "/c/north/"
    jan = member("Jan N.")
    assert jan.account is not None
    assert (jan.roles, jan.languages, jan.standing) == ([Role.GREETER], ["de"], Standing.ACTIVE)
    assert (jan.account.email, jan.account.language) == ("jan@else.example", "de")
    assert jan.account.contact_points.get().verified_at == NOW
    assert who_is_in(browser) == jan.account.pk
    today = browser.get("/c/north/")
    assert 'lang="de"' in today.content.decode()
    row = Invitation.objects.get()
    assert (row.state, row.member, row.answered_at) == (InvitationState.ACCEPTED, jan, NOW)


def test_a_guest_may_say_no_to_the_roles_and_yes_to_the_rest(cast: Cast) -> None:
    path = ask(cast, roles=[Role.STEWARD])
    assert "takes_roles" in Client().get(path).content.decode()
    Client().post(path, {"name": "Jan"})

    assert (
        member("Jan").roles == []
        or Member.objects.filter(account__email="jan@else.example").get().roles == []
    )


def test_roles_cannot_be_taken_that_were_not_asked(cast: Cast) -> None:
    Client().post(ask(cast), {"name": "Eve", "takes_roles": "on", "roles": "steward", "is_steward": "on"})
    assert member("Eve").roles == []


def test_the_page_speaks_the_guests_language_unless_the_device_has_chosen(cast: Cast) -> None:
    path = ask(cast, language="fr")
    page = Client(headers={"accept-language": "de"}).get(path)
    assert ('lang="fr"' in page.content.decode(), page["Content-Language"]) == (True, "fr")
    browser = Client()
    browser.cookies["language"] = "de"
    assert '<html lang="de"' in browser.get(path).content.decode()


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "n" * 121])
def test_a_name_that_is_none_is_asked_for_again(cast: Cast, name: str) -> None:
    path = ask(cast)
    assert Client().post(path, {"name": name, "language": "de"}).status_code == 422
    assert Invitation.objects.get().state == InvitationState.OPEN


def test_a_link_is_used_once(cast: Cast) -> None:
    path, browser = ask(cast), Client()
    browser.post(path, {"name": "Jan"})
    count = Member.objects.count()
    assert "used already" in text_of(Client().get(path))
    stranger = Client()
    assert "used already" in text_of(stranger.post(path, {"name": "Thief"}))
    assert (who_is_in(stranger), Member.objects.count()) == (None, count)
    assert "Go in" in text_of(browser.get(path))


def test_no_thank_you_is_kind_remembered_and_final(cast: Cast) -> None:
    path = ask(cast)
    browser = Client()
    assert browser.post(f"{path}no/")["Location"] == f"{path}no/"
    for again in (browser.get(f"{path}no/"), browser.post(f"{path}no/"), browser.get(path)):
        assert again.status_code in {200, 302}
    assert "said no, thank you" in text_of(browser.get(path))
    assert "said no" in text_of(browser.post(path, {"name": "Jan"}))
    assert Invitation.objects.get().state == InvitationState.DECLINED


def test_after_60_days_and_when_taken_back_the_page_says_so(cast: Cast) -> None:
    path = ask(cast)
    with time_machine.travel(NOW + timedelta(days=61), tick=False):
        for answer in (Client().get(path), Client().post(path, {"name": "Jan"}), Client().post(f"{path}no/")):
            assert "too old" in text_of(answer)
    take_back(by=cast.people["steward"], invitation=Invitation.objects.get(), now=NOW)
    for answer in (Client().get(path), Client().post(path, {"name": "Jan"}), Client().get(f"{path}no/")):
        assert "taken back" in text_of(answer)
    assert not Member.objects.filter(account__email="jan@else.example").exists()


@pytest.mark.parametrize("ending", ["", "no/", "sign-in/"])
def test_a_link_that_we_did_not_make_or_made_elsewhere_is_not_there(cast: Cast, ending: str) -> None:
    path = ask(cast)
    token = path.split("/")[-2]
    south = build("south")
    changed = token[:-1] + ("a" if token[-1] != "a" else "b")
    prepared = Invitation.objects.create(
        community=cast.community, name="x", email="x@else.example", language="en", made_at=NOW
    )
    paths = [
        f"/c/south/invitation/{token}/",
        f"/c/north/invitation/{changed}/",
        "/c/north/invitation/%00/",
        path_of(prepared),
    ]
    assert south.community.pk != cast.community.pk
    for wrong in paths:
        browser = Client()
        assert (
            browser.get(wrong + ending) if ending != "sign-in/" else browser.post(wrong + ending)
        ).status_code == 404


# Who is there already


def test_a_link_alone_opens_no_account_that_is_there_already(cast: Cast) -> None:
    known = make_account(name="Jan of old", email="jan@else.example", now=NOW)
    path, thief = ask(cast), Client()
    page = thief.post(path, {"name": "Jan", "language": "en"})

    assert "Have you been here before?" in text_of(page)
    assert "Jan of old" not in text_of(page)
    assert who_is_in(thief) is None
    assert not Member.objects.filter(account=known).exists()


def test_who_has_an_account_shows_it_by_a_code_and_comes_in_with_it(cast: Cast) -> None:
    known = make_account(name="Jan of old", email="jan@else.example", now=NOW)
    path, browser = ask(cast), Client()
    assert browser.post(f"{path}sign-in/")["Location"] == "/c/north/sign-in/code/"
    code = code_in_mail(newest())
    assert browser.post("/c/north/sign-in/code/", {"code": code})["Location"] == path
    assert "Come in" in text_of(browser.get(path))
    assert browser.post(path, {"name": "Jan", "language": "en"})["Location"] == "/c/north/"

    assert member("Jan").roles == []
    assert Member.objects.get(account=known).standing == Standing.ACTIVE
    assert Account.objects.filter(email="jan@else.example").count() == 1


def test_a_second_person_at_the_address_gets_a_place_of_their_own(cast: Cast) -> None:
    known = make_account(name="Eva", email="jan@else.example", now=NOW)
    path, browser = ask(cast), Client()
    page = browser.post(path, {"name": "Jan", "language": "en"}).content.decode()
    hidden = dict(re.findall(r'type="hidden" name="(new|name|language)" value="([^"]*)"', page))
    assert hidden == {"new": "yes", "name": "Jan", "language": "en"}
    browser.post(path, hidden)

    jan = member("Jan")
    assert who_is_in(browser) == jan.account_id != known.pk


def test_who_is_invited_as_another_person_is_not_asked(cast: Cast) -> None:
    path, browser = ask(cast, "Piotr", "maria@north.example", is_sure=True), Client()
    browser.post(path, {"name": "Piotr", "language": "en"})

    piotr = member("Piotr")
    assert who_is_in(browser) == piotr.account_id != cast.accounts["maria"].pk


def test_when_a_member_at_the_address_opens_the_link_of_the_other_one_it_says_who_is_in(cast: Cast) -> None:
    path, browser = ask(cast, "Piotr", "maria@north.example", is_sure=True), signed_in(cast.accounts["maria"])
    page = text_of(browser.get(path))
    assert "Maria is signed in on this device" in page
    assert "Come in as Maria" not in page
    browser.post(path, {"name": "Piotr", "as_me": "yes"})
    assert who_is_in(browser) == member("Piotr").account_id


def test_another_account_in_this_browser_is_signed_out_when_the_guest_comes_in(cast: Cast) -> None:
    other = make_account(name="Olga", email="olga@else.example", now=NOW)
    path, browser = ask(cast), signed_in(other)
    assert "Olga is signed in on this device" in text_of(browser.get(path))
    browser.post(path, {"name": "Jan", "language": "en"})

    assert who_is_in(browser) == member("Jan").account_id
    assert not Member.objects.filter(account=other).exists()


def test_who_has_another_address_comes_in_with_the_account_that_is_signed_in(cast: Cast) -> None:
    other = make_account(name="Jan at home", email="jan@home.example", now=NOW)
    path, browser = ask(cast), signed_in(other)
    browser.post(path, {"name": "Jan", "as_me": "yes", "language": "en"})

    assert member("Jan").account == other
    assert not Account.objects.filter(email="jan@else.example").exists()


def test_who_became_a_member_meanwhile_is_told_so_and_stays_as_they_are(cast: Cast) -> None:
    path = ask(cast, roles=[Role.STEWARD])
    cast.add("new")
    Account.objects.filter(pk=cast.accounts["new"].pk).update(email="jan@else.example")
    browser = signed_in(cast.accounts["new"])
    assert "You are a member here already" in text_of(browser.get(path))
    browser.post(path, {"name": "Jan", "takes_roles": "on", "language": "en"})

    new = Member.objects.get(pk=cast.people["new"].pk)
    assert (new.name, new.roles) == ("New", [])


def test_who_left_comes_back_without_the_roles_of_then(cast: Cast) -> None:
    with tenant(cast.community):
        Member.objects.filter(pk=cast.people["gone"].pk).update(is_moderator=True)
    path = ask(cast, "Gone", "gone@north.example", roles=[Role.GREETER])
    browser = signed_in(cast.accounts["gone"])
    browser.post(path, {"name": "Gone", "takes_roles": "on", "language": "en"})

    gone = Member.objects.get(pk=cast.people["gone"].pk)
    assert (gone.standing, gone.roles) == (Standing.ACTIVE, [Role.GREETER])


def test_a_second_step_is_asked_of_who_has_one(cast: Cast) -> None:
    known = make_account(name="Jan", email="jan@else.example", now=NOW)
    give_app(known)
    path, browser = ask(cast), Client()
    browser.post(f"{path}sign-in/")
    answer = browser.post("/c/north/sign-in/code/", {"code": code_in_mail(newest())})

    assert "second-step" in answer["Location"]
    assert who_is_in(browser) is None


def test_nothing_is_taken_from_a_form_of_another_site(cast: Cast) -> None:
    path = ask(cast)
    browser = Client(enforce_csrf_checks=True)
    for ending in ("", "no/", "sign-in/"):
        assert browser.post(path + ending, {"name": "Jan"}).status_code == 403
    assert Invitation.objects.get().state == InvitationState.OPEN


def test_a_no_from_another_answer_at_the_same_moment_is_told(cast: Cast) -> None:
    path = ask(cast)
    row = Invitation.objects.get()
    decline_invitation(invitation=row, now=NOW)
    decline_invitation(invitation=Invitation.objects.get(), now=NOW)
    assert "said no" in text_of(Client().get(path))
