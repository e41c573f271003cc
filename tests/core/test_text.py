"""Promises of core.text about what people write: nothing harmful comes through, nothing readable is lost."""

import json
import re
from pathlib import Path
from time import process_time

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearth.core.text import (
    clean_html,
    excerpt,
    first_sentences,
    fold,
    html_to_text,
    strip_controls,
    text_to_html,
)
from hearth.core.text_html import _CLEANER

ATTACKS = Path(__file__).resolve().parents[3] / "shared" / "data" / "attacks" / "xss-payloads.json"
REL = 'rel="nofollow ugc noopener noreferrer"'
WRITTEN = st.text(
    alphabet=st.sampled_from("ab zß\u202e\u0000\ud800<>&\"'-*.:/|+1)w\t\n\xa0é漢#@(") | st.characters(),
    max_size=120,
) | st.lists(
    st.sampled_from(
        [
            "> ",
            ">",
            "- ",
            "1. ",
            "    ",
            "http://a.de/(x)",
            "www.b.org.",
            "https://[",
            "--",
            "\n",
            "\n\n",
            "word",
            "a  |  b",
            "=====",
            "<b>",
            "&lt;",
        ]
    ),
    max_size=30,
).map("".join)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", strip_controls(text))


def tags(html: str) -> list[str]:
    return re.findall(r"<[^>]*>", html)


class TestTextToHtml:
    def test_parts_paragraphs_at_empty_lines_and_keeps_line_breaks(self) -> None:
        assert (
            text_to_html("Hello Ann,\nhow are you?\n\nBen") == "<p>Hello Ann,<br>how are you?</p><p>Ben</p>"
        )

    def test_escapes_every_character_that_means_something(self) -> None:
        assert text_to_html("a <b> & \"c\" 'd'") == "<p>a &lt;b&gt; &amp; \"c\" 'd'</p>"

    def test_makes_lists_of_dashes_and_of_numbers(self) -> None:
        assert text_to_html("Bring:\n- tea\n- cake\nThanks") == (
            "<p>Bring:</p><ul><li>tea</li><li>cake</li></ul><p>Thanks</p>"
        )
        assert text_to_html("3. tea\n4. cake\n9. salt") == (
            '<ol start="3"><li>tea</li><li>cake</li><li value="9">salt</li></ol>'
        )

    def test_leaves_one_dash_inside_a_paragraph_alone(self) -> None:
        assert (
            text_to_html("He came\n- as always - late\nand left")
            == "<p>He came<br>- as always - late<br>and left</p>"
        )

    def test_joins_a_list_that_empty_lines_part(self) -> None:
        assert text_to_html("- a\n\n- b") == "<ul><li>a</li><li>b</li></ul>"

    def test_nests_quotes_and_keeps_the_answer_outside(self) -> None:
        assert text_to_html("Ann wrote:\n> one\n>> two\n>\n> three\n\nMy answer") == (
            "<p>Ann wrote:</p><blockquote><p>one</p><blockquote><p>two</p></blockquote><p>three</p></blockquote>"
            "<p>My answer</p>"
        )

    def test_links_addresses_without_the_marks_of_the_sentence(self) -> None:
        assert text_to_html("See https://a.org/x_(y)?p=1&q=2, (www.b.org)!") == (
            f'<p>See <a href="https://a.org/x_(y)?p=1&amp;q=2" {REL}>https://a.org/x_(y)?p=1&amp;q=2</a>, '
            f'(<a href="https://www.b.org" {REL}>www.b.org</a>)!</p>'
        )

    @pytest.mark.parametrize(
        "text", ["javascript://a.org", "http://", "https://user@evil.org/", "http://a..b/", "x@www.a.org"]
    )
    def test_links_nothing_else(self, text: str) -> None:
        assert "<a" not in text_to_html(text)

    def test_keeps_the_columns_of_code_and_tables(self) -> None:
        assert text_to_html("Code:\n\n    x <- 1\n\n      y\n\nname    age\nAnn      41\nBenno    7") == (
            "<p>Code:</p><pre>    x &lt;- 1\n\n      y\n\nname    age\nAnn      41\nBenno    7</pre>"
        )

    def test_keeps_the_indents_of_a_program(self) -> None:
        program = "f <- function(x) {\n  y <- x\n  y + g(x)\n}"
        assert text_to_html(program) == f"<pre>{program.replace('<', '&lt;')}</pre>"
        assert (
            text_to_html("Dear all,\n  I am new here\n  and glad")
            == "<p>Dear all,<br>I am new here<br>and glad</p>"
        )

    def test_joins_lines_that_a_mail_program_broke_but_not_those_ended_by_hand(self) -> None:
        mail = (
            "The physiotherapist showed us three exercises that one can do while\nsitting, and I liked them.\n"
            "Kind regards\nAnn"
        )
        assert text_to_html(mail, hard_wrapped=True) == (
            "<p>The physiotherapist showed us three exercises that one can do while\nsitting, and I liked them.<br>"
            "Kind regards<br>Ann</p>"
        )
        assert text_to_html(mail).count("<br>") == 3

    def test_parts_the_signature_from_the_text(self) -> None:
        assert text_to_html("See you\n-- \nAnn\nBern") == "<p>See you</p><p>--<br>Ann<br>Bern</p>"

    @settings(max_examples=100, deadline=None)
    @given(WRITTEN, st.booleans())
    def test_loses_no_word(self, text: str, hard_wrapped: bool) -> None:
        shown = html_to_text(re.sub(r"<hr>", "", text_to_html(text, hard_wrapped=hard_wrapped)))
        assert sorted(words(shown)) == sorted(words(text))

    @settings(max_examples=100, deadline=None)
    @given(WRITTEN, st.booleans())
    def test_needs_no_cleaning(self, text: str, hard_wrapped: bool) -> None:
        html = text_to_html(text, hard_wrapped=hard_wrapped)
        assert tags(_CLEANER.clean(html)) == tags(html)

    @pytest.mark.skipif(
        not ATTACKS.exists(), reason="the shared collection of attacks is not on this machine"
    )
    def test_needs_no_cleaning_for_any_known_attack(self) -> None:
        for attack in json.loads(ATTACKS.read_text()):
            html = text_to_html(attack["payload"])
            assert tags(_CLEANER.clean(html)) == tags(html)


class TestCleanHtml:
    def test_keeps_what_people_write_with(self) -> None:
        html = '<p lang="de" dir="ltr">a <strong>b</strong><br>c</p><ul><li>d</li></ul><blockquote><pre><code>e</code></pre></blockquote>'
        assert clean_html(html) == html

    def test_takes_out_what_could_harm_or_disguise(self) -> None:
        assert (
            clean_html(
                '<p style="color:red" class="x" id="y" onclick="z()">a<script>b()</script><style>c{}</style><img src=d></p>'
            )
            == "<p>a</p>"
        )

    def test_links_only_to_the_web_and_to_mail(self) -> None:
        assert (
            clean_html('<a href="https://a.org" target="_top">a</a>')
            == f'<a href="https://a.org" {REL}>a</a>'
        )
        assert clean_html('<a href="mailto:ann@a.org">a</a>') == f'<a href="mailto:ann@a.org" {REL}>a</a>'
        for href in (
            "javascript:x()",
            "//evil.org",
            "/path",
            "data:text/html,x",
            "ftp://a.org",
            "java\nscript:x()",
        ):
            assert "href" not in clean_html(f'<a href="{href}">a</a>')

    def test_parts_the_words_of_blocks_that_it_does_not_know(self) -> None:
        assert clean_html("<section>one</section><center>two</center><h1>three</h1>") == (
            "<div>one</div><div>two</div><h2>three</h2>"
        )

    def test_balances_what_was_left_open(self) -> None:
        assert clean_html("<p><b>a<i>b</p>") == "<p><b>a<i>b</i></b></p>"

    def test_keeps_the_words_of_text_nested_without_end(self) -> None:
        cleaned = clean_html("<blockquote>" * 5000 + "deep" + "</blockquote>" * 5000 + "<p>after</p>")
        assert html_to_text(cleaned).split()[-2:] == ["deep", "after"]
        assert cleaned.count("<blockquote>") == 100

    @pytest.mark.skipif(
        not ATTACKS.exists(), reason="the shared collection of attacks is not on this machine"
    )
    def test_leaves_nothing_of_any_known_attack(self) -> None:
        allowed = nh3.Cleaner(link_rel=None, attributes={"*": {"lang", "dir"}, "a": {"href", "rel"}, "ol": {"start"}, "li": {"value"},
            "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan", "scope"}}, url_schemes={"http", "https", "mailto"}, url_relative="deny")  # fmt: skip
        for attack in json.loads(ATTACKS.read_text()):
            cleaned = clean_html(attack["payload"])
            assert tags(allowed.clean(cleaned)) == tags(cleaned)
            assert not re.search(r"<[^>]*\son\w+=|<script|<style|javascript:[^<]*>", cleaned)


class TestHtmlToText:
    def test_writes_blocks_lists_quotes_and_links_readably(self) -> None:
        html = (
            '<h2>Today</h2><p>Read <a href="https://a.org">this</a>:</p><ol start="2"><li>one</li><li><p>two</p><p>more</p></li></ol>'
            "<blockquote><p>said</p><blockquote>before</blockquote></blockquote><div>a<br>b</div><pre>x\n  y</pre>"
        )
        assert html_to_text(html).split("\n") == [
            "Today", "", "Read this (https://a.org):", "", "2. one", "3. two", "", "   more", "", "> said", ">", "> > before",
            "", "a", "b", "", "x", "  y",
        ]  # fmt: skip

    def test_parts_the_cells_of_a_table(self) -> None:
        assert html_to_text("<table><tr><th>Name<th>Age<tr><td>Ann<td>41</table>") == "Name | Age\nAnn | 41"

    def test_shows_an_address_once_where_it_is_its_own_text(self) -> None:
        assert (
            html_to_text('<a href="https://a.org/x">a.org/x</a> <a href="mailto:b@c.org">b@c.org</a>')
            == "a.org/x b@c.org"
        )


class TestStripControls:
    def test_takes_out_what_databases_refuse_and_readers_cannot_see(self) -> None:
        assert strip_controls("a\x00b\ud83dc\x1b[0m\ufeffd\u202ee\x9f") == "abc[0mde"

    def test_makes_every_end_of_line_a_newline(self) -> None:
        assert strip_controls("a\r\nb\rc\u2028d\x0be\tf") == "a\nb\nc\nd\ne\tf"

    def test_keeps_directions_that_close_within_their_line_only(self) -> None:
        assert strip_controls("x \u2067שלום\u2069 y\n\u2067open\n\u2069") == "x \u2067שלום\u2069 y\nopen\n"

    @settings(max_examples=60, deadline=None)
    @given(WRITTEN)
    def test_changes_nothing_the_second_time(self, text: str) -> None:
        once = strip_controls(text)
        assert strip_controls(once) == once
        once.encode()


class TestFold:
    @pytest.mark.parametrize(
        ("text", "folded"),
        [("Größe", "grosse"), ("ZÜRICH", "zurich"), ("Łódź", "lodz"), ("Ærø", "aero"), ("Ёлка", "елка"), ("άνθρωπος", "ανθρωποσ"),
         ("İstanbul ı", "istanbul i"), ("e\u0301", "e"), ("हिन्दी", "हिन्दी"), ("ﬁn", "fin")],
    )  # fmt: skip
    def test_makes_alike_what_people_type_alike(self, text: str, folded: str) -> None:
        assert fold(text) == folded

    @settings(max_examples=100, deadline=None)
    @given(st.text(max_size=30))
    def test_changes_nothing_the_second_time(self, text: str) -> None:
        assert fold(fold(text)) == fold(text)


class TestExcerpt:
    def test_keeps_short_text_whole_in_one_line(self) -> None:
        assert excerpt("Hello\n\n Ann", 20) == "Hello Ann"

    def test_prefers_the_end_of_a_sentence(self) -> None:
        assert (
            excerpt("Dr. Keller comes on Monday. She brings the new exercises.", 40)
            == "Dr. Keller comes on Monday."
        )

    def test_cuts_between_words_otherwise(self) -> None:
        assert excerpt("We met in the garden, with tea and cake", 22) == "We met in the garden…"

    @settings(max_examples=100, deadline=None)
    @given(st.text(max_size=200), st.integers(5, 60))
    def test_is_never_longer_than_asked(self, text: str, length: int) -> None:
        assert len(excerpt(text, length)) <= length


class TestFirstSentences:
    def test_knows_abbreviations_and_other_scripts(self) -> None:
        assert (
            first_sentences("Ich frage Dr. Keller. Sie weiss z. B. alles. Gut.", 2)
            == "Ich frage Dr. Keller. Sie weiss z. B. alles."
        )
        assert first_sentences("今日は寒い。明日は雨。", 1) == "今日は寒い。"

    def test_gives_the_whole_text_where_it_has_fewer(self) -> None:
        assert first_sentences("Only this one", 3) == "Only this one"


HOSTILE = {
    "quote marks": ">" * 100_000,
    "dashes": "-" * 1_000_000 + "x",
    "empty bullets": "x\n- y\n" * 150_000,
    "closing brackets": "http://a" + ")" * 1_000_000,
    "full stops": "." * 1_000_000,
    "one long tag": "<" + "a" * 1_000_000,
    "open tags": "<a" * 500_000,
    "deep blocks": "<div>" * 200_000,
    "crossed elements": "<b><i><u><p>" * 80_000,
    "different elements": "".join(f"<b x={i}>" for i in range(80_000)),
    "ampersands": "&" * 1_000_000,
    "inline elements": "<b>x</b>" * 120_000,
    "spaces": " " * 1_000_000 + "x",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_needs_no_more_than_a_moment_for_a_million_characters(name: str) -> None:
    text = HOSTILE[name]
    for function in (
        text_to_html,
        clean_html,
        html_to_text,
        fold,
        strip_controls,
        lambda given: first_sentences(given, 2),
    ):
        began = process_time()
        function(text)
        assert process_time() - began < 2
