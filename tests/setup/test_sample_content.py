"""The sample network is whole and well made: its files alone are read here, without a database."""

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import hearth.setup

Data = dict[str, Any]

FOLDER = Path(hearth.setup.__file__).parent / "sample"
SLUGS = sorted(path.name for path in (FOLDER / "communities").iterdir())
ROLES = {"steward", "moderator", "host", "greeter", "expert", "volunteer"}
COMMUNITY = {
    "slug", "name", "mark", "accent", "accent_dark", "country", "languages", "time_zone", "open_to_visitors",
    "help_phone", "help_hours", "help_email", "started_days_ago", "purpose", "purpose_line", "goals", "switches",
}  # fmt: skip
PERSON = {
    "key", "name", "name_also", "born", "roles", "carer", "about", "languages", "reach_by", "email", "phone",
    "since_days_ago", "greeted_by",
}  # fmt: skip
SPACE = {"slug", "name", "access", "goal", "purpose_line", "guidelines", "hosts", "members"}
TOPIC = {"key", "title", "by", "days_ago", "at", "followers", "posts"}
POST = {"by", "days_ago", "at", "text"}
MONTHS = (
    "Jänner|Januar|Februar|April|Juni|Juli|September|Oktober|November|Dezember|January|February|June|July|August|"
    "October|December|janvier|février|avril|juin|juillet|août|septembre|octobre|novembre|décembre"
)


def read(*parts: str) -> Data:
    """One file of the sample."""
    data: Data = json.loads(FOLDER.joinpath(*parts).read_text(encoding="utf-8"))
    return data


def community(slug: str) -> Data:
    """What a community says of itself."""
    return read("communities", slug, "community.json")


def people(slug: str) -> dict[str, Data]:
    """A community's people by key."""
    rows = read("communities", slug, "people.json")["people"]
    assert len({row["key"] for row in rows}) == len(rows)
    return {row["key"]: row for row in rows}


def spaces(slug: str) -> dict[str, Data]:
    """A community's spaces by slug."""
    return {row["slug"]: row for row in read("communities", slug, "spaces.json")["spaces"]}


def topics(slug: str) -> list[tuple[str, Data]]:
    """Every topic of a community with the slug of its space."""
    folder = FOLDER / "communities" / slug / "topics"
    return [
        (path.stem, topic)
        for path in sorted(folder.glob("*.json"))
        for topic in read(*path.relative_to(FOLDER).parts)["topics"]
    ]


def posts(slug: str) -> list[Data]:
    """Every post of a community."""
    return [post for _, topic in topics(slug) for post in topic["posts"]]


def minute(post: Data) -> int:
    """A post's moment: minutes from an arbitrary day, growing with time."""
    hours, minutes = post["at"].split(":")
    return -int(post["days_ago"]) * 1440 + int(hours) * 60 + int(minutes)


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2, definition)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two colours (WCAG 2.2, 1.4.6)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_network_has_staff_and_an_operator() -> None:
    network = read("network.json")
    assert set(network) == {"name", "staff", "operator"}
    for person in [*network["staff"], network["operator"]]:
        assert set(person) == {"key", "name", "born", "languages", "email", "about"}
    assert len(network["staff"]) == 3


def test_three_communities_in_three_countries_speak_three_languages() -> None:
    said = [community(slug) for slug in SLUGS]
    assert [data["slug"] for data in said] == SLUGS
    assert len({data["country"] for data in said}) == len({data["languages"][0] for data in said}) == 3


@pytest.mark.parametrize("slug", SLUGS)
def test_a_community_says_all_that_is_needed(slug: str) -> None:
    data = community(slug)
    assert set(data) == COMMUNITY
    assert 1 <= len(data["mark"]) <= 2
    assert ZoneInfo(data["time_zone"])
    assert set(data["purpose"]) == {"who", "whats", "why"}
    assert len(data["purpose"]["whats"]) == len(data["goals"]) == 3
    assert data["purpose"]["who"].split()[0] in data["purpose_line"]
    assert set(data["switches"]) == {"ask", "learn", "give"}


@pytest.mark.parametrize("slug", SLUGS)
def test_an_accent_reads_on_paper_and_under_white(slug: str) -> None:
    data = community(slug)
    assert min(contrast(data["accent"], other) for other in ("#FBF7F0", "#FFFFFF")) >= 7
    assert min(contrast(data["accent_dark"], other) for other in ("#16181D", "#1F2229")) >= 7


@pytest.mark.parametrize("slug", SLUGS)
def test_a_person_is_described_whole(slug: str) -> None:
    cast = people(slug)
    for person in cast.values():
        assert set(person) - {"shares_email_with", "same_account_as"} == PERSON
        assert set(person["roles"]) <= ROLES
        assert 1930 <= person["born"] <= 2008
        assert len(person["name"]) <= 120
        assert 20 <= len(person["about"]) <= 240
        assert person["languages"]
        assert person["reach_by"] in {"email", "text", "post", "phone"}
        assert person["phone"] or person["reach_by"] == "email"
        assert person["email"] or person["reach_by"] in {"post", "phone"}
        assert 1 <= person["since_days_ago"] <= community(slug)["started_days_ago"]


@pytest.mark.parametrize("slug", SLUGS)
def test_who_greeted_somebody_was_there_before(slug: str) -> None:
    cast = people(slug)
    alone = [person for person in cast.values() if person["greeted_by"] is None]
    assert len(alone) == 1  # who began it
    for person in cast.values():
        if person["greeted_by"]:
            assert cast[person["greeted_by"]]["since_days_ago"] >= person["since_days_ago"]


def test_only_a_couple_shares_an_address() -> None:
    rows = {f"{slug}/{key}": row for slug in SLUGS for key, row in people(slug).items()}
    addresses = [row["email"] for row in rows.values() if row["email"]]
    assert len(addresses) - len(set(addresses)) == 1
    for row in rows.values():
        if "shares_email_with" in row:
            assert row["email"] == rows[f"ofenbank/{row['shares_email_with']}"]["email"]
        if "same_account_as" in row:
            assert row["name"] == rows[row["same_account_as"]]["name"]


def test_every_mail_domain_is_reserved_for_examples() -> None:
    files = [path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.json")]
    found = [domain for text in files for domain in re.findall(r"[\w.+-]+@([\w.-]+)", text)]
    assert len(found) > 50
    assert {domain for domain in found if not domain.endswith(".example")} == set()


def test_no_post_points_outside() -> None:
    said = [post["text"] for slug in SLUGS for post in posts(slug)]
    assert [text for text in said if re.search(r"https?:|www\.|@", text)] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_a_space_knows_its_people_and_its_goal(slug: str) -> None:
    cast = set(people(slug))
    for space in spaces(slug).values():
        assert set(space) == SPACE
        assert space["access"] in {"open", "closed", "hidden"}
        assert community(slug)["goals"][space["goal"] - 1]
        assert space["hosts"]
        assert {*space["hosts"], *space["members"]} <= cast
        assert not set(space["hosts"]) & set(space["members"])
        assert len(space["name"]) <= 80
        assert len(space["purpose_line"]) <= 240


@pytest.mark.parametrize("slug", SLUGS)
def test_a_host_of_a_space_has_the_role(slug: str) -> None:
    cast = people(slug)
    hosts = {key for space in spaces(slug).values() for key in space["hosts"]}
    assert {key for key in hosts if not {"host", "greeter", "steward"} & set(cast[key]["roles"])} == set()


@pytest.mark.parametrize("slug", SLUGS)
def test_every_topic_stands_in_a_space_among_its_members(slug: str) -> None:
    rooms = spaces(slug)
    assert {space for space, _ in topics(slug)} == set(rooms)
    assert len({topic["key"] for _, topic in topics(slug)}) == len(topics(slug))
    for space, topic in topics(slug):
        inside = {*rooms[space]["hosts"], *rooms[space]["members"]}
        assert {post["by"] for post in topic["posts"]} <= inside
        assert set(topic["followers"]) <= inside - {post["by"] for post in topic["posts"]}


@pytest.mark.parametrize("slug", SLUGS)
def test_topics_and_posts_have_their_form(slug: str) -> None:
    for _, topic in topics(slug):
        assert set(topic) == TOPIC
        assert 3 <= len(topic["title"]) <= 200
        assert {name: topic[name] for name in ("by", "days_ago", "at")}.items() <= topic["posts"][0].items()
        for post in topic["posts"]:
            assert set(post) - {"via", "lang"} == POST
            assert post.get("via", "email") in {"email", "phone", "post"}
            assert re.fullmatch(r"[01]\d:[0-5]\d|2[0-3]:[0-5]\d", post["at"])
            assert post["text"] == post["text"].strip()
            assert not re.search(r" \n|  |\n{3}", post["text"]), (topic["key"], post["by"])
            assert 2 <= len(post["text"]) <= 6000


@pytest.mark.parametrize("slug", SLUGS)
def test_time_runs_forward_and_ends_before_today(slug: str) -> None:
    cast = people(slug)
    for _, topic in topics(slug):
        for earlier, later in pairwise(topic["posts"]):
            assert minute(earlier) < minute(later), topic["key"]
        for post in topic["posts"]:
            assert 1 <= post["days_ago"] <= min(370, cast[post["by"]]["since_days_ago"]), (
                topic["key"],
                post["by"],
            )


@pytest.mark.parametrize("slug", SLUGS)
def test_a_newcomer_is_greeted_by_name_within_a_day(slug: str) -> None:
    cast = people(slug)
    greeted = 0
    for _, topic in topics(slug):
        person = cast[topic["by"]]
        if (
            person["since_days_ago"] > 370
            or person["since_days_ago"] - topic["days_ago"] > 2
            or not person["greeted_by"]
        ):
            continue
        first = topic["posts"][1]
        called = [part for part in (person["name_also"] or person["name"]).split() if part in first["text"]]
        assert called, topic["key"]
        assert minute(first) - minute(topic["posts"][0]) <= 1440
        assert {"greeter", "host", "steward"} & set(cast[first["by"]]["roles"])
        greeted += 1
    assert greeted >= 1


@pytest.mark.parametrize("slug", SLUGS)
def test_somebody_without_a_computer_writes_by_post_or_phone(slug: str) -> None:
    cast = people(slug)
    for post in posts(slug):
        if cast[post["by"]]["email"] is None:
            assert post.get("via") in {"post", "phone"}, post["text"]


def test_no_text_depends_on_the_month_in_which_it_is_read() -> None:
    said = [post["text"] for slug in SLUGS for post in posts(slug)]
    assert [text for text in said if re.search(rf"\b({MONTHS})\b", text)] == []


def test_nobody_shouts() -> None:
    assert sum(post["text"].count("!") for slug in SLUGS for post in posts(slug)) <= 3


def test_the_sizes_are_those_of_a_large_a_small_and_a_new_society() -> None:
    sizes = {
        slug: (len(people(slug)), len(spaces(slug)), len(topics(slug)), len(posts(slug))) for slug in SLUGS
    }
    at_least = {"ofenbank": (34, 7, 60, 330), "half-door": (18, 4, 26, 130), "pas-comptes": (8, 2, 6, 18)}
    for slug, wanted in at_least.items():
        assert all(have >= want for have, want in zip(sizes[slug], wanted, strict=True)), (slug, sizes[slug])


def test_every_case_that_a_page_must_show_is_there() -> None:
    every = [topic for slug in SLUGS for _, topic in topics(slug)]
    said = [post for topic in every for post in topic["posts"]]
    assert any(len(topic["posts"]) > 45 for topic in every)
    assert [topic["key"] for topic in every if len(topic["posts"]) == 1] == ["treppenlift"]
    assert any(len(topic["title"]) > 150 for topic in every)
    assert any(len(post["text"]) > 3500 for post in said)
    assert any(len(post["text"]) < 10 for post in said)
    assert {post.get("via") for post in said} == {None, "email", "phone", "post"}
    assert {"tr", "ro", "ar", "pl", "uk"} <= {post.get("lang") for post in said}
    assert any(post["text"].count("\n- ") > 3 for post in said)
    assert any("\n> " in post["text"] for post in said)
    assert {space["access"] for slug in SLUGS for space in spaces(slug).values()} == {
        "open",
        "closed",
        "hidden",
    }
