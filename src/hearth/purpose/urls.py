"""Routes of the purpose, inside a community. Those of the workshop stand in `workshop_urls`."""

from django.urls import path

from hearth.purpose.views import compass, interview, ladder, question, statement, translation, whole

urlpatterns = [
    path("purpose/", statement.purpose, name="purpose"),
    path("purpose/history/", statement.history, name="purpose_history"),
    path("purpose/poster/<slug:size>/", statement.poster, name="purpose_poster"),
    path("purpose/picture/<slug:shape>/", statement.picture, name="purpose_picture"),
    path("purpose/recheck/", statement.recheck, name="purpose_recheck"),
    path("purpose/in-network/", statement.in_network, name="purpose_in_network"),
    path("purpose/named/", statement.be_named, name="purpose_named"),
    path("purpose/compass/", compass.show, name="compass"),
    path("purpose/translations/", translation.translations, name="purpose_translations"),
    path("purpose/translations/<slug:language>/", translation.translate, name="purpose_translate"),
    path("purpose/translations/<slug:language>/check/", translation.check, name="purpose_check"),
    path("purpose/interview/", interview.start, name="interview"),
    path("purpose/interview/begin/", interview.begin, name="interview_begin"),
    path("purpose/interview/<str:interview>/", interview.resume, name="interview_resume"),
    path("purpose/interview/<str:interview>/language/", interview.language, name="interview_language"),
    path("purpose/interview/<str:interview>/set-aside/", interview.set_aside, name="interview_set_aside"),
    path("purpose/interview/<str:interview>/take-up/", interview.take_up, name="interview_take_up"),
    path("purpose/interview/<str:interview>/lend/", interview.lend, name="interview_lend"),
    path("purpose/interview/<str:interview>/take-back/", interview.take_back, name="interview_take_back"),
    path("purpose/interview/<str:interview>/write/", whole.write, name="interview_write"),
    path("purpose/interview/<str:interview>/why/", ladder.why, name="interview_why"),
    path("purpose/interview/<str:interview>/why/draft/", ladder.draft, name="interview_why_draft"),
    path("purpose/interview/<str:interview>/why/look/", ladder.reading_along, name="interview_why_look"),
    path(
        "purpose/interview/<str:interview>/why/<int:rung>/choose/",
        ladder.choose,
        name="interview_rung_choose",
    ),
    path(
        "purpose/interview/<str:interview>/why/<int:rung>/remove/",
        ladder.remove,
        name="interview_rung_remove",
    ),
    path("purpose/interview/<str:interview>/whole/", whole.whole, name="interview_whole"),
    path("purpose/interview/<str:interview>/adopt/", whole.adopt, name="interview_adopt"),
    path("purpose/interview/<str:interview>/<slug:question>/", question.question, name="interview_question"),
    path("purpose/interview/<str:interview>/<slug:question>/draft/", question.draft, name="interview_draft"),
    path(
        "purpose/interview/<str:interview>/<slug:question>/look/",
        question.reading_along,
        name="interview_look",
    ),
]
