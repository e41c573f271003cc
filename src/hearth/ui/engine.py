"""The template engine: Jinja2 with our words, icons and dates. Thin on purpose, since every page pays for it.

A template name may end in `#block` (`"spaces/topics.html#rows"`): then only that block is rendered, for htmx.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cache, lru_cache
from types import FunctionType
from typing import Any, cast

import jinja2
from django.core.files.storage import storages
from django.http import HttpRequest
from django.template import TemplateDoesNotExist
from django.template.backends.jinja2 import Jinja2
from django.template.backends.jinja2 import Template as WholeTemplate
from django.template.backends.utils import csrf_input
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, Macro
from lucide.jinja import lucide
from markupsafe import Markup, escape

from hearth.ui import dates, names
from hearth.ui.addresses import address
from hearth.ui.memory import remember
from hearth.ui.mould import StandIn, mould, mouldable

# Raise the number when an option of `environment` changes: compiled templates of the old kind must not be found again.
BYTECODE = "__hearth_1_%s.cache"
TURNING = ("arrow-left", "arrow-right", "chevron-left", "chevron-right", "reply", "send")


class Jinja(Jinja2):
    """Django's Jinja2 backend, set up for Hearth: `templates/` in every app, and nothing undefined passes in silence."""

    app_dirname = "templates"

    def __init__(self, params: Mapping[str, Any]) -> None:
        options = {
            "environment": "hearth.ui.engine.environment",
            "undefined": jinja2.StrictUndefined,
            **params["OPTIONS"],
        }
        super().__init__({**params, "OPTIONS": options})

    def get_template(self, template_name: str) -> Any:
        """A whole page, or one block of it where the name ends in `#block`."""
        page, _mark, block = template_name.partition("#")
        whole = super().get_template(page)
        return BlockTemplate(whole.template, self, block) if block else Page(whole.template, self)


class Page(WholeTemplate):
    """A template that is given the token of its forms once, however many forms there are."""

    def render(self, context: dict[str, Any] | None = None, request: HttpRequest | None = None) -> str:
        """As Django's, with a token that is drawn at the first form and stands in all of them."""
        given = {} if context is None else context
        if request is not None:
            given["request"] = request
            given["csrf_input"] = FormToken(request)
            for more in self.backend.template_context_processors:
                given.update(more(request))
        return self.template.render(given)


class FormToken:
    """The hidden field with the token of a page's forms. Asking for it makes Django send the cookie, so it is asked late."""

    __slots__ = ("_made", "_request")

    def __init__(self, request: HttpRequest) -> None:
        self._request, self._made = request, ""

    def __html__(self) -> str:
        self._made = self._made or csrf_input(self._request)
        return self._made


class BlockTemplate(Page):
    """One block of a page. The block imports the components that it uses itself: the rest of the page is not run."""

    def __init__(self, template: jinja2.Template, backend: Jinja, block: str) -> None:
        super().__init__(cast(jinja2.Template, _Block(template, block)), backend)


class _Block:
    def __init__(self, template: jinja2.Template, block: str) -> None:
        if block not in template.blocks:
            raise TemplateDoesNotExist(f"{template.name}#{block}")
        self.name, self.filename = template.name, template.filename
        self._template, self._block = template, block

    def render(self, context: dict[str, Any]) -> str:
        template = self._template
        return "".join(template.blocks[self._block](template.new_context(context)))


class PageContext(Context):
    """Jinja's context, with the two things that each page does dozens of times done sooner."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # All templates have the globals of the environment and no others, so an import need not compare them.
        self.globals_keys = set()

    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call a macro or a plain function of ours at once; anything else as Jinja does."""
        if type(called) is Macro:
            args = (self.eval_ctx, *args)
        elif type(called) is not FunctionType or hasattr(called, "jinja_pass_arg"):
            return super().call(called, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return called(*args, **kwargs)


def environment(**options: Any) -> jinja2.Environment:
    """The Jinja2 environment with our globals and filters; `options` come from Django's backend."""
    options.setdefault("bytecode_cache", jinja2.FileSystemBytecodeCache(pattern=BYTECODE))
    made = jinja2.Environment(  # noqa: S701 - Django's backend switches autoescape on
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"], trim_blocks=True, lstrip_blocks=True, **options
    )
    made.context_class = PageContext
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_callables(  # type: ignore[attr-defined]  # added by the i18n extension
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    made.globals.update(_=words, gettext=words, pgettext=words_in_context, url=url, static=static)
    made.globals.update(icon=icon, tone=mouldable(names.tone), remember=remember, mould=mould)
    made.filters.update(
        date_long=_of_reader(dates.date_long),
        date_short=_of_reader(dates.date_short),
        ago=_of_reader(dates.ago),
        time_iso=mouldable(dates.time_iso),
        moment=_of_reader(moment),
        bdi=mouldable(bdi),
        initials=mouldable(names.initials),
        lang_name=_of_reader(names.lang_name),
    )
    return made


@jinja2.pass_eval_context
def words(page: EvalContext, message: str, /, **values: Any) -> str:
    """The message in the reader's language with the values in it: `_("…")` of templates. Escaped where the page is HTML."""
    return _filled(page, get_language(), "", message, **values)


@jinja2.pass_eval_context
def words_in_context(page: EvalContext, meaning: str, message: str, /, **values: Any) -> str:
    """As `words`, for a message that means several things: `pgettext("…", "…")` of templates."""
    return _filled(page, get_language(), meaning, message, **values)


def _filled(page: EvalContext, language: str | None, meaning: str, message: str, /, **values: Any) -> str:
    if not page.autoescape:
        return str(_words(language, meaning, message)) % values
    return _words(language, meaning, message) % values if values else _whole(language, meaning, message)


@lru_cache(maxsize=16_384)
def _whole(language: str | None, meaning: str, message: str) -> Markup:
    return _words(language, meaning, message) % {}


@lru_cache(maxsize=16_384)
def _words(_language: str | None, meaning: str, message: str) -> Markup:
    # The language is part of the key only: Django's functions speak the active one.
    return Markup(pgettext(meaning, message) if meaning else gettext(message))  # noqa: S704 - ours, from catalogues


def url(route: str, /, **parts: Any) -> Any:
    """The address of a named route, inside the community that the request is for."""
    (name, part), *_others = parts.items() or [("", None)]
    if isinstance(part, StandIn):
        return part.through(lambda value: address(route, **{**parts, name: value}))
    return address(route, **parts)


def static(path: str) -> str:
    """The address of a file that belongs to the pages."""
    return _static(storages["staticfiles"], path)


@lru_cache(maxsize=1024)
def _static(files: Any, path: str) -> str:
    return str(files.url(path))


@cache
def icon(name: str) -> Markup:
    """A Lucide icon as inline SVG, silent to screen readers: a word always stands beside it."""
    # Arrows and the like point the other way where people read from right to left.
    kind = "icon icon-turns" if name.startswith(TURNING) else "icon"
    drawn = lucide(name, size=24, **{"class": kind, "aria-hidden": "true", "focusable": "false"})
    return Markup(" ".join(str(drawn).split()))  # noqa: S704 - drawn from a package, names come from templates


def moment(value: datetime) -> Markup:
    """When something was, as one would say it; the full date for whoever needs it."""
    iso, full, said = dates.spoken(value)
    return Markup(f'<time datetime="{iso}" title="{escape(full)}">{escape(said)}</time>')  # noqa: S704 - all of it escaped


def bdi(text: str) -> Markup:
    """A name inside a sentence, kept from turning the sentence's direction: `_("%(name)s, today", name=name|bdi)`."""
    return Markup("<bdi>{}</bdi>").format(text)


def _of_reader(filter_: Any) -> Any:
    made = mouldable(filter_)

    # Taking the context keeps Jinja2 from working the filter out once, at compile time, in whatever language comes first.
    @jinja2.pass_context
    def filtered(_context: Any, *args: Any, **kwargs: Any) -> Any:
        return made(*args, **kwargs)

    return filtered
