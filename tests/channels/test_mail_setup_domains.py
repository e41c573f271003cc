"""What the domain of the sender says is read rightly, and what is missing becomes the exact line: against a real name server."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from hearth.channels import domains, looking_up
from hearth.channels.domains import Check, Question
from hearth.channels.providers import KINDS, OTHER, provider, providers
from tests.channels.mail_servers import name_server

Zone = dict[tuple[str, str], list[str]]
Ask = Callable[..., Check]
SITE: Zone = {("society.example", "A"): ["192.0.2.10"]}
KEY = '"v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQ" "KBgQC"'


@pytest.fixture
def ask(settings: Any) -> Iterator[Ask]:
    """Ask one check about north.example, whose directory holds these entries."""
    with ExitStack() as open_servers:

        def _ask(
            check: str, zone: Zone, *, key: str = "fastmail", silent: tuple[str, ...] = (), **more: str
        ) -> Check:
            settings.DNS_SERVER = open_servers.enter_context(name_server(zone, silent=silent))
            asked = {"domain": "north.example", "host": "mail.provider.example", "site": "society.example"}
            question = Question(provider=provider(key), **{**asked, "mail": "reply.example", **more})
            return next(one for one in domains.look(question) if one["check"] == check)

        yield _ask


def found(check: Check) -> tuple[str, str]:
    return check["found"], check["why"]


def txt(*lines: str) -> list[str]:
    return [f'"{line}"' for line in lines]


def test_a_domain_that_names_the_provider_is_right(ask: Ask) -> None:
    zone = {("north.example", "TXT"): txt("v=spf1 include:spf.messagingengine.com ~all", "google-site=1")}

    assert found(ask("spf", zone)) == ("right", "")


def test_a_provider_that_is_named_by_way_of_another_counts(ask: Ask) -> None:
    zone = {
        ("north.example", "TXT"): txt("v=spf1 include:_all.north.example -all"),
        ("_all.north.example", "TXT"): txt("v=spf1 include:spf.messagingengine.com -all"),
    }

    assert found(ask("spf", zone)) == ("right", "")


def test_a_domain_that_names_nobody_gets_the_whole_line(ask: Ask) -> None:
    check = ask("spf", {("north.example", "TXT"): txt("google-site=1", "v=spf10 not this")})

    assert found(check) == ("wrong", "none")
    assert check["lines"] == [
        {"host": "north.example", "type": "TXT", "value": "v=spf1 include:spf.messagingengine.com ~all"}
    ]


def test_a_domain_that_names_others_gets_its_own_line_with_the_provider_in_it(ask: Ask) -> None:
    check = ask(
        "spf", {("north.example", "TXT"): ['"v=spf1 mx ip4:192.0.2.1" " include:other.example -all"']}
    )

    assert found(check) == ("wrong", "missing")
    assert check["lines"][0]["value"] == (
        "v=spf1 mx ip4:192.0.2.1 include:other.example include:spf.messagingengine.com -all"
    )


def test_several_lines_become_one(ask: Ask) -> None:
    zone = {("north.example", "TXT"): txt("v=spf1 mx -all", "v=spf1 include:other.example ~all")}
    check = ask("spf", zone)

    assert found(check) == ("wrong", "several")
    assert check["lines"][0]["value"] == (
        "v=spf1 include:other.example mx include:spf.messagingengine.com ~all"
    )


@pytest.mark.parametrize(("others", "answer"), [(9, ("right", "")), (10, ("wrong", "too_many"))])
def test_more_than_ten_questions_to_the_directory_are_too_many(
    ask: Ask, others: int, answer: tuple[str, str]
) -> None:
    names = " ".join(f"a:h{place}.example" for place in range(others))
    zone = {("north.example", "TXT"): txt(f"v=spf1 include:spf.messagingengine.com {names} ~all")}

    assert found(ask("spf", zone)) == answer


def test_names_that_include_each_other_end(ask: Ask) -> None:
    zone = {
        ("north.example", "TXT"): txt("v=spf1 include:a.example ~all"),
        ("a.example", "TXT"): txt("v=spf1 include:b.example ~all"),
        ("b.example", "TXT"): txt("v=spf1 include:a.example ~all"),
    }

    assert found(ask("spf", zone)) == ("wrong", "missing")


def test_of_a_provider_that_nobody_knows_the_address_of_its_server_counts(ask: Ask) -> None:
    zone = {
        ("mail.provider.example", "A"): ["198.51.100.7"],
        ("north.example", "TXT"): txt("v=spf1 ip4:198.51.100.0/24 -all"),
    }
    elsewhere = {**zone, ("north.example", "TXT"): txt("v=spf1 ip4:203.0.113.0/24 -all")}

    assert found(ask("spf", zone, key=OTHER)) == ("right", "")
    assert found(ask("spf", elsewhere, key=OTHER)) == ("unknown", "ask_provider")


def test_an_address_of_the_provider_itself_is_the_providers_matter(ask: Ask) -> None:
    for check in ("spf", "dkim", "dmarc"):
        assert ask(check, {}, key="gmail", domain="gmail.com")["found"] == "others"


def test_a_key_for_signatures_is_found_behind_another_name(ask: Ask) -> None:
    zone = {
        ("fm2._domainkey.north.example", "CNAME"): ["fm2.north.example.dkim.fmhosted.com."],
        ("fm2.north.example.dkim.fmhosted.com", "TXT"): [KEY],
    }

    assert found(ask("dkim", zone)) == ("right", "")


def test_a_key_that_was_taken_back_is_none(ask: Ask) -> None:
    zone = {("fm1._domainkey.north.example", "TXT"): txt("v=DKIM1; p=")}
    check = ask("dkim", zone)

    assert found(check) == ("wrong", "none")
    assert check["lines"][0] == {
        "host": "fm1._domainkey.north.example",
        "type": "CNAME",
        "value": "fm1.north.example.dkim.fmhosted.com.",
    }


def test_a_key_that_only_the_provider_knows_is_asked_for_there(ask: Ask) -> None:
    check = ask("dkim", {}, key="microsoft")

    assert (found(check), check["lines"]) == (("wrong", "switch_on"), [])


def test_what_cannot_be_known_is_said_as_not_known(ask: Ask) -> None:
    named = {("google._domainkey.north.example", "TXT"): [KEY]}

    assert found(ask("dkim", {}, key="strato")) == ("unknown", "ask_provider")
    assert found(ask("dkim", {}, key="google")) == ("unknown", "ask_provider")
    assert found(ask("dkim", named, key="google")) == ("right", "")


def test_the_domain_says_what_to_do_with_false_mails_or_gets_the_line(ask: Ask) -> None:
    there = {("_dmarc.north.example", "TXT"): txt("v=DMARC1; p=none; rua=mailto:a@north.example")}
    above = {("_dmarc.north.example", "TXT"): txt("v=DMARC1;p=none")}
    missing = ask("dmarc", {})

    assert found(ask("dmarc", there)) == ("right", "none")
    assert found(ask("dmarc", above, domain="news.north.example")) == ("right", "none")
    assert found(missing) == ("wrong", "none")
    assert missing["lines"] == [{"host": "_dmarc.north.example", "type": "TXT", "value": "v=DMARC1; p=none"}]


def test_a_strict_domain_for_which_nothing_vouches_has_our_mails_refused(ask: Ask) -> None:
    zone = {("_dmarc.north.example", "TXT"): txt("v=DMARC1; p=reject")}
    vouched = {**zone, ("north.example", "TXT"): txt("v=spf1 include:spf.messagingengine.com ~all")}

    assert found(ask("dmarc", zone)) == ("wrong", "strict")
    assert found(ask("dmarc", vouched)) == ("right", "reject")


def test_two_such_lines_are_one_too_many(ask: Ask) -> None:
    zone = {("_dmarc.north.example", "TXT"): txt("v=DMARC1; p=none", "v=DMARC1; p=reject")}

    assert found(ask("dmarc", zone)) == ("wrong", "several")


def test_the_name_of_the_sending_machine_is_the_providers_matter_unless_we_send_ourselves(ask: Ask) -> None:
    assert found(ask("reverse", {("mail.provider.example", "A"): ["198.51.100.7"]})) == (
        "others",
        "provider_sends",
    )


def test_a_machine_that_sends_itself_needs_a_name_that_leads_back(ask: Ask) -> None:
    reverse = "10.2.0.192.in-addr.arpa"
    right = {**SITE, (reverse, "PTR"): ["society.example."]}
    wrong = {**SITE, (reverse, "PTR"): ["host-10.hoster.example."]}
    own = {"host": "127.0.0.1"}

    assert found(ask("reverse", right, **own)) == ("right", "")
    assert found(ask("reverse", wrong, **own)) == ("wrong", "mismatch")
    check = ask("reverse", SITE, **own)
    assert found(check) == ("wrong", "none")
    assert check["lines"] == [{"host": "192.0.2.10", "type": "PTR", "value": "society.example."}]


def test_answers_come_to_us_where_the_reply_domain_leads_to_this_machine(ask: Ask) -> None:
    here = {**SITE, ("reply.example", "MX"): ["10 society.example."]}
    there = {
        **SITE,
        ("reply.example", "MX"): ["10 mx.other.example."],
        ("mx.other.example", "A"): ["203.0.113.5"],
    }
    missing = ask("mx", SITE)

    assert found(ask("mx", here)) == ("right", "")
    assert found(ask("mx", there)) == ("unknown", "elsewhere")
    assert found(missing) == ("wrong", "none")
    assert missing["lines"] == [{"host": "reply.example", "type": "MX", "value": "10 society.example."}]
    assert found(ask("mx", SITE, mail="hearth.localhost")) == ("wrong", "not_set")


def test_a_directory_that_does_not_answer_proves_nothing(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking_up, "PATIENCE", 0.3)
    check = ask("spf", {}, silent=("north.example",))

    assert (found(check), check["lines"]) == (("unknown", "silent"), [])


@pytest.mark.parametrize("key", providers())
def test_what_is_known_of_a_provider_is_whole(key: str) -> None:
    one = provider(key)

    assert one.name
    assert one.source.startswith("https://")
    assert one.security == {465: "tls", 587: "starttls"}[one.port]
    assert one.user in {"address", "local", "own"}
    assert one.kind in dict(KINDS)
    assert one.selectors or not one.dkim_line


def test_societies_of_europe_find_their_provider() -> None:
    assert len(providers()) >= 25
