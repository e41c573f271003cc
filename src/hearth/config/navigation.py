"""The words at the top of every page: today, talk, people, search; "Meet" takes its place after Talk with part 6."""

from django.http import HttpRequest
from django.utils.translation import pgettext_lazy

from hearth.ui.navigation import Place, fill


def install() -> None:
    """Hand the words to the shell."""
    fill(
        community=[
            Place(pgettext_lazy("navigation", "Today"), "today", "sun", front=True),
            Place(pgettext_lazy("navigation", "Talk"), "talk", "messages-square"),
            Place(pgettext_lazy("navigation", "People"), "people", "users"),
            Place(pgettext_lazy("navigation", "Search"), "search", "search"),
        ],
        signed_in=[
            Place(
                pgettext_lazy("navigation", "Look after"), "look_after", "hand-heart", shown_to=_to_stewards
            ),
            Place(pgettext_lazy("navigation", "My account"), "account", "circle-user"),
        ],
        signed_out=[Place(pgettext_lazy("navigation", "Sign in"), "sign_in", "log-in")],
        purpose="purpose",
    )


def _to_stewards(request: HttpRequest) -> bool:
    member = getattr(request, "member", None)
    return member is not None and member.is_steward
