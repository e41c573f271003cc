"""The network (one deployment) and its communities (the tenants)."""

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language

from hearth.core.models import PublicModel


class Network(models.Model):
    """The umbrella: one row a deployment."""

    name = models.CharField(max_length=120)
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_network")]


class Community(PublicModel):
    """One organisation's community: its name, face, languages and switches. The tenant of everything else.

    accent and accent_dark are `#rrggbb`, checked for contrast by the action that sets them (WCAG 1.4.6).
    languages lists codes, the first being the one used when nothing else is known. open_to_visitors: people who have not
    signed in may read the open spaces. begun_at is empty for communities that were there before it was written down.
    """

    slug = models.SlugField(max_length=40, unique=True)
    domain = models.CharField(max_length=120, unique=True, null=True, blank=True)
    name = models.CharField(max_length=120)
    mark = models.CharField(max_length=3, blank=True)
    accent = models.CharField(
        max_length=7, default="#8C2F0B", validators=[RegexValidator("^#[0-9A-Fa-f]{6}$")]
    )
    accent_dark = models.CharField(
        max_length=7, default="#FFB48A", validators=[RegexValidator("^#[0-9A-Fa-f]{6}$")]
    )
    country = models.CharField(max_length=2)
    languages = models.JSONField(default=list)
    time_zone = models.CharField(max_length=60, default="Europe/Brussels")
    purpose_sentences = models.JSONField(default=list, blank=True)
    shows_purpose_in_network = models.BooleanField(default=False)
    help_phone = models.CharField(max_length=40, blank=True)
    help_hours = models.CharField(max_length=120, blank=True)
    help_email = models.EmailField(blank=True)
    open_to_visitors = models.BooleanField(default=False)
    is_sample = models.BooleanField(default=False)
    begun_at = models.DateTimeField(null=True, blank=True)
    logo = models.ForeignKey("files.File", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name_plural = "communities"

    def __str__(self) -> str:
        return self.name

    @property
    def language(self) -> str:
        """The community's first language."""
        return self.languages[0] if self.languages else "en"

    @property
    def purpose_sentence(self) -> str:
        """The purpose in the reader's language where it is there in it, else as adopted; empty where there is none."""
        return self._purpose()[1]

    @property
    def purpose_language(self) -> str:
        """The language of `purpose_sentence`."""
        return self._purpose()[0]

    def _purpose(self) -> tuple[str, str]:
        known = dict(self.purpose_sentences)
        wanted = (get_language() or "").partition("-")[0]
        found = wanted if wanted in known else next(iter(known), "")
        return found, known.get(found, "")

    @property
    def brand_css_url(self) -> str:
        """Address of the stylesheet with this community's colours; it changes with them, so it may be kept for long."""
        return reverse("brand_css", kwargs={"colours": f"{self.accent[1:]}-{self.accent_dark[1:]}".lower()})

    @property
    def mark_url(self) -> str:
        """Address of the small version of the logo, which changes with it; empty where there is none."""
        if self.logo_id is None or self.logo is None:
            return ""
        return reverse("mark", kwargs={"file": self.logo.public_id})
