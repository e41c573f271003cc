"""The template engine: Jinja2 with our words, icons and dates. Thin on purpose, since every page pays for it.

A template name may end in `#block` (`"spaces/topics.html#rows"`): then only that block is rendered, for htmx.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, cast

import jinja2
from django.template import TemplateDoesNotExist
from django.template.backends.jinja2 import Jinja2
from django.template.backends.jinja2 import Template as WholeTemplate
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext, ngettext, npgettext, pgettext
from lucide.jinja import lucide
from markupsafe import Markup

from hearth.ui import dates, names
from hearth.ui.addresses import address
from hearth.ui.memory import remember

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
        return BlockTemplate(whole.template, self, block) if block else whole


class BlockTemplate(WholeTemplate):
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


def environment(**options: Any) -> jinja2.Environment:
    """The Jinja2 environment with our globals and filters; `options` come from Django's backend."""
    options.setdefault("bytecode_cache", jinja2.FileSystemBytecodeCache(pattern=BYTECODE))
    made = jinja2.Environment(  # noqa: S701 - Django's backend switches autoescape on
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"], trim_blocks=True, lstrip_blocks=True, **options
    )
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_callables(  # type: ignore[attr-defined]  # added by the i18n extension
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    made.globals.update(url=url, static=static, icon=icon, tone=names.tone, remember=remember)
    made.filters.update(
        date_long=_of_reader(dates.date_long),
        date_short=_of_reader(dates.date_short),
        ago=_of_reader(dates.ago),
        time_iso=dates.time_iso,
        bdi=bdi,
        initials=names.initials,
        lang_name=_of_reader(names.lang_name),
    )
    return made


def url(route: str, /, **parts: Any) -> str:
    """The address of a named route, inside the community that the request is for."""
    return reverse(route, kwargs=parts) if parts else address(route)


@cache
def icon(name: str) -> Markup:
    """A Lucide icon as inline SVG, silent to screen readers: a word always stands beside it."""
    # Arrows and the like point the other way where people read from right to left.
    kind = "icon icon-turns" if name.startswith(TURNING) else "icon"
    drawn = lucide(name, size=24, **{"class": kind, "aria-hidden": "true", "focusable": "false"})
    return Markup(" ".join(str(drawn).split()))  # noqa: S704 - drawn from a package, names come from templates


def bdi(text: str) -> Markup:
    """A name inside a sentence, kept from turning the sentence's direction: `_("%(name)s, today", name=name|bdi)`."""
    return Markup("<bdi>{}</bdi>").format(text)


def _of_reader(filter_: Any) -> Any:
    # Taking the context keeps Jinja2 from working the filter out once, at compile time, in whatever language comes first.
    @jinja2.pass_context
    def filtered(_context: Any, *args: Any, **kwargs: Any) -> str:
        return str(filter_(*args, **kwargs))

    return filtered
