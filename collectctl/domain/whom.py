"""Whom a contact is meant for: the debtor, somebody liable with them, or a third party."""

from collectctl.domain.facts import AccountFile, Activity, Party, PersonFile
from collectctl.domain.records import Record

# the words for a role; those who are liable with the debtor are no third party
_ROLES = {
    "debtor": ("self", "debtor", "本人", "债务人"),
    "spouse": ("spouse", "wife", "husband", "配偶", "妻子", "丈夫", "老婆", "老公"),
    "guarantor": ("guarantor", "担保人"),
    "co-debtor": ("co-debtor", "joint", "共同债务人", "共借人"),
    "contact": ("contact", "friend", "联系人", "朋友"),
    "relative": (
        "relative", "mother", "father", "son", "daughter", "brother", "sister", "parent",
        "母亲", "父亲", "儿子", "女儿", "兄弟", "姐妹", "亲属",
    ),
    "employer": ("employer", "colleague", "boss", "同事", "单位", "公司", "领导"),
    "attorney": ("attorney", "lawyer", "律师"),
    "agent": ("agent", "代理人"),
    "insurer": ("insurer", "保险公司"),
    "unknown": ("unknown", "不明", "未知"),
}  # fmt: skip
_ROLE_OF = {word: role for role, words in _ROLES.items() for word in words}
ROLES = tuple(role for role in _ROLES if role not in ("debtor", "unknown"))
LIABLE = ("guarantor", "co-debtor")


class Whom(Record):
    """A person by role; `numbers` are theirs as compared."""

    role: str
    name: str = ""
    party: Party | None = None
    numbers: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()  # of the debtor: numbers that only other people have

    @property
    def is_debtor(self) -> bool:
        return self.role == "debtor"

    @property
    def is_third(self) -> bool:
        return self.role not in ("debtor", *LIABLE)

    def concerned_by(self, activity: Activity) -> bool:
        """Whether an entry was a contact with this person, or a try at one."""
        if self.is_debtor:
            if activity.who == "self" or activity.number in self.numbers:
                return True
            return activity.who != "third" and activity.number not in self.others
        return activity.number in self.numbers or bool(self.name and activity.party == self.name)


def role_of(typed: str) -> str:
    """The role that a word stands for, "" for none."""
    return _ROLE_OF.get(typed.strip().lower(), "")


def party_called(account: AccountFile, typed: str) -> Party | None:
    """The party of that name, relation or role."""
    word, role = typed.strip(), role_of(typed)
    named = [p for p in account.parties if word and word in (p.name, p.relation)]
    return next((p for p in (*named, *account.parties) if p in named or (role and p.role == role)), None)


def debtor(person: PersonFile) -> Whom:
    own = frozenset(p.digits for p in person.phones)
    others = frozenset(p.digits for p in person.party_phones) - own
    return Whom("debtor", person.name, None, own, others)


def whom(person: PersonFile, account: AccountFile, number: str, typed: str) -> Whom:
    """Who is meant by `--who` and the number of a contact; a number of nobody's is the debtor's."""
    party = party_called(account, typed) if typed else None
    if party is None and typed and role_of(typed) not in ("", "debtor", "unknown"):
        return Whom(role_of(typed), numbers=frozenset([number] if number else []))
    if party is None and typed and not role_of(typed):
        return Whom("contact", typed.strip(), numbers=frozenset([number] if number else []))
    if party is None and number not in {p.digits for p in person.phones}:
        owner = next((p.person for p in person.party_phones if p.digits == number), None)
        party = next((p for p in account.parties if p.person == owner and p.role != "debtor"), None)
        if party is None and owner is not None:
            parties = (p for a in person.accounts for p in a.parties)
            party = next((p for p in parties if p.person == owner), None)
    if party is None or party.role == "debtor":
        return debtor(person)
    numbers = frozenset(p.digits for p in person.party_phones if p.person == party.person)
    return Whom(party.role, party.name, party, numbers | ({number} if number else frozenset()))
