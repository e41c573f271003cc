"""The synthetic community that pages are measured in; the same words in every run.

    python -m bench.corpus fill     # into the database that HEARTH_DATA_DIR or HEARTH_DATABASE_URL names; prints addresses
    python -m bench.corpus count    # how many posts, index entries, happenings and finished reactions there are

500 topics of 20 posts in three languages and five spaces, a topic of 200 posts, 100 members with accounts. A word is drawn
as words are in a language: a few very often, most of them seldom (Zipf).
"""

import json
import random
import sys
from datetime import UTC, datetime, timedelta
from itertools import accumulate, batched
from typing import Any

TOPICS = 500
POSTS = 20
LONG_TOPIC = 200
PEOPLE = 100
SPACES = 5
WORDS_A_POST = 80
# Topics that are answered in the measure of replies; each has followers who get a mail.
ANSWERED = 80
FOLLOWERS = 10
SLUG = "bench"
LANGUAGES = ("en", "de", "fr")
FREQUENT = {
    "en": "the and to of a in is it that we you for on with as have be was not but they this are my at so what when",
    "de": "und die der das ist nicht ich wir zu in es mit ein den sie auf für von im als auch sich wenn aber so wie",
    "fr": "de la le et les des que est pas en un une pour nous vous dans il ce qui sur avec je mais au plus on ne se",
}
BEGINNINGS = {
    "en": "walk speak breath garden friend morn help clear kind hous table read answer train quiet even mend learn",
    "de": "haus gart freund morg hilf klar tisch les antwort zug ruh abend lern sprech gang stimm weg licht",
    "fr": "maison jardin ami matin aid clair table lir répons train calm soir appr parl pas voix chemin lumi",
}
MIDDLES = ["al", "er", "in", "on", "ar", "el", "is", "or", "um", "an", "et", "il", "ov", "ad", "en"]
ENDS = {
    "en": ["ing", "ed", "s", "er", "ness", "ly", "ful", "ment"],
    "de": ["en", "ung", "lich", "keit", "te", "er", "heit", "isch"],
    "fr": ["er", "ons", "ment", "age", "euse", "tion", "ée", "oir"],
}


class Speech:
    """Draws words of one language."""

    def __init__(self, language: str, draw: random.Random) -> None:
        made = [
            first + middle + end
            for first in BEGINNINGS[language].split()
            for middle in MIDDLES
            for end in ENDS[language]
        ]
        draw.shuffle(made)
        self.words = [*FREQUENT[language].split(), *made]
        self._weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(self.words))))
        self._draw = draw

    def text(self, words: int) -> str:
        """Return paragraphs of sentences with that many words in all."""
        drawn = self._draw.choices(self.words, cum_weights=self._weights, k=words)
        sentences = [" ".join(some).capitalize() + "." for some in batched(drawn, 11)]
        return "\n\n".join(" ".join(some) for some in batched(sentences, 3))


def fill() -> dict[str, Any]:
    """Make the community; return what a client needs to know: addresses, people, questions."""
    from hearth.communities.actions import found_community
    from hearth.core.tenancy import tenant
    from hearth.spaces.actions import open_space

    now, draw = datetime.now(UTC), random.Random(6)
    community = found_community(
        slug=SLUG,
        name="Bench Society",
        country="IE",
        languages=list(LANGUAGES),
        now=now,
        open_to_visitors=True,
        purpose_sentences=[["en", "We measure, then we mend."]],
    )
    speech = {language: Speech(language, draw) for language in LANGUAGES}
    with tenant(community):
        people = [_person(community, number, now) for number in range(PEOPLE)]
        spaces = [
            open_space(by=None, community=community, name=f"Room {number}", purpose_line="A room.", now=now)
            for number in range(SPACES)
        ]
        topics = _conversations(spaces, [person.pk for person in people], speech, draw, now)
        _reading(topics, people, draw, now)
        return _addresses(topics, people, speech, draw)


def _person(community: Any, number: int, now: datetime) -> Any:
    from hearth.accounts.actions import make_account
    from hearth.members.actions import Profile, welcome

    # Sample accounts, so that the client can come in through the sample door.
    account = make_account(
        name=f"Person {number}",
        email=f"person{number}@bench.example",
        language=LANGUAGES[number % 3],
        is_sample=True,
        now=now,
    )
    profile = Profile(
        name=f"Person {number} Benchley", about="Reads much.", languages=(LANGUAGES[number % 3],)
    )
    return welcome(
        community=community, account=account, profile=profile, joined_at=now - timedelta(days=200), now=now
    )


def _conversations(
    spaces: list[Any], people: list[int], speech: dict[str, Speech], draw: random.Random, now: datetime
) -> list[Any]:
    from hearth.conversations.actions import OldPost, OldTopic, keep_archive
    from hearth.conversations.words import words

    def old_topic(number: int, posts: int) -> OldTopic:
        language, began = LANGUAGES[number % 3], now - timedelta(days=180) + timedelta(minutes=500 * number)
        letters = [
            OldPost(
                author_id=draw.choice(people),
                words=words(speech[language].text(WORDS_A_POST)),
                written_at=began + timedelta(minutes=17 * place),
                lang=language,
            )
            for place in range(posts)
        ]
        return OldTopic(title=speech[language].text(6).rstrip("."), posts=letters)

    kept = [keep_archive(space=spaces[0], topics=[old_topic(0, LONG_TOPIC)])[0].topic]
    for some in batched(range(TOPICS), 100):
        for place, space in enumerate(spaces):
            olds = [old_topic(number, POSTS) for number in some if number % SPACES == place]
            kept += [old.topic for old in keep_archive(space=space, topics=olds)]
    return kept


def _reading(topics: list[Any], people: list[Any], draw: random.Random, now: datetime) -> None:
    """Every member has read half of the topics, half of these to their end; the topics to be answered are followed."""
    from hearth.conversations.actions import follow
    from hearth.conversations.models import ReadMark

    marks = [
        ReadMark(
            community_id=topic.community_id,
            member=person,
            topic=topic,
            number=draw.choice([POSTS, draw.randint(1, POSTS)]),
            read_at=now,
        )
        for person in people
        for topic in draw.sample(topics, len(topics) // 2)
    ]
    ReadMark.objects.bulk_create(marks, batch_size=1000)
    for topic in topics[-ANSWERED:]:
        for person in draw.sample(people, FOLLOWERS):
            follow(by=person, topic=topic, now=now)


def _addresses(
    topics: list[Any], people: list[Any], speech: dict[str, Speech], draw: random.Random
) -> dict[str, Any]:
    paths = [f"/c/{SLUG}/talk/{topic.space.slug}/{topic.public_id}/" for topic in topics]
    questions = [
        " ".join(draw.sample(speech[language].words[60:400], 1 + number % 2))
        for number in range(20)
        for language in LANGUAGES
    ]
    return {
        "long_topic": paths[0],
        "topics": paths[1:-ANSWERED],
        "answered": paths[-ANSWERED:],
        "spaces": sorted({path.rsplit("/", 2)[0] + "/" for path in paths}),
        "people": [person.public_id for person in people],
        "questions": questions,
        "answer": speech["en"].text(60),
    }


def count() -> dict[str, int]:
    """Return how many rows there are of all that an answer leaves behind."""
    from django_tasks_db.models import DBTaskResult

    from hearth.channels.models import Delivery
    from hearth.conversations.models import Post
    from hearth.core.tenancy import across_communities
    from hearth.happenings.models import Happening, Reaction
    from hearth.search.models import SearchEntry

    with across_communities():
        return {
            "posts": Post.objects.count(),
            "entries": SearchEntry.objects.filter(subject_kind="post").count(),
            "happenings": Happening.objects.filter(kind="post_written").count(),
            "reactions": Reaction.objects.filter(happening__kind="post_written").count(),
            "open_reactions": Reaction.objects.filter(done_at__isnull=True).count(),
            "open_tasks": DBTaskResult.objects.exclude(status__in=["SUCCESSFUL", "FAILED"]).count(),
            "deliveries": Delivery.objects.count(),
        }


def main() -> None:
    """Do what was asked for; print what came of it as JSON."""
    import django

    django.setup()
    print(json.dumps({"fill": fill, "count": count}[sys.argv[1]]()))


if __name__ == "__main__":
    main()
