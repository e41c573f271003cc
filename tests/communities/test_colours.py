import pytest

from hearth.communities.actions import found_community
from hearth.communities.colours import contrast, lighter_for_dark, require_contrast
from hearth.core.errors import Invalid
from tests.people import NOW


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#FFFFFF", 21.0),
        ("#FFFFFF", "#FFFFFF", 1.0),
        ("#777777", "#FFFFFF", 4.48),
        ("#0000FF", "#FFFFFF", 8.59),
    ],
)
def test_contrast_is_counted_as_wcag_counts_it(one: str, other: str, ratio: float) -> None:
    assert round(contrast(one, other), 2) == ratio == round(contrast(other, one), 2)


@pytest.mark.parametrize("accent", ["#777777", "#FF8800", "#595959"])
def test_an_accent_that_is_too_light_for_7_to_1_is_refused(accent: str) -> None:
    with pytest.raises(Invalid, match="darker"):
        require_contrast(accent=accent, accent_dark="#FFFFFF")


def test_an_accent_that_is_too_dark_for_dark_paper_is_refused() -> None:
    with pytest.raises(Invalid, match="lighter"):
        require_contrast(accent="#000000", accent_dark="#666666")


@pytest.mark.parametrize("accent", ["#000000", "#8C2F0B", "#00008B", "#004400", "#400040"])
def test_the_accent_for_dark_pages_that_we_choose_can_always_be_read(accent: str) -> None:
    require_contrast(accent=accent, accent_dark=lighter_for_dark(accent))


@pytest.mark.django_db
def test_a_community_is_not_founded_with_a_colour_that_cannot_be_read() -> None:
    with pytest.raises(Invalid):
        found_community(slug="pale", name="Pale", country="IE", languages=["en"], now=NOW, accent="#FFCC00")
