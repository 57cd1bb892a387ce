"""A report as a record, from any kind of file, and what follows from it by the form alone.

`reading.Reading` is the record; the other modules settle its cells, put last year's figures beside
them, and say which reasons hold. Nothing here opens a file.
"""
