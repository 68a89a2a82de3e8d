"""Currencies as files write them: codes, words and signs."""

# ISO 4217, the codes in use
_CODES = """AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP
    BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP
    GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR
    KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK
    MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR
    SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS
    UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW"""
CODES = frozenset(_CODES.split())
NO_CURRENCY = "XXX"  # ISO 4217's own code for none: two decimals

# what a sign or word says; the first is meant where nothing else speaks, the others are possible too
_DOLLARS = ("USD", "HKD", "CAD", "AUD", "SGD", "NZD", "TWD", "MXN")
SIGNS: dict[str, tuple[str, ...]] = {
    "¥": ("CNY", "JPY"),
    "元": ("CNY", "HKD", "TWD", "MOP"),
    "$": _DOLLARS,
    "US$": ("USD",),
    "HK$": ("HKD",),
    "NT$": ("TWD",),
    "CA$": ("CAD",),
    "C$": ("CAD",),
    "A$": ("AUD",),
    "AU$": ("AUD",),
    "S$": ("SGD",),
    "€": ("EUR",),
    "£": ("GBP",),
    "₹": ("INR",),
    "RS": ("INR", "PKR", "LKR", "NPR", "MUR"),
    "RS.": ("INR", "PKR", "LKR", "NPR", "MUR"),
    "₩": ("KRW",),
    "RMB": ("CNY",),
    "人民币": ("CNY",),
    "人民币元": ("CNY",),
    "美元": ("USD",),
    "美金": ("USD",),
    "港币": ("HKD",),
    "港元": ("HKD",),
    "港幣": ("HKD",),
    "日元": ("JPY",),
    "日圆": ("JPY",),
    "円": ("JPY",),
    "欧元": ("EUR",),
    "英镑": ("GBP",),
    "澳元": ("AUD",),
    "加元": ("CAD",),
    "新台币": ("TWD",),
    "台币": ("TWD",),
    "新加坡元": ("SGD",),
    "澳门元": ("MOP",),
    "韩元": ("KRW",),
    "卢比": ("INR",),
    "卢布": ("RUB",),
}


def meant(text: str) -> tuple[str, ...]:
    """The currencies that a code, word or sign may mean, the likeliest first; empty where it is none.

    >>> meant("人民币")
    ('CNY',)
    """
    word = text.strip().upper().replace("￥", "¥").replace("＄", "$").replace("￡", "£")
    return (word,) if word in CODES else SIGNS.get(word, ())
