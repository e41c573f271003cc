"""What a community begins with: each step can wait, be done, be done again; only stewards do it."""

from collections.abc import Iterator

import pytest
from django.test import Client

from hearth.communities.actions import found_community
from hearth.communities.models import Community
from hearth.conversations.models import Post, Topic
from hearth.core.errors import Invalid, NotAllowed
from hearth.core.tenancy import tenant
from hearth.members.actions import Profile, welcome
from hearth.members.enums import Role
from hearth.members.models import Member
from hearth.setup import actions, queries
from hearth.setup.enums import Step
from hearth.setup.letter import ease_of, proposed_letter
from hearth.spaces.models import Space
from tests.people import NOW, Cast, browser_of, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def young() -> Iterator[tuple[Community, Member]]:
    """A community that has nothing yet but its steward."""
    community = found_community(slug="young", name="Die Jungen", country="AT", languages=["de"], now=NOW)
    with tenant(community):
        steward = welcome(
            community=community,
            account=None,
            profile=Profile(name="Ása"),
            roles=(Role.STEWARD,),
            joined_at=NOW,
            now=NOW,
        )
        yield community, steward


def test_the_steps_go_by_what_is_there(young: tuple[Community, Member]) -> None:
    community, steward = young
    assert {task.step: task.done for task in queries.tasks(community)} == dict.fromkeys(
        (Step.PURPOSE, Step.INVITE, Step.SPACE, Step.LETTER, Step.EMAIL, Step.PLACE, Step.FACE), False
    )

    space = Space.objects.create(community=community, slug="hello", name="Hello")
    actions.send_letter(by=steward, space=space, title="Welcome", text="Good to have you here.", now=NOW)

    done = {task.step for task in queries.tasks(community) if task.done}
    assert done == {Step.SPACE, Step.LETTER}


def test_a_step_that_was_put_off_is_not_proposed_but_stays(young: tuple[Community, Member]) -> None:
    community, steward = young
    first = queries.next_task(community)
    assert first is not None
    assert first.step == Step.PURPOSE

    for _twice in range(2):
        actions.put_off(by=steward, community=community, step=Step.PURPOSE, now=NOW)

    second = queries.next_task(community)
    assert second is not None
    assert second.step == Step.INVITE
    assert [task.step for task in queries.tasks(community) if task.put_off] == [Step.PURPOSE]


def test_only_stewards_do_it() -> None:
    cast = build("north")
    with tenant(cast.community):
        maria, space = cast.people["maria"], cast.spaces["open"]
        for attempt in (
            lambda: actions.put_off(by=maria, community=cast.community, step=Step.FACE, now=NOW),
            lambda: actions.send_letter(by=maria, space=space, title="", text="Hello", now=NOW),
            lambda: actions.settle(by=maria, community=cast.community, place=place(), now=NOW),
        ):
            with pytest.raises(NotAllowed):
                attempt()


def place(**change: object) -> actions.Place:
    said: dict[str, object] = {"country": "at", "time_zone": "Europe/Vienna", "languages": ("de", "sl")}
    return actions.Place(**(said | change))  # type: ignore[arg-type]


def test_where_we_are_is_kept(young: tuple[Community, Member]) -> None:
    community, steward = young

    actions.settle(
        by=steward,
        community=community,
        place=place(
            open_to_visitors=True,
            help_phone=" +43 512  1234 ",
            help_hours="Mo\u0000–Do",
            help_email=" hilfe@example.org ",
        ),
        now=NOW,
    )

    kept = Community.objects.get(pk=community.pk)
    assert kept.open_to_visitors
    assert (kept.country, kept.languages, kept.help_phone, kept.help_hours, kept.help_email) == (
        "AT",
        ["de", "sl"],
        "+43 512 1234",
        "Mo–Do",
        "hilfe@example.org",
    )


@pytest.mark.parametrize(
    "change",
    [
        {"country": "Austria"},
        {"time_zone": "Moon/Sea"},
        {"languages": ()},
        {"languages": ("tlh",)},
        {"help_phone": "1" * 41},
        {"help_email": "not an address"},
    ],
)
def test_what_is_not_known_is_refused_and_nothing_changes(
    young: tuple[Community, Member], change: dict[str, object]
) -> None:
    community, steward = young

    with pytest.raises(Invalid):
        actions.settle(by=steward, community=community, place=place(**change), now=NOW)
    assert Community.objects.get(pk=community.pk).help_email == ""


class TestLetter:
    def test_is_proposed_in_the_communitys_language_by_a_named_person(
        self, young: tuple[Community, Member]
    ) -> None:
        community, steward = young
        _title, text = proposed_letter(steward=steward, community=community, purpose="100 % gemeinsam.")

        assert "Die Jungen" in text
        assert "100 % gemeinsam." in text
        assert text.endswith("Ása")

    def test_as_proposed_reads_easily(self, young: tuple[Community, Member]) -> None:
        community, steward = young
        _title, text = proposed_letter(steward=steward, community=community, purpose="")
        assert ease_of(text).is_easy

    def test_ease_tells_the_sentence_that_is_too_long(self) -> None:
        long = "This is a sentence that goes on " + "and on " * 10 + "and never ends."

        found = ease_of(f"Short one. {long} Another short one.\nA line of a list")

        assert found.long_sentences == (long,)
        assert not found.is_easy
        assert ease_of("").words == 0

    def test_names_count_as_words_not_as_ends(self) -> None:
        assert ease_of("Dr. Keller and I met on 3. May.").long_sentences == ()
        assert ease_of("Dr. Keller came.").average == 3


class TestPages:
    @pytest.fixture
    def steward(self) -> tuple[Client, Cast]:
        cast = build("north")
        return browser_of(cast.accounts["steward"]), cast

    def test_a_space_is_proposed_changed_and_opened_once(self, steward: tuple[Client, Cast]) -> None:
        browser, cast = steward
        shown = browser.get("/c/north/begin/space/?idea=tired-days").content.decode()
        assert "Tired days" in shown

        form = {"name": "Müde Tage", "purpose_line": "Für müde Tage", "access": "open", "form_token": "same"}
        for _twice in range(2):
            assert browser.post("/c/north/begin/space/", form).status_code == 302
        with tenant(cast.community):
            assert Space.objects.filter(slug="mude-tage").count() == 1

    def test_a_space_without_a_letter_says_so_and_keeps_the_rest(self, steward: tuple[Client, Cast]) -> None:
        browser, _cast = steward
        answer = browser.post(
            "/c/north/begin/space/", {"name": "🙂", "purpose_line": "For smiles", "access": "open"}
        )

        assert answer.status_code == 422
        assert "at least one letter" in answer.content.decode()
        assert 'value="For smiles"' in answer.content.decode()

    def test_the_letter_is_looked_at_before_it_is_put_in(self, steward: tuple[Client, Cast]) -> None:
        browser, cast = steward
        form = {"title": "Welcome", "text": "Hello <b>you</b>.", "form_token": "same"}

        looked = browser.post("/c/north/begin/letter/", form | {"look": "1"})
        assert "So members will read it" in looked.content.decode()
        assert "Hello &lt;b&gt;you&lt;/b&gt;." in looked.content.decode()
        with tenant(cast.community):
            assert not Topic.objects.filter(title="Welcome").exists()

        for _twice in range(2):
            assert browser.post("/c/north/begin/letter/", form | {"send": "1"}).status_code == 302
        with tenant(cast.community):
            letter = Topic.objects.get(title="Welcome")
            assert Post.objects.get(topic=letter).author_id == cast.people["steward"].pk

    def test_later_leads_on(self, steward: tuple[Client, Cast]) -> None:
        browser, _cast = steward
        assert browser.post("/c/north/begin/purpose/later/")["Location"].startswith("/c/north/begin/")
        assert browser.post("/c/north/begin/name/later/").status_code == 404

    def test_the_desk_says_the_next_step(self, steward: tuple[Client, Cast]) -> None:
        browser, _cast = steward
        assert "Find your purpose" in browser.get("/c/north/look-after/").content.decode()
