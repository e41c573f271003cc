"""Entrances: start, answer, change; drafts on the way."""

from collections.abc import Callable
from hashlib import blake2s

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import get_script_prefix
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hearth.conversations import actions, policy, queries
from hearth.conversations.enums import Format
from hearth.conversations.forms import AnswerForm, EditForm, LetterForm, TopicForm
from hearth.conversations.models import Draft, Post, Topic
from hearth.conversations.queries.drafts import draft_at
from hearth.conversations.queries.topics import topic_in
from hearth.conversations.subjects import path_of
from hearth.conversations.views.reading import topic_answer
from hearth.core.clock import now
from hearth.core.errors import Conflict, DomainError
from hearth.core.http import posted, uploaded
from hearth.core.once import once
from hearth.files.actions import store
from hearth.members.doors import members_only
from hearth.members.requests import MemberRequest
from hearth.spaces import queries as spaces


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def new_topic(request: MemberRequest, space: str) -> HttpResponse:
    """Start a conversation in a space."""
    room = spaces.space_by_slug(request.member, request.community, space)
    policy.can_start(request.member, room).require()
    draft = draft_at(request.member, f"space:{room.pk}")
    form = TopicForm(posted(request), uploaded(request), initial=_kept_words(draft))
    files = _kept_files(request, form)
    if not form.is_valid():
        shown = {"space": room, "form": form, "saved_at": draft.updated_at if draft else None}
        return render(request, "conversations/new.html", shown, status=422 if form.is_bound else 200)

    def make() -> str:
        said = {"title": form.cleaned_data["title"], "text": form.cleaned_data["text"], "files": files}
        return _address(actions.start_topic(by=request.member, space=room, now=now(), **said), 1)

    return _once(request, form, make, _("Your conversation has begun."))


def _kept_words(draft: Draft | None) -> dict[str, str]:
    return {"title": draft.title, "text": draft.text} if draft else {}


@require_POST
@members_only
def answer(request: MemberRequest, space: str, topic: str) -> HttpResponse:
    """Answer in a conversation; with an error everything typed stands there again."""
    found = topic_in(request.member, request.community, space, topic)
    form = AnswerForm(request.POST, request.FILES)
    files = _kept_files(request, form)
    if not form.is_valid():
        return topic_answer(request, found, form=form)

    def make() -> str:
        said = {"text": form.cleaned_data["text"], "files": files}
        return _address(found, actions.answer(by=request.member, topic=found, now=now(), **said).number)

    return _once(request, form, make, _("Your answer is here. Those who follow hear of it."))


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def edit(request: MemberRequest, post: str) -> HttpResponse:
    """Change one's own post; when it was changed elsewhere meanwhile, both texts are shown and nothing is lost."""
    found = queries.post_by_id(request.member, request.community, post)
    policy.can_edit(request.member, found).require()
    form = _edit_form(request, found)
    if not form.is_valid():
        return _edit_page(request, found, form, 422 if form.is_bound else 200)
    try:
        kept = actions.edit_post(by=request.member, post=found, now=now(), **form.said())
    except Conflict as conflict:
        form.add_error("text", conflict.reason)
        return _edit_page(request, found, form, 409)
    messages.success(request, _("Your change is kept."))
    return redirect(_address(kept.topic, kept.number))


def _edit_form(request: MemberRequest, post: Post) -> EditForm:
    return EditForm(
        posted(request),
        initial={"text": post.source, "version": post.version},
        needs_note=policy.needs_note(post, now()),
        source_format=Format(post.source_format),
    )


def _edit_page(request: MemberRequest, post: Post, form: EditForm, status: int) -> HttpResponse:
    other = post if status == 409 else None
    return render(
        request, "conversations/edit.html", {"post": post, "form": form, "other": other}, status=status
    )


@require_POST
@members_only
def answer_draft(request: MemberRequest, space: str, topic: str) -> HttpResponse:
    """Keep what the member is answering (sent by the page every few seconds)."""
    found = topic_in(request.member, request.community, space, topic)
    text = request.POST.get("text", "")
    actions.save_draft(by=request.member, place=f"topic:{found.pk}", title="", text=text, now=now())
    return HttpResponse(status=204)


@require_POST
@members_only
def topic_draft(request: MemberRequest, space: str) -> HttpResponse:
    """Keep the beginning of a conversation (sent by the page every few seconds)."""
    room = spaces.space_by_slug(request.member, request.community, space)
    title, text = request.POST.get("title", ""), request.POST.get("text", "")
    actions.save_draft(by=request.member, place=f"space:{room.pk}", title=title, text=text, now=now())
    return HttpResponse(status=204)


def _kept_files(request: MemberRequest, form: LetterForm) -> tuple[int, ...]:
    """Keep the file of a form that is in order; what the file lacks becomes an error of the form, and no word is lost.

    Before the transaction of the post: to look at a picture takes seconds, and meanwhile nobody else could write.
    """
    if not form.is_bound or not form.is_valid() or not form.cleaned_data["file"]:
        return ()
    upload, owner = form.cleaned_data["file"], request.member.pk
    try:
        kept = store(
            upload, community=request.community, owner_id=owner, name=upload.name, now=now(), **form.said()
        )
        return (kept.pk,)
    except DomainError as refused:
        form.add_error("file", refused.reason)
        return ()


def _once(request: MemberRequest, form: LetterForm, make: Callable[[], str], said: str) -> HttpResponse:
    where = once(token=_token(form), owner=f"m{request.member.pk}", now=now(), make=make)
    messages.success(request, said)
    return redirect(where)


def _token(form: LetterForm) -> str:
    """Return the token of this form with these words: other words, typed after the back button, are another answer."""
    token, said = form.cleaned_data["form_token"], form.cleaned_data
    words = "\0".join([said.get("title", ""), said["text"], getattr(said["file"], "name", "")])
    return blake2s(words.encode(), digest_size=8).hexdigest() + token if token else ""


def _address(topic: Topic, number: int) -> str:
    return get_script_prefix() + path_of(topic.space.slug, topic.public_id, number)
