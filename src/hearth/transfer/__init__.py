"""Imports: what a community brings along from the places where it talked before."""
