"""What things are, for the packages that may not know features: search, files, mail."""

from hearth.conversations.subjects import POST

SUBJECTS = [POST]
