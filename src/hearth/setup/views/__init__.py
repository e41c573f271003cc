"""Entrances of the first run."""
