"""What every page is given: one object, `shell`. Each part is worked out only when a template asks for it."""

from collections.abc import Hashable
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils.http import urlencode
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from hearth.ui import names, navigation
from hearth.ui.memory import here_and_now
from hearth.ui.onward import Onward, onward_from
from hearth.ui.reading import Reading, reading_of
from hearth.ui.standing import Standing, standing_on


class Shell:
    """The frame of one page: place, person, language, reading, messages. Assumes nothing: an error page has it too."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def community(self) -> Any:
        """The community of this page, or None on pages of the network."""
        return getattr(self._request, "community", None)

    @cached_property
    def member(self) -> Any:
        """The reader as a member of this community, or None."""
        return getattr(self._request, "member", None)

    @cached_property
    def name(self) -> str:
        """What stands at the top: the community's name, or the network's."""
        named = self.community or getattr(self._request, "network", None)
        return str(getattr(named, "name", "") or _("Hearth"))

    @cached_property
    def mark_url(self) -> str:
        """Address of the community's picture mark, empty where it has none."""
        return str(getattr(self.community, "mark_url", "") or "")

    @cached_property
    def letters(self) -> str:
        """The letters that stand beside the community's name where it has no picture mark."""
        return str(getattr(self.community, "mark", "") or "")

    @cached_property
    def brand_css(self) -> str:
        """Address of the community's own colours, empty where it has none."""
        return str(getattr(self.community, "brand_css_url", "") or "")

    @cached_property
    def purpose(self) -> str:
        """The purpose sentence of the community, empty as long as there is none."""
        return str(getattr(self.community, "purpose_sentence", "") or "")

    @cached_property
    def purpose_url(self) -> str:
        """Where one reads more about the purpose."""
        return navigation.purpose_address()

    @cached_property
    def purpose_language(self) -> str:
        """The language in which the purpose sentence stands."""
        return str(getattr(self.community, "purpose_language", "") or "")

    @cached_property
    def reading(self) -> Reading:
        """How this person wants to read."""
        return reading_of(self._request)

    @cached_property
    def here(self) -> Hashable:
        """Language, time zone and day: what every remembered part depends on."""
        return here_and_now()

    @cached_property
    def language(self) -> str:
        """The language of this page."""
        return get_language() or settings.LANGUAGE_CODE

    @cached_property
    def direction(self) -> str:
        """`rtl` or `ltr`."""
        return "rtl" if get_language_bidi() else "ltr"

    @cached_property
    def languages(self) -> tuple[tuple[str, str], ...]:
        """The languages on offer, each by its own name."""
        return tuple((code, names.lang_name(code)) for code, _own in settings.LANGUAGES)

    @cached_property
    def nav(self) -> list[navigation.NavItem]:
        """The main words."""
        return navigation.main_items(self._request)

    @cached_property
    def corner(self) -> list[navigation.NavItem]:
        """The words in the corner: one's own account, or the way in."""
        return navigation.corner_items(self._request)

    @cached_property
    def places(self) -> Hashable:
        """All words at the top: what decides how they look."""
        return tuple(self.nav), tuple(self.corner)

    @cached_property
    def messages(self) -> list[tuple[str, str]]:
        """What just happened, as (kind of notice, words)."""
        kinds = {"success": "good", "warning": "care", "error": "danger"}
        return [
            (kinds.get(said.level_tag, "info"), str(said.message)) for said in get_messages(self._request)
        ]

    @cached_property
    def standing(self) -> Standing | None:
        """What those who look after this community have to know on every page, until it is put right."""
        return standing_on(self._request)

    @cached_property
    def onward(self) -> Onward | None:
        """The way back to what this person is in the middle of."""
        return onward_from(self._request)

    @cached_property
    def looking(self) -> Any:
        """As whom this page is shown, where somebody looks with other eyes: `name`, and `end`, the address that ends it."""
        return getattr(self._request, "looking", None)

    @cached_property
    def home(self) -> str:
        """The first page of this community, or of the network."""
        return get_script_prefix()

    @cached_property
    def path(self) -> str:
        """This page's address without its query."""
        return self._request.path

    @cached_property
    def full_path(self) -> str:
        """This page's address, to come back to; the first page where this one answered a form."""
        return self._request.get_full_path() if self._request.method == "GET" else self.home

    @cached_property
    def back(self) -> str:
        """`?next=` and this page's address, for pages that lead back here."""
        return "?" + urlencode({"next": self.full_path})


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context processor."""
    return {"shell": Shell(request)}
