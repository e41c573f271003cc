"""Entrances: the people of a community, and how somebody becomes one of them."""

from hearth.members.views.people import people, person, photo, photo_remove, profile

__all__ = ["people", "person", "photo", "photo_remove", "profile"]
