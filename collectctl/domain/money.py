"""Money: integer minor units with an ISO 4217 currency. Never a float; currencies never mix."""

# ISO 4217 currencies whose minor unit is not a hundredth
_WHOLE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THOUSANDTHS = "BHD IQD JOD KWD LYD OMR TND"
OTHER_EXPONENTS = dict.fromkeys(_WHOLE.split(), 0) | dict.fromkeys(_THOUSANDTHS.split(), 3)


def exponent(currency: str) -> int:
    """How many decimals the currency has (ISO 4217)."""
    return OTHER_EXPONENTS.get(currency, 2)


def plain(minor: int, currency: str) -> str:
    """The decimal string of files and JSON: `-1234.50`, without separators."""
    places = exponent(currency)
    sign, digits = ("-" if minor < 0 else ""), str(abs(minor)).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else sign + digits


def shown(minor: int, currency: str) -> str:
    """The same for a person's eyes: `1,234.50`."""
    whole, dot, cents = plain(minor, currency).partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    return f"{sign}{int(digits):,}{dot}{cents}"


def with_code(minor: int, currency: str) -> str:
    """The same with its currency: `1,234.50 CNY`."""
    return f"{shown(minor, currency)} {currency}"
