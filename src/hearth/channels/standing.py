"""The notice that stands on a community's pages, for those who look after it, while no e-mail can go out."""

from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from hearth.channels import ways
from hearth.communities import links
from hearth.ui.standing import Standing


def no_mail(request: HttpRequest) -> Standing | None:
    """Return the notice for stewards of this community and for operators; nothing for members, without any query.

    For the others it costs no query either but once in `MAIL_MEMORY_SECONDS`. Sample communities send nothing on purpose.
    """
    community = getattr(request, "community", None)
    account, member = getattr(request, "account", None), getattr(request, "member", None)
    is_operator, is_steward = getattr(account, "is_operator", False), getattr(member, "is_steward", False)
    if community is None or not (is_operator or is_steward):
        return None
    if community.is_sample or ways.goes_out():
        return None
    words = _("E-mail is not set up. Invitations and answers wait here until it is.")
    if is_operator:
        # On a host of its own the community's paths are not the network's.
        back = "" if community.domain else f"?{urlencode({'next': request.path})}"
        return Standing(words, _("Set up e-mail"), links.absolute(None, "mail") + back)
    name = ways.operator_name()
    ask = _("Ask %(name)s, who runs this server, to set it up.") % {"name": name}
    return Standing(f"{words} {ask if name else _('Ask the person who runs this server to set it up.')}")
