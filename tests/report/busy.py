"""A book with a full day: hostile names, three currencies, promises that fell due, breaches."""

from collectctl.store.book import Book
from collectctl.usecases.import_file import import_files
from collectctl.usecases.import_request import ImportRequest
from tests.report.shop import at, call, pay

LONG = "Vereinigte Handels- und Kreditbank für Verbraucherdarlehen Aktiengesellschaft, Zweigstelle Schanghai"
ONE_WORD = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle" * 2
CLIENTS = (
    ("示例银行信用卡中心", "CNY"),
    ("<script>alert(1)</script>", "JPY"),
    ("[red]x[/] =HYPERLINK(1)", "KWD"),
    (LONG, "CNY"),
    (ONE_WORD, "CNY"),
    ("=1+1", "CNY"),
    ("+1+1\u202eabc{{ 7*7 }}", "CNY"),
)
LINES = ("na", "off", "tp", "rtp no money", "neg wants time", "ptp 500@fri", "cb 11-24", "cp 120", "hs ill")


def fill(book: Book, clients: int = 0) -> None:
    """The day is the 23rd; `clients` more have one call each."""
    more = tuple((f"示例消费金融公司{n}", "CNY") for n in range(clients))
    for n, (client, currency) in enumerate((*CLIENTS, *more)):
        rows = "".join(
            f"C{n}-{k},测试,139{n:04}{k:04},{1000 + k},{currency},2026-{month}-01\n"
            for k, month in enumerate(("06", "09", "10", "11"))
        )
        data = f"account,name,phone,balance,currency,due date\n{rows}".encode()
        request = ImportRequest(f"{n}.csv", data, client=client, batch=f"批次 {client}", policy="cn")
        import_files(book, [request], at("01T08:00"), lambda *_args: None)
    call(book, "C0-0", "20T10:00", "ptp 300@11-22 text")
    call(book, "C0-1", "20T10:10", "ptp 200@11-21 text")
    call(book, "C1-1", "20T10:20", "ptp 2000@11-21 text")
    pay(book, "C0-0", "23T08:30", 1_234_560)
    pay(book, "C0-1", "21T08:30", 5_000)
    pay(book, "C1-0", "23T08:30", 98_000, "JPY")
    pay(book, "C2-0", "23T08:30", 45_500, "KWD")
    for n in range(40):
        call(book, f"C{n % 7}-{n % 4}", f"23T{8 + n % 13:02}:{n:02}", LINES[n % len(LINES)], talk_seconds=n)
    call(book, "C0-3", "23T22:30", "neg late", talk_seconds=3_700)
    call(book, "C0-2", "23T09:40", "na", override="asked for it <b>bold</b>")
    call(book, "C0-3", "23T09:50", "cmp rude")
    for n in range(len(CLIENTS), len(CLIENTS) + clients):
        call(book, f"C{n}-0", "23T11:00", "na")
