"""Text of a CSV file that spreadsheets open as it was meant."""

BOM = "\ufeff"  # by which Excel knows UTF-8


_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def tame(text: str) -> str:
    """Text that a spreadsheet would take for a formula, made harmless by a leading apostrophe.

    Some spreadsheets read the full-width signs as the others.
    """
    return "'" + text if text.startswith(_FORMULA_SIGNS) else text
