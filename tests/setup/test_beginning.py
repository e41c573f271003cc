"""A community begins with three answers, each kept at once; the place is made once, and its founder is let in."""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from hearth.accounts.actions import make_account
from hearth.accounts.models import Account
from hearth.communities.models import Community, Network
from hearth.core.errors import Invalid, NotAllowed
from hearth.core.tenancy import tenant
from hearth.members.models import Member
from hearth.setup import actions, languages, policy
from hearth.setup.models import Beginning
from tests.people import NOW, build, operator

pytestmark = pytest.mark.django_db


def begun(**answers: object) -> Beginning:
    beginning = actions.begin(by=None, key=policy.begin_key(), now=NOW)
    actions.say_name(beginning=beginning, name=str(answers.get("name", "MS-Gesellschaft Tirol")))
    actions.say_who(beginning=beginning, name="Ása Þórsdóttir", email="asa@example.org")
    actions.say_languages(beginning=beginning, chosen=["de", "it"], country="AT")
    return beginning


def test_three_answers_make_the_place_and_its_steward() -> None:
    community, founder = actions.found(beginning=begun(), by=None, now=NOW)

    assert (community.slug, community.languages, community.time_zone) == (
        "ms-gesellschaft-tirol",
        ["de", "it"],
        "Europe/Vienna",
    )
    assert Network.objects.get().name == "MS-Gesellschaft Tirol"
    assert founder.is_operator
    with tenant(community):
        steward = Member.objects.get()
    assert (steward.name, steward.account_id, [role.value for role in steward.roles]) == (
        "Ása Þórsdóttir",
        founder.pk,
        ["steward", "greeter"],
    )


def test_a_second_send_of_the_last_answer_finds_the_same_place() -> None:
    beginning = begun()
    first = actions.found(beginning=beginning, by=None, now=NOW)

    assert actions.found(beginning=beginning, by=None, now=NOW) == first
    assert (Community.objects.count(), Account.objects.count()) == (1, 1)


def test_who_comes_later_does_not_run_the_server() -> None:
    operator()
    later = make_account(name="Jan", email="jan@else.example", now=NOW)

    _community, founder = actions.found(beginning=begun(), by=later, now=NOW)

    assert founder == later
    assert not Account.objects.get(pk=later.pk).is_operator


def test_a_beginning_that_was_opened_before_founds_no_second_community_later() -> None:
    first, second = begun(), begun(name="Another")
    actions.found(beginning=first, by=None, now=NOW)

    with pytest.raises(NotAllowed):
        actions.found(beginning=second, by=None, now=NOW)
    assert Community.objects.count() == 1


@pytest.mark.parametrize(
    ("site", "door", "runs"),
    [
        ("http://127.0.0.1:8000", True, True),
        ("https://demo.example", True, False),
        ("https://demo.example", False, True),
    ],
)
def test_beside_the_sample_the_founder_runs_the_server_unless_strangers_may_begin(
    settings: Any, site: str, door: bool, runs: bool
) -> None:
    settings.SITE_URL, settings.SAMPLE_DOOR = site, door
    make_account(name="Invented", email="in@vented.example", is_operator=True, is_sample=True, now=NOW)
    _community, founder = actions.found(beginning=begun(), by=None, now=NOW)

    assert founder.is_operator is runs


def test_a_place_is_not_made_of_half_the_answers() -> None:
    beginning = actions.begin(by=None, key=policy.begin_key(), now=NOW)
    actions.say_name(beginning=beginning, name="Half")

    with pytest.raises(Invalid):
        actions.found(beginning=beginning, by=None, now=NOW)
    assert not Community.objects.exists()


@pytest.mark.parametrize(
    ("names", "slugs"),
    [
        (["Hopp & Hopp", "Hopp hopp!", "hopp HOPP"], ["hopp-hopp", "hopp-hopp-2", "hopp-hopp-3"]),
        (["Εταιρεία", "Общество"], ["community", "community-2"]),
        (["Łódź Ærø " * 20], ["lodz-aero-lodz-aero-lodz-aero-lodz"]),
    ],
)
def test_every_name_gets_an_address_of_its_own(names: list[str], slugs: list[str]) -> None:
    found, by = [], operator()
    for name in names:
        beginning = Beginning.objects.create(began_at=NOW, name=name[:120], steward="A", languages=["en"])
        found.append(actions.found(beginning=beginning, by=by, now=NOW)[0].slug)

    assert found == slugs


@pytest.mark.parametrize("name", ["", "   ", "\u200b\u200e", "x" * 121])
def test_a_name_that_cannot_be_kept_is_refused_and_the_old_one_stays(name: str) -> None:
    beginning = begun()

    with pytest.raises(Invalid):
        actions.say_name(beginning=beginning, name=name)
    assert Beginning.objects.get(pk=beginning.pk).name == "MS-Gesellschaft Tirol"


@pytest.mark.parametrize("chosen", [[], ["xx"], ["<script>"]])
def test_unknown_languages_are_refused(chosen: list[str]) -> None:
    with pytest.raises(Invalid):
        actions.say_languages(beginning=begun(), chosen=chosen, country="AT")


class TestWhoMayBegin:
    def test_in_an_empty_network_whoever_holds_the_key(self) -> None:
        assert policy.can_begin(None, key=policy.begin_key()).allowed
        assert not policy.can_begin(None, key="").allowed
        assert not policy.can_begin(None, key=policy.begin_key()[:-1]).allowed
        with pytest.raises(NotAllowed):
            actions.begin(by=None, key="guess", now=NOW)

    def test_the_key_is_worth_nothing_once_somebody_lives_there(self) -> None:
        cast = build("north")

        assert not policy.can_begin(None, key=policy.begin_key()).allowed
        assert not policy.can_begin(cast.accounts["steward"], key=policy.begin_key()).allowed
        assert policy.can_begin(operator()).allowed

    def test_where_the_sample_door_stands_open_everybody(self, settings: object) -> None:
        build("north")
        settings.SAMPLE_DOOR = True  # type: ignore[attr-defined]

        assert policy.can_begin(None).allowed


class TestGuesses:
    @pytest.mark.parametrize(
        ("accepted", "found"),
        [
            ("de-AT,de;q=0.9,en;q=0.8", ["de", "en"]),
            ("ga;q=0.5,pl", ["pl", "ga"]),
            ("ja,ko", []),
            ("", []),
            ("!!,;;q=9", []),
        ],
    )
    def test_the_browser_tells_the_languages(self, accepted: str, found: list[str]) -> None:
        assert languages.guessed_languages(accepted) == found

    @pytest.mark.parametrize(
        ("accepted", "language", "country"),
        [
            ("de-AT,de", "de", "AT"),
            ("de", "de", "DE"),
            ("", "pl", "PL"),
            ("xx-YY", "sv", "SE"),
            ("", "", ""),
            ("en", "en", ""),
            ("en-GB", "en", "GB"),
        ],
    )
    def test_the_country_follows(self, accepted: str, language: str, country: str) -> None:
        assert languages.guessed_country(accepted, language) == country

    def test_a_country_has_the_time_zone_of_most_of_its_people(self) -> None:
        found = {country: languages.time_zone_of(country) for country in ("ES", "PT", "US", "DE")}
        assert found == {
            "ES": "Europe/Madrid",
            "PT": "Europe/Lisbon",
            "US": "America/New_York",
            "DE": "Europe/Berlin",
        }
        assert languages.time_zone_of("PL") == "Europe/Warsaw"
        assert languages.time_zone_of("") == "Europe/Brussels"

    def test_every_language_is_shown_by_its_own_name(self) -> None:
        with translation.override("fr"):
            names = dict(languages.known_languages())
        assert (names["de"], names["el"], names["ar"]) == ("Deutsch", "Ελληνικά", "العربيّة")


class TestPages:
    """The way through the pages, as a browser takes it."""

    def walk(self, client: Client) -> str:
        client.post("/begin/", {"key": policy.begin_key()})
        client.post("/begin/name/", {"name": "Nordlichter"})
        client.post("/begin/you/", {"name": "Ása", "email": "Asa@Example.org"})
        response = client.post(
            "/begin/languages/", {"languages": ["de", "pl"]}, headers={"Accept-Language": "pl"}
        )
        assert response.status_code == 302, response.content.decode()
        return str(response["Location"])

    def test_leads_into_the_place_signed_in(self, client: Client) -> None:
        target = self.walk(client)

        community = Community.objects.get()
        assert target.endswith("/c/nordlichter/begin/purpose/")
        assert community.languages == ["pl", "de"]
        assert Account.objects.get().email == "asa@example.org"
        assert client.get("/c/nordlichter/begin/purpose/").status_code == 200

    def test_can_be_left_and_taken_up_again(self, client: Client) -> None:
        client.post("/begin/", {"key": policy.begin_key()})
        client.post("/begin/name/", {"name": "Nordlichter"})

        page = client.get("/begin/").content.decode()
        assert "Go on where you stopped" in page
        assert 'href="/begin/you/"' in page

    def test_keeps_what_was_typed_when_something_is_missing(self, client: Client) -> None:
        client.post("/begin/", {"key": policy.begin_key()})
        client.post("/begin/name/", {"name": "Nordlichter"})

        response = client.post("/begin/you/", {"name": "Ása <b>", "email": "no address"})

        assert response.status_code == 422
        page = response.content.decode()
        assert "Ása &lt;b&gt;" in page
        assert 'value="no address"' in page
        assert "Enter the whole e-mail address" in page

    def test_is_nobody_elses(self, client: Client) -> None:
        client.post("/begin/", {"key": policy.begin_key()})

        assert Client().get("/begin/name/").status_code == 404
        assert client.get("/begin/name/").status_code == 200

    def test_without_the_key_says_where_it_stands(self, client: Client) -> None:
        page = client.get("/begin/")
        assert page.status_code == 200
        assert "Open the link that stands in the window" in page.content.decode()
        assert client.post("/begin/").status_code == 403
        assert not Beginning.objects.exists()

    def test_a_sample_person_begins_as_oneself(self, client: Client, settings: object) -> None:
        settings.SAMPLE_DOOR = True  # type: ignore[attr-defined]
        invented = make_account(name="Invented", email="i@sample.example", is_sample=True, now=NOW)
        client.force_login(invented, backend="hearth.accounts.backends.AccountBackend")

        self.walk(client)

        assert Beginning.objects.get().founder != invented
        assert client.session["_auth_user_id"] == str(Beginning.objects.get().founder_id)
