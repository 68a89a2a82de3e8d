"""Text from files and arguments, made harmless for a screen: nothing in it is ever interpreted."""

# controls, format characters that reorder or hide text, line and paragraph separators, lone surrogates
_HIDDEN = ("Cc", "Cf", "Zl", "Zp", "Cs")


def safe(text: str) -> str:
    """`text` on one line, without escape codes, controls or direction marks."""
    if text.isprintable():  # which nothing of those categories is
        return text
    import unicodedata  # loaded by the few who need it

    kept = (c if unicodedata.category(c) not in _HIDDEN else " " if c in "\n\r\t\v\f" else "" for c in text)
    return "".join(kept)


def tab_separated(cells: list[str]) -> str:
    """One row for a pipe: cells that can't break it."""
    return "\t".join(safe(cell) for cell in cells)
