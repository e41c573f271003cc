"""The answer of a policy: yes, or no with the reason that a person will read."""

from dataclasses import dataclass

from hearth.core.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something is allowed; `reason` is a translated sentence when it is not."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        """Raise NotAllowed with the reason unless the answer is yes."""
        if not self.allowed:
            raise NotAllowed(self.reason)


YES = Verdict(True)


def no(reason: str) -> Verdict:
    """Return a refusal with its translated reason."""
    return Verdict(False, reason)
