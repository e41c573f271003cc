"""Pages of sign-in and of a person's account."""
