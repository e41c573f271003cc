"""First run: a community of one's own; the sample network, in and out."""

from hearth.setup.actions.founding import Beginning, begin_community
from hearth.setup.actions.sample import load_sample, remove_sample

__all__ = ["Beginning", "begin_community", "load_sample", "remove_sample"]
