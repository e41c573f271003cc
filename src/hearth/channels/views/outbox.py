"""Entrances: what went out and what came in, for the operator."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hearth.channels import queries, ways
from hearth.channels.compose import message_for
from hearth.core.errors import NotFound
from hearth.core.http import page_number
from hearth.core.tenancy import across_communities
from hearth.members.doors import operators_only
from hearth.members.requests import NetworkRequest

MAILS_PER_PAGE = 30


@require_safe
@operators_only
def outbox(request: NetworkRequest) -> HttpResponse:
    """List every mail that went out or waits, newest first."""
    with across_communities():  # the operator looks after the whole deployment
        pages = Paginator(queries.outbox(), MAILS_PER_PAGE)
        number = page_number(request)
        if number > pages.num_pages:
            raise NotFound("")
        shown = {"page": pages.page(number), "pages": pages.num_pages, "counts": queries.outbox_counts()}
        shown["has_server"] = ways.goes_out()
        return render(request, "channels/outbox.html", shown)


@require_safe
@operators_only
def outbox_mail(request: NetworkRequest, delivery_id: int) -> HttpResponse:
    """Show one mail as its receiver gets it: the head, the words, and what became of it."""
    with across_communities():  # the operator looks after the whole deployment
        delivery = queries.outbox().filter(pk=delivery_id).first()
        if delivery is None:
            raise NotFound("")
        message = message_for(delivery, sender=ways.sender())
        plain = message.get_body(("plain",))
        shown = {
            "delivery": delivery,
            "head": list(message.items()),
            "text": plain.get_content() if plain else "",
        }
        return render(request, "channels/outbox_mail.html", shown)


@require_safe
@operators_only
def inbox(request: NetworkRequest) -> HttpResponse:
    """List the mails that came in and what became of each."""
    with across_communities():  # the operator looks after the whole deployment
        pages = Paginator(queries.inbox(), MAILS_PER_PAGE)
        number = page_number(request)
        if number > pages.num_pages:
            raise NotFound("")
        return render(request, "channels/inbox.html", {"page": pages.page(number), "pages": pages.num_pages})
