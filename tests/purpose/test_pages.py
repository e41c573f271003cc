"""The pages of the purpose, with and without JavaScript, as each reader gets them."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from hearth.communities.models import Community
from hearth.core.tenancy import tenant
from hearth.purpose.actions import adopt, begin, check_text, lend, translate, write, write_rung
from hearth.purpose.enums import Ending, Way
from hearth.purpose.models import Goal, Interview, Statement, StatementText, TookPart
from hearth.purpose.parts import Parts, sentence
from hearth.purpose.queries.wordings import sign
from tests.people import NOW, Cast, browser_of, build

pytestmark = pytest.mark.django_db

SAID = Parts("people far out", ("phone each other", "write letters", "walk together"), "nobody is alone")
START = "/c/north/purpose/interview/"


@pytest.fixture
def cast(settings: Any) -> Cast:
    settings.COMMUNITY_MEMORY_SECONDS = 0  # a page shows what was adopted a moment ago
    return build("north")


def browser(cast: Cast, who: str) -> Client:
    return browser_of(cast.accounts[who])


def words(response: object) -> str:
    """The words of a page, as somebody reads them."""
    html = response.content.decode()  # type: ignore[attr-defined]
    return " ".join(
        unescape(
            re.sub(r"<[^>]+>", "", re.sub(r"(?=<(?:p|h\d|li|div|dd|dt|span class)\b)", " ", html))
        ).split()
    )


def adopted(cast: Cast, **more: object) -> Statement:
    asked = {"language": "en", "parts": SAID, "way": Way.WRITTEN, "replaces": 0, "now": NOW, **more}
    with tenant(cast.community):
        return adopt(by=cast.people["steward"], community=cast.community, **asked)  # type: ignore[arg-type]


def begun(cast: Cast, parts: Parts | None = None) -> str:
    with tenant(cast.community):
        found = begin(by=cast.people["steward"], language="en", parts=parts, now=NOW)
    return f"{START}{found.public_id}/"


def kept(cast: Cast) -> Interview:
    with tenant(cast.community):
        return Interview.objects.get()


def hidden(response: object) -> dict[str, str]:
    """What a page's form sends beside what somebody types."""
    html = response.content.decode()  # type: ignore[attr-defined]
    return dict(
        re.findall(
            r'<input type="hidden" name="(page|seen|back|heard|replaces|form_token|rung)" value="([^"]*)"',
            html,
        )
    )


def test_the_whole_way_from_the_first_question_to_the_adopted_purpose_works_without_javascript(
    cast: Cast,
) -> None:
    me = browser(cast, "steward")
    assert me.post(f"{START}begin/", {"language": "en"}, follow=True).redirect_chain[-1][0].endswith("/who/")
    here = f"{START}{kept(cast).public_id}/"
    answers = {"who": "people in rural Ireland who live with MS", "what-1": "phone each other at night",
               "what-2": "swap tricks for tired days", "what-3": "get out the gate together"}  # fmt: skip
    for slug, answer in answers.items():
        sent = me.post(f"{here}{slug}/", {"words": answer, "keep": "1", "heard": "who_everyone what_vague"})
        assert sent.status_code == 302, slug
    assert sent["Location"] == f"{here}why/"
    for rung in ("they hear a voice", "nobody is alone with this"):
        me.post(f"{here}why/", {"words": rung})
    assert me.post(f"{here}why/2/choose/")["Location"] == f"{here}whole/"
    page = me.get(f"{here}whole/")
    assert "so that nobody is alone with this." in words(page)
    sent = me.post(f"{here}whole/", {**hidden(page), "words": "", "organisation": "yes", "adopt": "1"})
    assert sent["Location"] == f"{here}adopt/"
    done = me.post(f"{here}adopt/", {**hidden(me.get(f"{here}adopt/")), "named": "on"})

    assert done["Location"] == "/c/north/purpose/"
    said = (
        "We bring together people in rural Ireland who live with MS to phone each other at night, swap tricks for "
        "tired days and get out the gate together, so that nobody is alone with this."
    )
    assert Community.objects.get(pk=cast.community.pk).purpose_sentence == said
    assert said in words(me.get("/c/north/help/"))
    assert "Found in an interview" in words(me.get("/c/north/purpose/"))


def test_an_adoption_sent_twice_is_one(cast: Cast) -> None:
    me, here = browser(cast, "steward"), begun(cast, SAID)
    form = hidden(me.get(f"{here}adopt/"))
    first, second = me.post(f"{here}adopt/", form), me.post(f"{here}adopt/", form)

    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    with tenant(cast.community):
        assert Statement.objects.count() == 1


def test_who_adopts_after_somebody_else_sees_that_purpose_and_keeps_every_word(cast: Cast) -> None:
    me, here = browser(cast, "steward"), begun(cast, SAID)
    form = hidden(me.get(f"{here}adopt/"))
    adopted(cast, sentence="We were first.")
    answer = me.post(f"{here}adopt/", form)

    assert answer.status_code == 409
    assert "Steward adopted a purpose meanwhile: “We were first.”" in words(answer)
    assert (kept(cast).ending, kept(cast).parts) == (Ending.OPEN, SAID)
    # Having seen it, the steward can adopt all the same.
    assert me.post(f"{here}adopt/", hidden(answer)).status_code == 302
    with tenant(cast.community):
        assert Statement.objects.order_by("-number").first().parts == SAID  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Write a few words, or choose “Later”"),
        ("\u200b  ", "Write a few words, or choose “Later”"),
        ("x" * 5000, "This is 4700 characters too long. It can have 300. All of it is still here."),
    ],
)
def test_an_answer_that_cannot_stand_is_said_kindly_and_no_letter_of_it_is_lost(
    cast: Cast, typed: str, says: str
) -> None:
    me, here = browser(cast, "steward"), begun(cast)
    answer = me.post(f"{here}who/", {"words": typed})

    assert answer.status_code == 422
    assert says in words(answer)
    assert kept(cast).who == typed.strip("\u200b ")


@pytest.mark.parametrize("typed", ["a", "😀😀😀", "everyone"])
def test_the_coach_speaks_once_and_holds_nothing_back(cast: Cast, typed: str) -> None:
    me, here = browser(cast, "steward"), begun(cast)
    sent = me.post(f"{here}who/", {"words": typed})
    page = me.get(sent["Location"])
    said = words(page)
    assert ("Keep it as it is" in said, "Change it" in said) == (True, True)

    onward = me.post(f"{here}who/", {**hidden(page), "words": typed, "keep": "1"})
    assert onward["Location"] == f"{here}what-1/"
    assert kept(cast).who == typed


@pytest.mark.parametrize(
    "sent",
    [
        {"words": "peo\0ple", "page": "p" * 900, "seen": "s" * 900, "heard": "h" * 900, "back": "b" * 900},
        {"words": "peo\u202eple\ud800".encode("utf-8", "replace").decode()},
        {},
    ],
)
def test_what_no_page_of_ours_sends_breaks_nothing(cast: Cast, sent: dict[str, str]) -> None:
    me, here = browser(cast, "steward"), begun(cast)
    paths = (
        "who/",
        "who/draft/",
        "who/look/",
        "why/",
        "why/draft/",
        "why/look/",
        "whole/",
        "write/",
        "lend/",
        "language/",
    )

    assert [path for path in paths if me.post(here + path, sent).status_code >= 500] == []
    assert "\0" not in kept(cast).who


def test_markup_is_shown_as_it_was_typed(cast: Cast) -> None:
    me, here = browser(cast, "steward"), begun(cast)
    typed = "<script>alert(1)</script> & people"
    me.post(f"{here}who/", {"words": typed, "heard": "who_everyone not_words what_vague other_language"})

    html = me.get(f"{here}what-1/").content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; people" in html


def test_the_same_answer_again_is_remarked_upon(cast: Cast) -> None:
    here = begun(cast, Parts("people far out", ("phone each other at night", "", ""), ""))
    me = browser(cast, "steward")
    page = me.get(me.post(f"{here}what-2/", {"words": "phone each other at night"})["Location"])

    assert "two of these say nearly the same" in words(page)


def test_another_language_than_the_chosen_one_is_asked_about_and_can_be_chosen(cast: Cast) -> None:
    me, here = browser(cast, "steward"), begun(cast)
    typed = "Menschen auf dem Land, die mit MS leben und oft allein sind"
    page = me.get(me.post(f"{here}who/", {"words": typed})["Location"])
    assert "looks like another language" in words(page)
    assert f'href="{here}language/"' in page.content.decode()

    me.post(f"{here}language/", {"language": "de"})
    assert (kept(cast).language, kept(cast).who) == ("de", typed)


def test_a_language_that_the_coach_does_not_know_is_said_plainly(cast: Cast) -> None:
    me, here = browser(cast, "steward"), begun(cast)
    me.post(f"{here}language/", {"language": "fi"})

    assert "The coach does not know this language yet. It asks, and does not judge." in words(
        me.get(f"{here}who/")
    )


def test_while_somebody_types_the_words_are_kept_and_the_coach_reads_along(cast: Cast) -> None:
    me, here = browser(cast, "steward"), begun(cast)
    assert me.post(f"{here}who/draft/", {"words": "everyone wi"}).status_code == 204
    assert kept(cast).who == "everyone wi"

    answer = me.post(f"{here}who/look/", {"words": "everyone"}, headers={"HX-Request": "true"})
    html = answer.content.decode()
    assert "<html" not in html
    assert 'value="who_everyone"' in html
    assert "<mark>everyone</mark>" in html
    assert 'hx-swap-oob="true"' in html
    # What was said already is not said again: only the sentence grows.
    again = me.post(f"{here}who/look/", {"words": "everyone", "heard": "who_everyone"})
    assert (answer.headers.get("HX-Reswap"), again.headers.get("HX-Reswap")) == (None, "none")


def test_two_open_pages_show_each_others_words_and_lose_none(cast: Cast) -> None:
    me, here = browser(cast, "steward"), begun(cast)
    one, two = hidden(me.get(f"{here}who/")), hidden(me.get(f"{here}who/"))
    me.post(f"{here}who/draft/", {**one, "words": "words of the first page"})
    assert me.post(f"{here}who/draft/", {**two, "words": "of the second"}).status_code == 409
    answer = me.post(f"{here}who/", {**two, "words": "of the second"})

    assert answer.status_code == 409
    assert "words of the first page" in words(answer)
    assert "of the second</textarea>" in answer.content.decode()
    # Having seen both, one goes on with one's own.
    sent = me.post(
        f"{here}who/", {**hidden(answer), "words": "of the second", "heard": "who_everyone not_words"}
    )
    assert (sent.status_code, kept(cast).who) == (302, "of the second")


def test_later_keeps_what_was_typed_and_one_comes_back_to_the_first_open_question(cast: Cast) -> None:
    me, here = browser(cast, "steward"), begun(cast)
    sent = me.post(f"{here}who/", {"words": "people far out", "later": "1"})

    assert sent["Location"] == START
    assert "It is kept" in words(me.get(START))
    assert me.get(here)["Location"] == f"{here}what-1/"


def test_a_rung_says_which_value_it_names_or_that_it_sounds_like_a_task(cast: Cast) -> None:
    me, here = browser(cast, "steward"), begun(cast)
    with tenant(cast.community):
        for position, rung in enumerate(("our members are informed", "nobody has to be alone"), 1):
            write_rung(
                by=cast.people["steward"], interview=kept(cast), position=position, words=rung, now=NOW
            )
    said = words(me.get(f"{here}why/"))

    assert "And why does that matter?" in said
    assert "You named something that matters: Belonging" in said
    assert "no value, belief or dream is named yet" in said


def test_a_sentence_smoothed_by_hand_says_when_a_part_was_changed_afterwards(cast: Cast) -> None:
    me, here = browser(cast, "steward"), begun(cast, SAID)
    me.post(f"{here}whole/", {**hidden(me.get(f"{here}whole/")), "words": "Gently, together."})
    assert "You changed a part" not in words(me.get(f"{here}whole/"))
    with tenant(cast.community):
        write(by=cast.people["steward"], interview=kept(cast), part="who", words="carers", now=NOW)

    page = me.get(f"{here}whole/")
    assert "You changed a part after you smoothed the sentence." in words(page)
    me.post(f"{here}whole/", {**hidden(page), "words": "Gently, together.", "grown": "1"})
    assert kept(cast).sentence == ""


def test_the_whole_sentence_is_kept_while_somebody_smooths_it(cast: Cast) -> None:
    me, here = browser(cast, "steward"), begun(cast, SAID)
    page = hidden(me.get(f"{here}whole/"))
    assert me.post(f"{here}sentence/draft/", {**page, "words": "Gently, tog"}).status_code == 204
    assert kept(cast).sentence == "Gently, tog"
    assert "Gently, tog</textarea>" in me.get(f"{here}whole/").content.decode()
    # Back to what it was: it goes on growing with its parts.
    me.post(f"{here}sentence/draft/", {**page, "words": sentence(SAID, "en")})
    assert kept(cast).sentence == ""


def test_far_more_than_any_answer_stands_on_the_page_again(cast: Cast) -> None:
    me, here = browser(cast, "steward"), begun(cast, SAID)
    typed = "much " * 5000
    answers = [
        me.post(f"{here}who/", {"words": typed}),
        me.post(f"{here}why/", {"words": typed}),
        me.post(f"{here}whole/", {"words": typed}),
        me.post(f"{here}write/", {"who": typed}),
    ]

    assert [(answer.status_code, typed.strip() in answer.content.decode()) for answer in answers] == [
        (422, True)
    ] * 4
    assert kept(cast).parts == SAID


def test_who_helps_finds_the_interview_and_is_named_as_its_writer(cast: Cast) -> None:
    here = begun(cast)
    with tenant(cast.community):
        lend(by=cast.people["steward"], interview=kept(cast), to=cast.people["jan"], now=NOW)
    jan = browser(cast, "jan")
    assert "For Steward" in words(jan.get(START))
    assert "You help Steward to look for words." in words(jan.get("/c/north/purpose/"))
    jan.post(f"{here}who/", {"words": "people far out", "later": "1"})

    assert "Written by Jan for Steward." in words(browser(cast, "steward").get(START))
    assert browser(cast, "maria").get(f"{here}who/").status_code == 404


def test_a_purpose_that_is_there_already_is_written_down_on_one_page(cast: Cast) -> None:
    me = browser(cast, "steward")
    sent = me.post(f"{START}begin/", {"language": "en", "written": "1"})
    first, second, third = SAID.whats
    form = {"who": SAID.who, "what_1": first, "what_2": second, "what_3": third, "why": SAID.why}
    assert me.post(sent["Location"], form)["Location"].endswith("/whole/")

    assert (kept(cast).parts, kept(cast).way) == (SAID, Way.WRITTEN)


def test_the_purpose_is_shown_in_the_readers_language_and_else_as_it_was_adopted(cast: Cast) -> None:
    held = adopted(cast)
    german = Parts("Leute", ("reden", "schreiben", "gehen"), "niemand allein ist")
    with tenant(cast.community):
        text = translate(by=cast.people["jan"], statement=held, language="de", parts=german, now=NOW)
        check_text(by=cast.people["steward"], text=text, seen=sign(text), now=NOW)
    visitor = Client()

    def said(language: str) -> str:
        return visitor.get("/c/north/purpose/", headers={"Accept-Language": language}).content.decode()

    assert 'lang="de" dir="auto"><span class="purpose-line purpose-who"' in said("de")
    assert "Leute" in said("de")
    assert 'lang="en" dir="auto"><span class="purpose-line purpose-who"' in said("fr")
    assert "Leute" not in words(
        visitor.get("/c/north/purpose/?language=en", headers={"Accept-Language": "de"})
    )
    shell = visitor.get("/c/north/talk/", headers={"Accept-Language": "de"}).content.decode()
    assert '<p class="purpose" lang="de"' in shell


def test_only_those_who_agreed_are_named_and_each_can_change_that(cast: Cast) -> None:
    adopted(cast, took_part=[(cast.people["maria"], True), (cast.people["jan"], False)])
    here, jan = "/c/north/purpose/", browser(cast, "jan")
    assert [name in words(jan.get(here)) for name in ("Maria", "Jan ")] == [True, False]
    jan.post(f"{here}named/", {"named": "yes"})

    assert "Jan" in words(browser(cast, "maria").get(here))
    assert "Maria" not in words(Client().get(here))
    with tenant(cast.community):
        assert TookPart.objects.filter(named=True).count() == 2


def test_after_a_year_stewards_are_asked_and_nobody_else(cast: Cast) -> None:
    held = adopted(cast, now=NOW - timedelta(days=366))
    here, asks = "/c/north/purpose/", "A year has passed. Does it still speak to you?"
    assert asks in words(browser(cast, "steward").get(here))
    assert asks not in words(browser(cast, "maria").get(here))
    browser(cast, "steward").post(f"{here}recheck/", {"number": "1"})

    assert asks not in words(browser(cast, "steward").get(here))
    with tenant(cast.community):
        assert Statement.objects.get(pk=held.pk).rechecked_at is not None


def test_the_history_keeps_versions_with_their_goals(cast: Cast) -> None:
    adopted(cast)
    changed = Parts(SAID.who, ("phone each other", "sing", "walk daily"), SAID.why)
    adopted(cast, parts=changed, replaces=1, same_goals=[3], now=NOW + timedelta(days=2))
    said = words(Client().get("/c/north/purpose/history/"))

    assert said.index("Version 2, 4 November 2026") < said.index("Version 1, 2 November 2026")
    assert "write letters This goal ended on 4 November 2026." in said
    assert "walk together Today: walk daily" in said


def test_the_network_shows_a_purpose_with_the_stewards_consent_only(cast: Cast) -> None:
    adopted(cast, sentence="We walk, together.")
    assert "We walk, together." not in words(Client().get("/"))
    steward = browser(cast, "steward")
    steward.post("/c/north/purpose/in-network/", {"shows": "yes"})
    assert "We walk, together." in words(Client().get("/"))
    steward.post("/c/north/purpose/in-network/", {"shows": "no"})
    assert "We walk, together." not in words(Client().get("/"))


def test_poster_and_picture_come_with_a_name_and_the_language_that_was_asked_for(cast: Cast) -> None:
    adopted(cast)
    visitor = Client()
    poster = visitor.get("/c/north/purpose/poster/a4/")
    picture = visitor.get("/c/north/purpose/picture/wide/?language=de")

    assert (poster["Content-Type"], poster.content[:5]) == ("application/pdf", b"%PDF-")
    assert poster["Content-Disposition"] == 'attachment; filename="the-north-society-poster-a4-en.pdf"'
    assert (picture["Content-Type"], picture.content[1:4]) == ("image/png", b"PNG")
    assert picture["Content-Disposition"] == 'attachment; filename="the-north-society-purpose-wide-en.png"'


def test_a_space_names_the_goal_that_it_serves_everywhere_it_is_shown(cast: Cast) -> None:
    adopted(cast)
    maria = browser(cast, "maria")
    with tenant(cast.community):
        goal = Goal.objects.get(place=2)
    maria.post("/c/north/talk/open/goal/", {"goal": goal.public_id})

    for page in ("/c/north/talk/", "/c/north/talk/open/", "/c/north/purpose/"):
        assert "Write letters" in words(Client().get(page)), page
    changed = Parts(SAID.who, ("phone each other", "sing", "walk together"), SAID.why)
    adopted(cast, parts=changed, replaces=1)
    assert "Write letters" not in words(Client().get("/c/north/talk/open/"))
    assert maria.post("/c/north/talk/open/goal/", {"goal": goal.public_id}).status_code == 404


def test_a_translation_with_an_error_comes_back_with_all_its_words(cast: Cast) -> None:
    adopted(cast)
    form = {"who": "Menschen", "what_1": "x" * 5000, "what_2": "", "what_3": "gehen", "why": "Freude"}
    answer = browser(cast, "maria").post("/c/north/purpose/translations/de/", form)

    assert answer.status_code == 422
    assert "x" * 5000 in answer.content.decode()
    with tenant(cast.community):
        assert StatementText.objects.count() == 0
