"""What the first run and the sample network write."""

from hearth.setup.actions.beginning import begin, found, say_languages, say_name, say_who
from hearth.setup.actions.first_things import Place, put_off, send_letter, settle
from hearth.setup.actions.sample import load_sample, remove_sample

__all__ = [
    "Place",
    "begin",
    "found",
    "load_sample",
    "put_off",
    "remove_sample",
    "say_languages",
    "say_name",
    "say_who",
    "send_letter",
    "settle",
]
