"""The rules of the house, each a plain function that returns its breaches as sentences; none means in order."""

import ast
import re
import tomllib
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path
from statistics import median

from django.db import models

from tests.guards.tree import SOURCE, Function, Module, functions, imports, modules, templates

# Where the world comes in: these translate, and reach rows through policy, queries and actions only.
ENTRANCES = {"views", "api", "jobs", "inbound", "admin", "middleware", "doors", "listener"}
DOMAIN = {"actions", "policy", "queries", "models", "enums"}
MANAGERS = {"objects", "_default_manager", "_base_manager"}

MOST_LINES = {"function": 40, "view": 20, "file": 300, "template": 120}

# Rows of the whole deployment, which belong to no one community.
DEPLOYMENT_MODELS = {
    "accounts.Account": "one person signs in once and may be a member of several communities",
    "accounts.ContactPoint": "an address of an account, which is the deployment's",
    "accounts.SignInChallenge": "asked for before anybody knows who it is; community only says where",
    "channels.MailAccount": "one mail server sends for all communities",
    "channels.MailTest": "a test of that mail server by the person who runs it",
    "communities.Community": "the tenant itself",
    "communities.Network": "the umbrella, one row",
    "core.FormToken": "holds a random token and an address, nothing that a member wrote",
    "core.LiveNumber": "a number by the public id of a thing; one query serves whoever waits, of every community",
    "core.RateWindow": "counts by hashed keys across communities, so that a limit cannot be walked around",
    "setup.Beginning": "answers given before there is a community; later it points to the one it became",
    "happenings.Reaction": "part of its happening, reached only through it; the worker serves every community",
}

# What libraries call by these names.
NAMES_OF_LIBRARIES = {
    "handle_RCPT",
    "handle_DATA",
    "handle_EHLO",
    "handle_MAIL",
    "process_exception",
    "process_view",
}
BAD_BEGINNINGS = ("do_", "handle_", "process_")
BAD_WORDS = {"manager", "service", "services", "util", "utils", "helper", "helpers", "common", "misc"}

# Actions that take one thing without a keyword, because the call then reads as a sentence.
FIRST_ARGUMENT = {
    "happenings/actions.py:record": "kind: the verb of what happened; every package calls it",
    "files/actions.py:store": "upload: the thing stored",
    "files/actions.py:prepare": "upload: the thing stored",
    "files/actions.py:keep": "prepared: the thing kept",
    "files/actions.py:store_photo": "upload: the thing stored",
    "search/actions.py:index": "entries: the things indexed",
    "search/actions.py:forget": "kind and ids: the things forgotten",
    "search/actions.py:rebuild": "entries: the things indexed",
    "transfer/actions/imports.py:import_posts": "records: a stream, read once",
}


def untenanted(all_models: Iterable[type[models.Model]], deployment: Mapping[str, str]) -> list[str]:
    """Every model has a tenant key and a manager that refuses without a scope, or stands in the list with a reason."""
    breaches, seen = [], set()
    for model in all_models:
        label = model._meta.label
        seen.add(label)
        if label in deployment:
            continue
        if "community" not in {field.name for field in model._meta.get_fields()}:
            breaches.append(
                f"{label} has no community: it is no tenant's, and it is not in the list of deployment models"
            )
        # A plain manager would read every community's rows.
        elif not hasattr(getattr(model, "objects", None), "with_scopes_disabled"):
            breaches.append(f"{label}.objects is not scoped to the community")
    return breaches + [f"{label} is in the list but is no model any more" for label in set(deployment) - seen]


def climbing_relations(all_models: Iterable[type[models.Model]]) -> list[str]:
    """A foreign key that points into another package leaves no name behind there."""
    return [
        f"{model._meta.label}.{field.name} points to {field.related_model._meta.label} without related_name='+'"
        for model in all_models
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField | models.OneToOneField)
        and not isinstance(field.related_model, str)
        and field.related_model._meta.app_label != model._meta.app_label
        and field.model is model
        and field.remote_field.related_name != "+"
    ]


def rows_in_entrances(source: Path = SOURCE) -> list[str]:
    """Nothing that comes from outside reaches rows but through policy, queries and actions."""
    return [
        f"{module.name}:{node.lineno} uses .{node.attr}"
        for module in modules(source)
        if module.room in ENTRANCES
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS
    ]


def positional_actions(source: Path = SOURCE) -> list[str]:
    """Actions take keywords only, the actor first."""
    breaches = []
    for one in _actions(source):
        given = one.node.args
        if one.where in FIRST_ARGUMENT:
            continue
        breaches += [
            f"{one.where} takes {free.arg} without a keyword" for free in (*given.posonlyargs, *given.args)
        ]
        names = [argument.arg for argument in given.kwonlyargs]
        if "by" in names and names[0] != "by":
            breaches.append(f"{one.where} does not name the actor first")
    return breaches


def _actions(source: Path) -> list[Function]:
    """Return the functions of actions.py, and of a folder actions/ those that it shows to the outside."""
    shown = {
        (Path(module.name).parts[0], str(name.value))
        for module in modules(source)
        if module.name.endswith("actions/__init__.py")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.List)
        for name in node.value.elts
        if isinstance(name, ast.Constant)
    }
    return [
        one
        for one in functions(source)
        if one.module.room == "actions"
        and "." not in one.where.partition(":")[2]
        and not one.node.name.startswith("_")
        and ("/actions/" not in one.where or (Path(one.module.name).parts[0], one.node.name) in shown)
    ]


def requests_in_domain(source: Path = SOURCE) -> list[str]:
    """Actions, policies, queries and models know nothing of the web."""
    breaches = []
    for module in (one for one in modules(source) if one.room in DOMAIN):
        breaches += [
            f"{module.name}:{line} imports {name}"
            for name, line in imports(module)
            if name.startswith(("django.http.", "django.shortcuts.", "django.contrib.messages"))
        ]
        breaches += [
            f"{module.name}:{node.lineno} takes a request"
            for node in ast.walk(module.tree)
            if isinstance(node, ast.arg) and node.arg == "request"
        ]
    return breaches


def forms_and_actions(source: Path = SOURCE) -> list[str]:
    """Forms know the shape of input, actions what may be done with it; neither imports the other."""
    breaches = []
    for module in modules(source):
        other = {"forms": "actions", "actions": "forms"}.get(module.room)
        breaches += [
            f"{module.name}:{line} imports {name}"
            for name, line in imports(module)
            if other and name.startswith("hearth.") and other in name.split(".")
        ]
    return breaches


def entrances_import_each_other(source: Path = SOURCE) -> list[str]:
    """Entrances never import each other's pages or jobs; doors and middleware are made to be shared."""
    kinds = {"views", "api", "jobs", "admin"}
    return [
        f"{module.name}:{line} imports {name}"
        for module in modules(source)
        if module.room in kinds
        for name, line in imports(module)
        if name.startswith("hearth.")
        and set(name.split(".")[2:3]) & kinds
        and name.split(".")[1:3] != [Path(module.name).parts[0], module.room]
    ]


def signals(source: Path = SOURCE) -> list[str]:
    """Our own logic follows from happenings, never from signals of models."""
    return [
        f"{module.name}:{line} imports {name}"
        for module in modules(source)
        for name, line in imports(module)
        if re.match(r"django\.(db\.models\.signals|db\.backends\.signals|dispatch)", name)
    ]


def unfit_names(source: Path = SOURCE) -> list[str]:
    """A name says what it is about; these words say nothing."""
    breaches = []
    for module in modules(source):
        stem = set(re.split(r"[_/.]", module.name))
        breaches += [f"{module.name} is called {word}" for word in sorted(stem & BAD_WORDS)]
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                breaches += _unfit(module, node)
    return breaches


def _unfit(module: Module, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> list[str]:
    if node.name in NAMES_OF_LIBRARIES:
        return []
    words = {word.lower() for word in re.findall(r"[A-Z]?[a-z]+", node.name)}
    bad = bool(words & BAD_WORDS) or node.name.lstrip("_").startswith(BAD_BEGINNINGS)
    return [f"{module.name}:{node.lineno} {node.name} says nothing of its subject"] if bad else []


def inline_code(source: Path = SOURCE) -> list[str]:
    """Pages carry no style or script of their own, so that the policy for content can forbid it. Mail knows only inline."""
    patterns = {
        "an inline style": r"<[^>]*\sstyle\s*=",
        "a script without address": r"<script(?![^>]*\ssrc=)",
        "an attribute that runs": r"<[^>]*\son[a-z]+\s*=",
        "a style of its own": r"<style[\s>]",
        "an address that runs": r"javascript:",
        "an htmx attribute that runs": r"hx-on|hx-vals\s*=\s*[\"']js:",
    }
    return [
        f"{name} has {what}"
        for name, text in templates(source)
        if "/mail/" not in name
        for what, pattern in patterns.items()
        if re.search(pattern, text, re.IGNORECASE)
    ]


def sizes(source: Path = SOURCE) -> dict[str, tuple[int, int]]:
    """Return what is longer than it may be: name -> (lines, most lines)."""
    long = {}
    for one in functions(source):
        most = MOST_LINES["view" if one.module.room == "views" else "function"]
        if one.lines > most:
            long[one.where] = (one.lines, most)
    found = chain(
        ((one.name, one.text, "file") for one in modules(source)),
        ((*one, "template") for one in templates(source)),
    )
    for name, text, kind in found:
        if text.count("\n") > MOST_LINES[kind]:
            long[name] = (text.count("\n"), MOST_LINES[kind])
    return long


def too_long(source: Path, allowed: Mapping[str, int]) -> list[str]:
    """Nothing is longer than it may be, but for what the list still allows; the list only gets shorter."""
    found = sizes(source)
    breaches = [
        f"{name} has {lines} lines; {allowed.get(name, most)} are allowed"
        for name, (lines, most) in found.items()
        if lines > allowed.get(name, most)
    ]
    for name, lines in allowed.items():
        now = found.get(name, (0, 0))[0]
        if now < lines:
            breaches.append(
                f"{name} has {now or 'no longer too many'} lines: lower or drop its entry ({lines})"
            )
    return breaches


def allowed_sizes() -> dict[str, int]:
    """Return the exceptions that stand at this moment."""
    file = Path(__file__).with_name("sizes.toml")
    return {str(name): int(lines) for name, lines in tomllib.loads(file.read_text())["longer"].items()}


def median_lines(source: Path = SOURCE) -> float:
    """Return the length of the middle one of all functions."""
    return float(median(one.lines for one in functions(source)))
