"""STUB until the helper's file arrives."""

from collections.abc import Mapping

_Z = {"US-MA": ("America/New_York",), "US-NY": ("America/New_York",)}


def zones_of_region(region: str) -> tuple[str, ...]:
    return _Z.get(region, ())


def is_region(region: str) -> bool:
    return region in _Z


def region_of(values: Mapping[str, int | str], country: str) -> str:
    text = str(values.get("region", ""))
    return f"US-{text}" if country == "US" and len(text) == 2 else ""
