"""A published file of any kind -> a Document of lines and grids (`document`). Knows the words that the form prints, no report.

`open` knows which reader takes which kind of file.
"""
