"""Authors of archives become guests: members without an account, who may claim their posts later."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from hearth.communities.models import Community
from hearth.members.enums import Standing
from hearth.members.models import Member
from hearth.transfer.models import GuestAuthor
from hearth.transfer.records import ImportedPost

NAMES_LONGEST = 120
KEY_LONGEST = 200
ROWS_A_STATEMENT = 500


@dataclass(slots=True)
class Guests:
    """The members who stand for the authors of one import: found again, or made as guests. Writes with the caller."""

    community: Community
    source: str
    dry_run: bool = False
    made: int = 0
    _member_of: dict[str, int | None] = field(default_factory=dict)

    def members_for(self, records: Sequence[ImportedPost]) -> dict[str, int | None]:
        """The member's key for each author of these records; None for a person who was erased here."""
        authors = {record.author_key: record for record in records}
        unknown = authors.keys() - self._member_of.keys()
        by_key = {self._key(author): author for author in unknown}
        found = GuestAuthor.objects.filter(key__in=list(by_key)).values_list("key", "member_id")
        self._member_of.update((by_key[key], member_id) for key, member_id in found)
        self._make([authors[key] for key in authors if key not in self._member_of])
        return self._member_of

    def _make(self, authors: Sequence[ImportedPost]) -> None:
        self.made += len(authors)
        if self.dry_run:
            self._member_of.update((record.author_key, None) for record in authors)
            return
        members = Member.objects.bulk_create(
            [self._guest(record) for record in authors], batch_size=ROWS_A_STATEMENT
        )
        GuestAuthor.objects.bulk_create(
            [
                GuestAuthor(
                    community=self.community,
                    key=self._key(record.author_key),
                    address_hash=record.author_address_hash or "",
                    member=member,
                )
                for record, member in zip(authors, members, strict=True)
            ],
            batch_size=ROWS_A_STATEMENT,
        )
        self._member_of.update(
            (record.author_key, member.pk) for record, member in zip(authors, members, strict=True)
        )

    def _key(self, author_key: str) -> str:
        # An address names the same person everywhere; a name or a user name does so within one archive only.
        key = author_key if author_key.startswith("address:") else f"{self.source}/{author_key}"
        return key[:KEY_LONGEST]

    def _guest(self, record: ImportedPost) -> Member:
        return Member(
            community=self.community,
            name=(record.author_name or "?")[:NAMES_LONGEST],
            standing=Standing.GUEST,
            joined_at=record.written_at,
        )
