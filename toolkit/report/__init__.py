"""Reading -> narrative document -> .docx. The only place of python-docx and jinja2."""
