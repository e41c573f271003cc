"""Entrances of mail: what went out and came in; how sending is set up and tested. For the operator."""
