"""`python -m toolkit.manual` writes the pages of the manual anew."""

from toolkit.manual import pages
from toolkit.templates import shipped

if __name__ == "__main__":
    for page, content in pages(shipped("workbook_templates").parent).items():
        page.write_text(content, encoding="utf-8")
