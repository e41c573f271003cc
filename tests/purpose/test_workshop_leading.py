"""Leading: who may, moving on once, being away, another round, adopting; what the mails say; what a page costs."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from hearth.channels.models import Delivery, Mail
from hearth.communities.models import Community
from hearth.core import live
from hearth.core.errors import Conflict, NotAllowed
from hearth.core.tenancy import across_communities, tenant
from hearth.happenings.models import Happening
from hearth.members.enums import ReachBy
from hearth.members.models import Member
from hearth.notices import jobs
from hearth.purpose.actions import adopt, workshop_deciding, workshop_leading
from hearth.purpose.enums import Meeting, Part, Side, Step, Way
from hearth.purpose.models import Contribution, Proposal, Seat, Statement, Workshop
from hearth.purpose.parts import Parts
from hearth.purpose.queries.workshops import workshops_for
from hearth.purpose.workshop_mails import invitation_words
from tests.people import NOW
from tests.purpose.workshop_people import Studio, shown, studio

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Iterator[Studio]:
    made = studio()
    with tenant(made.cast.community):
        made.arrives("maria", line="I bake", named=True)
        made.arrives("jan", Side.BOTH)
        made.arrives("steward", Side.STAFF)
        yield made


def react(kind: str, effect: Any) -> None:
    for happening in Happening.objects.filter(kind=kind).order_by("pk"):
        effect(happening)


def test_only_a_steward_starts_and_one_at_a_time(room: Studio) -> None:
    said = {"community": room.cast.community, "meeting": Meeting.LIVE, "language": "en", "now": NOW}
    with pytest.raises(NotAllowed):
        workshop_leading.start_workshop(by=room.cast.people["mod"], **said)
    with pytest.raises(Conflict):
        workshop_leading.start_workshop(by=room.cast.people["steward"], **said)


def test_others_of_the_community_do_not_know_of_it(room: Studio) -> None:
    assert room.page("mod").status_code == 404
    assert workshops_for(room.cast.people["mod"]) == []
    assert workshops_for(room.cast.people["maria"]) == [room.workshop]


def test_a_double_tap_moves_once(room: Studio) -> None:
    for _tap in range(2):
        assert room.post("steward", "move/", seen="arrive", to="write").status_code == 302

    assert Workshop.objects.get().step == Step.WRITE
    assert Happening.objects.filter(kind="workshop_step_opened").count() == 1


def test_a_step_back_is_possible_and_loses_nothing(room: Studio) -> None:
    room.move(Step.WRITE)
    room.says("maria", Part.WHY, "no one is alone")
    room.move(Step.READ)
    room.post("steward", "move/", seen="read", to="write")

    assert Workshop.objects.get().step == Step.WRITE
    assert "no one is alone" in room.text("maria")


def test_groups_that_people_made_stay_when_the_step_is_opened_again(room: Studio) -> None:
    room.move(Step.WRITE)
    for words in ("nobody is alone", "to see the sea"):
        room.says("maria", Part.WHY, words)
    room.move(Step.GROUP)
    one, two = Contribution.objects.order_by("words")
    assert one.cluster is not None
    room.post("jan", "together/", part="why", handle=[two.handle], into=one.cluster.handle)
    room.move(Step.READ)
    room.move(Step.GROUP)

    assert len(set(Contribution.objects.values_list("cluster", flat=True))) == 1


def test_more_time_is_asked_for_without_a_name_and_gone_with_the_step(room: Studio) -> None:
    room.move(Step.WRITE)
    assert "Somebody would like more time" not in room.text("steward")
    room.post("maria", "time/", wants="yes")

    page = shown(room.text("steward", "part/"))
    assert "Somebody would like more time." in page
    assert "Maria would like" not in page
    room.move(Step.READ)
    assert "Somebody would like more time" not in room.text("steward")


def test_a_facilitator_who_leaves_is_missed_and_any_steward_takes_over(room: Studio) -> None:
    with tenant(room.cast.community):
        room.cast.add("second")
        Member.objects.filter(pk=room.cast.people["second"].pk).update(is_steward=True)
    room.move(Step.WRITE)
    room.post("maria", "draft/why/", words_why="half a wo")
    room.post("steward", "lead/", how="leave")

    page = room.text("maria", "part/")
    assert "Nobody leads just now." in shown(page)
    assert "half a wo" in page
    assert room.post("steward", "move/", seen="write", to="read").status_code == 403
    assert room.post("second", "lead/", how="take").status_code == 302
    assert "Second leads." in shown(room.text("maria", "part/"))


def test_the_lead_can_be_handed_to_a_member_who_then_moves_on(room: Studio) -> None:
    answer = room.post("steward", "lead/", how="give", to=room.cast.people["maria"].public_id)

    assert answer.status_code == 302
    assert "What to say now" in room.text("maria")
    assert "What to say now" not in room.text("steward")
    assert room.post("maria", "move/", seen="arrive", to="write").status_code == 302
    assert room.post("steward", "move/", seen="write", to="read").status_code == 403


def test_an_absent_facilitator_is_noticed_and_the_return_as_well(room: Studio) -> None:
    later = NOW + timedelta(minutes=4)
    before = live.number(room.workshop.key)
    with across_communities():
        assert workshop_leading.notice_absent_facilitators(now=later) == 1
        assert workshop_leading.notice_absent_facilitators(now=later) == 0

    assert live.number(room.workshop.key) == before + 1
    assert "Steward is away for a moment." in shown(room.text("maria"))
    assert room.post("steward", "here/").status_code == 204
    assert "Steward leads." in shown(room.text("maria"))


def test_a_page_that_listened_as_one_of_all_is_loaded_anew_once_its_reader_leads(room: Studio) -> None:
    assert room.post("steward", "here/", listening="all").headers.get("HX-Refresh") == "true"
    assert "HX-Refresh" not in room.post("steward", "here/", listening="lead").headers
    assert "HX-Refresh" not in room.post("maria", "here/", listening="all").headers


def test_another_round_keeps_everything_and_shows_what_was_learned(room: Studio) -> None:
    room.move(Step.WRITE)
    room.says("maria", Part.WHY, "no one is alone")
    for step in list(Step)[2:7]:
        room.move(step)
    room.post("maria", "proposals/1/", version="1", who="people in their first year")
    room.move(Step.ADOPT)
    for _tap in range(2):
        answer = room.post("steward", "round/", to="write", round="1", words="The members want it shorter.")
        assert answer.status_code == 302
    workshop = Workshop.objects.get()

    assert (workshop.round, workshop.step) == (2, Step.WRITE)
    page = shown(room.text("jan"))
    assert "The members want it shorter." in page
    assert "people in their first year" in page
    assert Contribution.objects.count() == 1
    room.move(Step.PROPOSE)
    assert Proposal.objects.count() == 4


WHOLE = {
    "who": "people in their first year",
    "what_1": "walk",
    "what_2": "write",
    "what_3": "laugh",
    "why": "no one is alone",
}


def test_two_adopting_at_once_one_is_shown_what_the_other_did(room: Studio) -> None:
    for step in (Step.PROPOSE, Step.ADOPT):
        room.move(step)
    Proposal.objects.filter(place=1).update(**WHOLE)
    live.touch(room.workshop.key)
    parts = Parts("others", ("sing", "swim", "dance"), "there is joy")
    adopt(
        by=room.cast.people["steward"], community=room.cast.community, language="en", parts=parts,
        way=Way.WRITTEN, replaces=0, now=NOW,
    )  # fmt: skip
    answer = room.post("steward", "proposals/1/adopt/", replaces="0")
    page = answer.content.decode()

    assert answer.status_code == 409
    assert "there is joy" in page
    assert Workshop.objects.get().is_open
    assert room.post("steward", "proposals/1/adopt/", replaces="1").status_code == 302
    assert Statement.objects.count() == 2


def test_a_proposal_that_lacks_a_part_is_not_adopted(room: Studio) -> None:
    for step in (Step.PROPOSE, Step.ADOPT):
        room.move(step)
    Proposal.objects.filter(place=1).update(**{**WHOLE, "what_2": ""})
    live.touch(room.workshop.key)

    assert room.post("steward", "proposals/1/adopt/", replaces="0").status_code == 422
    assert Workshop.objects.get().is_open


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("together/", {"part": "why", "handle": "a\0b", "into": "new"}),
        ("together/", {"part": "why", "handle": "a", "into": "a\0b"}),
        ("feel/", {"feel": "a\0b:warm"}),
        ("lead/", {"how": "give", "to": "a\0b"}),
        ("ladder/choose/", {"handle": "a\0b"}),
        ("proposals/99999999999999999999/adopt/", {"replaces": "0"}),
        ("proposals/99999999999999999999/answer/", {"says": "staff:warm"}),
        ("words/a%00b/back/", {}),
    ],
)
def test_what_no_page_of_ours_sends_is_not_there(room: Studio, path: str, form: dict[str, str]) -> None:
    room.move(Step.GROUP if path.startswith("together") else Step.ANSWER)

    assert room.post("steward", path, **form).status_code == 404


def test_the_invitation_is_the_text_that_was_shown_before(room: Studio) -> None:
    form = {"whom": "some", "person": [room.cast.people["mod"].public_id]}
    page = room.browser("steward").post(room.address + "invite/", form).content.decode()
    assert Seat.objects.filter(member=room.cast.people["mod"]).count() == 0
    room.post("steward", "invite/", send="yes", **form)
    react("workshop_invited", jobs.tell_workshop_people)
    mail = Mail.objects.filter(origin__startswith="workshop-invited").order_by("-pk").first()
    assert mail is not None

    assert set(Delivery.objects.filter(mail=mail).values_list("member__name", flat=True)) == {"Mod"}
    for line in filter(None, map(str.strip, mail.text.splitlines())):
        assert line in shown(page).replace("&#39;", "'"), line
    assert mail.subject in page
    assert room.address in mail.text


def test_whoever_was_invited_before_hears_nothing_again(room: Studio) -> None:
    everybody = [one.public_id for one in room.cast.people.values()]
    for _time in range(2):
        workshop_leading.invite(
            by=room.cast.people["steward"],
            workshop=room.workshop,
            people=everybody,
            now=NOW + timedelta(hours=1),
        )
    react("workshop_invited", jobs.tell_workshop_people)

    names = list(
        Delivery.objects.filter(mail__origin__startswith="workshop-").values_list("member__name", flat=True)
    )
    assert sorted(names) == ["Jan", "Maria", "Mod"]


def test_people_who_do_not_meet_hear_of_each_step_once_and_of_the_newest_only() -> None:
    apart = studio(meeting=Meeting.APART)
    with tenant(apart.cast.community):
        Member.objects.filter(pk=apart.cast.people["jan"].pk).update(reach_by=ReachBy.PHONE)
        for step in (Step.WRITE, Step.READ):
            apart.move(step)
        for _time in range(2):
            react("workshop_step_opened", jobs.tell_workshop_step)
        mails = Mail.objects.filter(origin__startswith="workshop-step")
        heard = Delivery.objects.filter(mail__in=mails).values_list("member__name", "mail__subject")

        assert list(heard) == [("Maria", "Our purpose: We read")]
        assert "Perhaps until" in shown(_arrived_text(apart))


def _arrived_text(apart: Studio) -> str:
    apart.arrives("maria")
    return apart.text("maria")


def test_people_who_meet_get_no_mail_about_steps(room: Studio) -> None:
    room.move(Step.WRITE)
    react("workshop_step_opened", jobs.tell_workshop_step)

    assert not Mail.objects.filter(origin__startswith="workshop-step").exists()


@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_no_subject_speaks_of_health(room: Studio, language: str) -> None:
    with translation.override(language):
        subject = invitation_words(room.workshop).subject.lower()

    assert not any(word in subject for word in ("ms", "sclerosis", "illness", "patient", "health", "disease"))


def test_a_date_only_proposes(room: Studio) -> None:
    Workshop.objects.update(meeting=Meeting.APART, hoped_until=timezone.localdate() - timedelta(days=9))
    room.workshop.refresh_from_db()
    Workshop.objects.update(step=Step.WRITE)

    assert room.post("maria", "write/", part="why", words_why="no one is alone").status_code == 302


@pytest.mark.parametrize("step", Step)
def test_a_page_costs_the_same_however_many_take_part(room: Studio, step: Step) -> None:
    def cost() -> int:
        for who in ("maria", "steward"):
            room.page(who, "part/")
        live.touch(room.workshop.key)
        with CaptureQueriesContext(connection) as asked:
            for who in ("maria", "steward"):
                assert room.page(who, "part/").status_code == 200
        return len(asked)

    room.move(Step.WRITE)
    for words in ("no one is alone", "our dreams go on"):
        room.says("maria", Part.WHY, words)
    for one in list(Step)[2 : list(Step).index(step) + 1]:
        room.move(one)
    room.move(step)
    few = cost()
    for place in range(4):
        room.cast.add(f"more{place}")
        Seat.objects.create(
            community=room.cast.community, workshop=room.workshop, member=room.cast.people[f"more{place}"],
            side="member", arrived_at=NOW,
        )  # fmt: skip
        if step != Step.ARRIVE:
            for words in ("no one is lost", f"the {place} sea is blue", "dreams"):
                room.says(f"more{place}", Part.WHY, words)

    assert cost() == few


def test_whoever_has_the_same_page_open_reads_what_all_see_from_memory(room: Studio) -> None:
    room.move(Step.WRITE)
    room.says("maria", Part.WHY, "no one is alone")
    room.move(Step.READ)
    room.page("maria", "part/")
    room.page("jan", "part/")
    with CaptureQueriesContext(connection) as asked:
        room.page("jan", "part/")
    print(len(asked), [query["sql"][:90] for query in asked.captured_queries])

    assert not any(
        "purpose_contribution" in query["sql"] and "author" not in query["sql"].partition("WHERE")[2]
        for query in asked.captured_queries
    )
    assert Community.objects.count() == 1


def test_the_list_and_the_invitation_cost_the_same_however_long_they_are(room: Studio) -> None:
    steward, cast = room.cast.people["steward"], room.cast
    home = f"/c/{cast.community.slug}/purpose/workshop/"

    def cost() -> list[int]:
        found = []
        for path in (home, f"{home}{room.workshop.public_id}/invite/"):
            with CaptureQueriesContext(connection) as asked:
                assert room.browser("steward").get(path).status_code == 200
            found.append(len(asked))
        return found

    cost()
    few = cost()
    for place in range(3):
        cast.add(f"more{place}")
        open_one = Workshop.objects.get(ending="open")
        workshop_deciding.set_aside(by=steward, workshop=open_one)
        room.workshop = workshop_leading.start_workshop(
            by=steward, community=cast.community, meeting=Meeting.LIVE, language="en", now=NOW
        )

    assert cost() == few
