"""What was written, and which templates there are."""

from collectctl.domain.messages import Template
from collectctl.domain.reasons import Reason
from collectctl.domain.records import Record
from collectctl.domain.verdict import Verdict


class Message(Record):
    """A message as it was written; `file` is None where it is to be printed."""

    account_id: int
    account: str
    template: Template
    channel: str
    to: str  # number or address, "" where nothing is on file
    who: str  # somebody else than the debtor, by name or role
    text: str
    verdict: Verdict
    care: tuple[Reason, ...]  # what to know before it is sent
    file: str | None

    @property
    def log(self) -> str:
        """The line that records that it was sent."""
        from shlex import quote

        words = ["collectctl", "log", quote(self.account)]
        words += ["limited-message"] if self.channel == "call" else ["sent", "--channel", self.channel]
        words += ["--who", quote(self.who)] if self.who else []
        words += ["--purpose", self.template.purpose] if self.template.purpose else []
        return " ".join(words)
