"""The only code that writes what belongs to the purpose. Those of the workshop stand in files of their own."""

from hearth.purpose.actions.adopting import adopt
from hearth.purpose.actions.interviewing import (
    adopt_interview,
    begin,
    choose_language,
    say_how_it_speaks,
    set_aside,
    take_up,
    write,
)
from hearth.purpose.actions.keeping import be_named, recheck, show_in_network
from hearth.purpose.actions.laddering import call_it_why, take_rung_away, write_rung
from hearth.purpose.actions.lending import lend, take_back
from hearth.purpose.actions.translating import check_text, translate

__all__ = [
    "adopt",
    "adopt_interview",
    "be_named",
    "begin",
    "call_it_why",
    "check_text",
    "choose_language",
    "lend",
    "recheck",
    "say_how_it_speaks",
    "set_aside",
    "show_in_network",
    "take_back",
    "take_rung_away",
    "take_up",
    "translate",
    "write",
    "write_rung",
]
