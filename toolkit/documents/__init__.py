"""A published file of any kind -> a `Document` of lines and grids.

It knows the words that the form prints, but no report. `formats` lists the kinds of files and their
readers, `open` opens a file with the right one.
"""
