"""First run: the sample network, in and out."""

from hearth.setup.actions.sample import load_sample, remove_sample

__all__ = ["load_sample", "remove_sample"]
