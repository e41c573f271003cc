"""Poster and picture: whole, readable by ear and eye, in languages of both directions."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from hearth.communities.colours import PAPER, contrast
from hearth.core.errors import Invalid
from hearth.purpose.paper.face import Face, WayIn
from hearth.purpose.paper.picture import picture
from hearth.purpose.paper.pieces import Line, PosterWords
from hearth.purpose.paper.poster import poster
from hearth.purpose.parts import FRAMES, Parts, sentence
from tests.paper.pdf import Pdf, attribute

MADE = datetime(2026, 11, 22, 12, tzinfo=UTC)
MARK = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4" fill="#8C2F0B"/></svg>'
FACE = Face("Société de la SEP", "#8C2F0B", MARK, "Two hands around a flame")
WAY_IN = WayIn("https://hearth.example.org/c/ms/", "+41 44 123 45 67", "Mo–Fr 9–12", "hello@ms.example.org")
PARTS = {
    "en": Parts(
        "people in their first year with MS",
        (
            "phone each other before the first infusion",
            "swap tricks for tired days",
            "write to our ministers",
        ),
        "no one has to face a diagnosis alone",
    ),
    "de": Parts(
        "junge Menschen im ersten Jahr mit MS",
        ("einander anzurufen", "Tricks für müde Tage zu tauschen", "gemeinsam zu schreiben"),
        "niemand mit der Diagnose allein ist",
    ),
    "ar": Parts(
        "الأشخاص في عامهم الأول مع التصلب المتعدد",
        ("الاتصال ببعضنا", "تبادل الحيل للأيام المتعبة", "الكتابة معا إلى وزرائنا"),
        "لا يواجه أحد التشخيص وحده",
    ),
    "he": Parts(
        "אנשים בשנתם הראשונה עם טרשת נפוצה",
        ("להתקשר זה לזה", "להחליף טיפים לימים עייפים", "לכתוב יחד לשרים שלנו"),
        "אף אחד לא יתמודד לבד עם האבחנה",
    ),
}
COME_IN = {"en": "Come in", "de": "Komm herein", "ar": "تفضل بالدخول", "he": "בואו פנימה"}
LONG = Parts(
    "Multiplesklerosegesellschaftsmitarbeiterinnenvertretungsraete und alle, die dazugehören",
    ("einander vor jeder Infusion " * 7, "Tricks für die müden Tage " * 8, "den Ministerien schreiben " * 8),
    "niemand mit der Diagnose allein ist und alle dazugehören",
)


def words_in(language: str, parts: Parts | None = None) -> PosterWords:
    parts = parts or PARTS[language]
    return PosterWords(sentence(parts, language), parts)


def make(language: str = "en", words: PosterWords | None = None, **asked: Any) -> Pdf:
    given = {"face": FACE, "way_in": WAY_IN, "made": MADE} | asked
    return Pdf(poster(words or words_in(language), language=language, **given))


# --- the sentence taken apart ---


def test_each_what_stands_on_its_own_line_with_its_words() -> None:
    assert words_in("en").lines() == (
        Line("We bring together", "people in their first year with MS"),
        Line("to", "phone each other before the first infusion", ","),
        Line("", "swap tricks for tired days"),
        Line("and", "write to our ministers", ","),
        Line("so that", "no one has to face a diagnosis alone", "."),
    )


@pytest.mark.parametrize("language", FRAMES)
def test_the_lines_read_one_after_the_other_are_the_sentence(language: str) -> None:
    words = words_in(language, Parts("aa bb", ("cc dd", "ee ff", "gg hh"), "ii jj"))
    read = " ".join(
        f"{line.before}{'' if line.is_joined else ' '}{line.text}{line.after}" for line in words.lines()
    )
    assert read.split() == words.sentence.split()


def test_a_part_is_found_as_a_word_and_not_inside_another() -> None:
    words = PosterWords(
        "Because of us we sing, row and eat, so that us.", Parts("us", ("sing", "row", "eat"), "us")
    )
    assert [line.text for line in words.lines()] == ["us", "sing", "row", "eat", "us"]
    assert words.lines()[0].before == "Because of"


@pytest.mark.parametrize(
    "parts", [Parts(), Parts("not there", ("a", "b", "c"), "d"), replace(PARTS["en"], why="")]
)
def test_a_sentence_smoothed_until_its_parts_are_gone_stays_whole(parts: Parts) -> None:
    words = PosterWords("We meet so that nobody is alone.", parts)
    assert words.lines() == ()
    assert "We meet so that nobody is alone." in make(words=words).text()


# --- the poster ---


@pytest.mark.parametrize("size", ["a4", "a3"])
@pytest.mark.parametrize("language", PARTS)
def test_a_poster_is_one_page_that_a_screen_reader_reads_in_order(language: str, size: Any) -> None:
    pdf = make(language, size=size)
    assert pdf.problems() == []
    assert pdf.pages == 1
    assert str(pdf.root.Lang) == language
    whole = words_in(language).sentence
    said = " ".join(pdf.text().split()).replace(" و ", " و").replace(" ו ", " ו")
    assert said.startswith(f"{FACE.name} {whole} {COME_IN[language]} ")
    assert said.endswith(WAY_IN.email)


def test_a_poster_has_the_size_of_its_paper() -> None:
    for size, box in {"a4": [0, 0, 595, 842], "a3": [0, 0, 842, 1191]}.items():
        pdf = make(size=size)
        page = pdf.file.pages[0]
        assert [round(float(edge)) for edge in page.MediaBox] == box


def test_headings_list_links_and_pictures_are_marked_as_such() -> None:
    pdf = make()
    assert [pdf.text(one) for one in pdf.elements("H1", "H2")] == [FACE.name, "Come in"]
    assert [pdf.text(one) for one in pdf.elements("LBody")] == [
        "phone each other before the first infusion,",
        "swap tricks for tired days",
        "and write to our ministers,",
    ]
    assert [str(one.about["/Alt"]) for one in pdf.elements("Figure")] == [
        "Two hands around a flame",
        "QR code with the address https://hearth.example.org/c/ms/",
    ]
    assert [pdf.text(one) for one in pdf.elements("Link")] == [
        "hearth.example.org/c/ms",
        "hello@ms.example.org",
    ]
    assert str(pdf.file.docinfo["/Title"]) == "Société de la SEP: our purpose"
    assert str(pdf.file.docinfo["/Author"]) == "Société de la SEP"


def test_the_why_is_the_largest_and_nothing_is_under_14_points() -> None:
    pdf = make()
    sizes = {shown.text.strip(): shown.size for shown in pdf.shown if shown.text.strip()}
    assert max(sizes.values()) == next(size for text, size in sizes.items() if text.startswith("no one"))
    assert min(sizes.values()) >= 14


def test_long_words_shrink_and_all_of_them_stay() -> None:
    parts = Parts(LONG.who, tuple(what.strip()[:200] for what in LONG.whats), LONG.why)  # type: ignore[arg-type]
    pdf = make("de", words_in("de", parts))
    assert pdf.problems() == [] and pdf.pages == 1
    said = pdf.text().replace("\u00ad", "").replace("- ", "").replace(" ", "")
    assert sentence(parts, "de").replace(" ", "").replace("-", "") in said
    assert all(shown.height > 0 for shown in pdf.shown)


def test_words_that_no_page_holds_are_refused_and_not_cut_off() -> None:
    with pytest.raises(Invalid, match="too long for this page"):
        make(words=words_in("en", Parts("W" * 300, ("W" * 200, "W" * 200, "W" * 200), "W" * 400)))


@pytest.mark.parametrize(
    "nasty",
    ['#panic("x")', "$ a $ [b] \\c *d* <e> @f", "= heading", '","rtl":true,"', "\u202eevil\u202c", "a" * 60],
)
def test_what_people_write_is_never_a_command(nasty: str) -> None:
    parts = Parts(nasty, ("sing", nasty, "row"), nasty)
    pdf = make(words=words_in("en", parts), face=replace(FACE, name=nasty, mark_alt=nasty))
    assert pdf.problems() == []
    plain = nasty.strip("\u202e\u202c").replace(" ", "")
    assert pdf.text().replace("\u00ad", "").replace("- ", "").replace(" ", "").count(plain) == 4


def test_a_poster_without_mark_phone_and_mail_leaves_no_holes() -> None:
    pdf = make(face=replace(FACE, mark=b"", mark_alt=""), way_in=WayIn(WAY_IN.address))
    assert pdf.problems() == []
    assert pdf.text().endswith("Come in On the web hearth.example.org/c/ms")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_long_address_breaks_and_stays_whole(language: str) -> None:
    address = "https://community." + "m" * 63 + ".example.org/c/the-multiple-sclerosis-society-of-the-north/"
    email = "somebody.with.a.long.name@" + "m" * 63 + ".example.org"
    pdf = make(language, way_in=WayIn(address, "+41 44 123 45 67", "", email))
    assert pdf.problems() == [] and pdf.pages == 1
    said = [pdf.text(link).replace("\u200b", "").replace(" ", "") for link in pdf.elements("Link")]
    assert said == [address.removeprefix("https://").rstrip("/"), email]


@pytest.mark.parametrize(("kind", "size"), [("WEBP", (900, 90)), ("JPEG", (90, 900)), ("PNG", (400, 400))])
def test_a_mark_of_any_shape_leaves_room_for_the_name(kind: str, size: tuple[int, int]) -> None:
    out = BytesIO()
    Image.new("RGB", size, "#8C2F0B").save(out, kind)
    pdf = make(face=replace(FACE, mark=out.getvalue()))
    assert pdf.problems() == [] and pdf.pages == 1
    left, low, right, high = (float(edge) for edge in attribute(pdf.elements("Figure")[0].about, "/BBox"))
    assert 0 < right - left <= 0.4 * 595
    assert 0 < high - low <= 45


def test_the_same_poster_twice_is_the_same_file() -> None:
    first, second = (poster(words_in("ar"), language="ar", face=FACE, way_in=WAY_IN, made=MADE) for _ in "12")
    assert first == second


def test_words_of_ours_that_are_said_in_english_are_marked_as_english() -> None:
    pdf = make("el", PosterWords("Κανείς δεν είναι μόνος.", Parts()))
    assert pdf.problems() == []
    english = [one for one in pdf.elements() if str(one.about.get("/Lang", "")) == "en"]
    assert str(pdf.root.Lang) == "el"
    assert [pdf.text(one)[:7] for one in english] == ["Come in"]
    assert "μόνος" not in pdf.text(english[0])


# --- the face ---


@pytest.mark.parametrize("accent", ["#FFC54D", "#8C2F0B", "#000000", "#FFFFFF", "#00ff00"])
def test_words_in_the_accent_can_be_read_on_paper(accent: str) -> None:
    assert contrast(Face("x", accent).readable_accent, PAPER) >= 7


def test_an_accent_that_can_be_read_stays_as_it_is() -> None:
    assert Face("x", "#8C2F0B").readable_accent == "#8C2F0B"


@pytest.mark.parametrize("wrong", [{"accent": "red"}, {"mark": b"x"}, {"accent": '#8C2F0B"); #panic('}])
def test_a_face_says_what_its_mark_shows_and_writes_its_accent_well(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"accent|mark"):
        Face(**({"name": "x", "accent": "#8C2F0B"} | wrong))


# --- the picture ---


@pytest.mark.parametrize(("shape", "size"), [("wide", (1200, 630)), ("square", (1080, 1080))])
@pytest.mark.parametrize("language", PARTS)
def test_a_picture_has_the_size_of_its_channel_and_its_words(language: str, shape: Any, size: Any) -> None:
    made = picture(words_in(language), language=language, face=FACE, made=MADE, shape=shape)
    image = Image.open(BytesIO(made.png))
    assert image.format == "PNG"
    assert image.size == (made.width, made.height) == size
    assert made.alt == f"Société de la SEP: {words_in(language).sentence}"
    colours = image.convert("RGB").getcolors(1_000_000) or []
    assert {(251, 247, 240), (140, 47, 11), (255, 255, 255)} <= {colour for _count, colour in colours}


def test_the_longest_sentence_fits_on_a_picture() -> None:
    parts = Parts(LONG.who, tuple(what.strip()[:200] for what in LONG.whats), LONG.why)  # type: ignore[arg-type]
    assert picture(words_in("de", parts), language="de", face=FACE, made=MADE).png
