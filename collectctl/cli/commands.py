"""Which commands there are: name, where each lives, and its line in the help.

The group reads this table; a module is imported when its command is called. A test compares each line with
the command's own help.
"""

from collectctl.domain.words import _

COMMANDS: dict[str, tuple[str, str]] = {
    "today": ("today", _("Whom to contact now, in order, and why.")),
    "next": ("show", _("The first row of today, shown whole.")),
    "log": ("log", _("Record a contact in one line and set the next step.")),
    "amend": ("log", _("Correct an entry; the old one stays visible.")),
    "can": ("can", _("May I contact this person, now, this way?")),
    "hold": ("holding", _("Put an account on hold: a reason for not contacting.")),
    "release": ("holding", _("End a hold.")),
    "limit": ("limiting", _("When, where or how they don't want to be contacted.")),
    "unlimit": ("limiting", _("Lift what they said about when, where and how.")),
    "consent": ("limiting", _("Record that they agreed to be contacted, or take it back.")),
    "person": ("person", _("What is known of a person: numbers, other people, where they are, safety.")),
    "pay": ("paying", _("Record a payment: what it serves, confirms and keeps.")),
    "payment": ("paying", _("Payments and claims: list, confirm, reverse.")),
    "promise": ("promising", _("Promises: list, add, withdraw.")),
    "plan": ("promising", _("Instalments: show, new, cancel.")),
    "settle": ("settling", _("Agree on a smaller sum that settles the debt.")),
    "request": ("settling", _("What only the client can grant: ask, list, sent, answer.")),
    "claim": ("claiming", _("Claims on guarantors and insurers: list, add, settle, close.")),
    "complaint": ("complaining", _("Complaints and disputes: list, add, answer, withdraw.")),
    "case": ("casing", _("The court file of an account: build, verify.")),
    "terms": ("charging", _("How charges accrue; alone it shows the terms.")),
    "charge": ("charging", _("Add a charge to the debt, or take over what the client states.")),
    "quote": ("charging", _("What would settle the account on a day, line by line.")),
    "calc": ("calc", _("Work out an interest, a penalty, an allocation, a court fee, instalments.")),
    "note": ("notes", _("Write a note on an account.")),
    "tag": ("notes", _("Put tags on an account (+x) or take them off (-y).")),
    "show": ("show", _("Everything about one account.")),
    "find": ("find", _("Find accounts by name, number, phone or note.")),
    "list": ("listing", _("Any accounts, narrowed and sorted.")),
    "report": ("report", _("What a day, week or month came to.")),
    "import": ("importing", _("Read the file that a client sent.")),
    "export": ("exporting", _("Write accounts, contacts, money or a calendar to a file.")),
    "handback": ("handing", _("What leaves a client's accounts soon or left, and the files that go back.")),
    "close": ("closing", _("Close an account.")),
    "reopen": ("closing", _("Open a closed account again.")),
    "extend": ("closing", _("Extend an account's placement.")),
    "undo": ("undoing", _("Take back the last command.")),
    "redo": ("undoing", _("Bring back what undo took.")),
    "history": ("undoing", _("What was done, step by step.")),
    "outcomes": ("outcomes", _("The outcomes that log knows.")),
    "policies": ("policies", _("The contact policies and which of them bind.")),
    "book": ("book", _("About the book itself.")),
    "config": ("config", _("Show and set what you prefer.")),
    "demo": ("demo", _("A fictional book to try everything on.")),
}
