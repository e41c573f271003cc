"""Routes of the workshop, inside a community, after `purpose/workshop/`."""

from django.urls import path

from hearth.purpose.views import workshop_leading as leading
from hearth.purpose.views import workshop_pages as pages
from hearth.purpose.views import workshop_proposing as proposing
from hearth.purpose.views import workshop_taking_part as taking_part

urlpatterns = [
    path("", pages.workshops, name="workshops"),
    path("new/", pages.workshop_new, name="workshop_new"),
    path("timetable/", pages.timetable, name="workshop_timetable"),
    path("<str:workshop>/", pages.workshop, name="workshop"),
    path("<str:workshop>/part/", pages.part, name="workshop_part"),
    path("<str:workshop>/stream/", pages.stream, name="workshop_stream"),
    path("<str:workshop>/arrive/", taking_part.arrive, name="workshop_arrive"),
    path("<str:workshop>/write/", taking_part.write, name="workshop_write"),
    path("<str:workshop>/words/<str:handle>/back/", taking_part.take_back, name="workshop_take_back"),
    path("<str:workshop>/draft/<str:place>/", taking_part.draft, name="workshop_draft"),
    path("<str:workshop>/time/", taking_part.more_time, name="workshop_time"),
    path("<str:workshop>/together/", taking_part.put_together, name="workshop_together"),
    path("<str:workshop>/feel/", taking_part.feel, name="workshop_feel"),
    path("<str:workshop>/ladder/", taking_part.climb, name="workshop_climb"),
    path("<str:workshop>/ladder/choose/", leading.choose_rung, name="workshop_choose"),
    path("<str:workshop>/proposals/<int:place>/", proposing.proposal, name="workshop_proposal"),
    path(
        "<str:workshop>/proposals/<int:place>/draft/",
        proposing.proposal_draft,
        name="workshop_proposal_draft",
    ),
    path("<str:workshop>/proposals/<int:place>/answer/", taking_part.answer, name="workshop_answer"),
    path("<str:workshop>/proposals/<int:place>/adopt/", leading.adopt, name="workshop_adopt"),
    path("<str:workshop>/invite/", leading.invite, name="workshop_invite"),
    path("<str:workshop>/move/", leading.move, name="workshop_move"),
    path("<str:workshop>/lead/", leading.lead, name="workshop_lead"),
    path("<str:workshop>/here/", leading.here, name="workshop_here"),
    path("<str:workshop>/round/", leading.another_round, name="workshop_round"),
    path("<str:workshop>/end/", leading.end, name="workshop_end"),
]
