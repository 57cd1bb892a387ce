"""Text of a CSV file that spreadsheets open as it was meant."""

BOM = "\ufeff"  # by which Excel knows UTF-8


def tame(text: str) -> str:
    """Text that a spreadsheet would take for a formula, made harmless by a leading apostrophe."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
