"""What the desk keeps, as results: the register of complaints, and claims on others."""

from datetime import date

from collectctl.domain.claims import ClaimState
from collectctl.domain.deskfacts import Complaint
from collectctl.domain.facts import AccountFile
from collectctl.domain.records import Record


class ComplaintList(Record):
    complaints: tuple[tuple[AccountFile, Complaint], ...]
    today: date


class ClaimList(Record):
    claims: tuple[tuple[AccountFile, ClaimState], ...]
