"""What the form is: declarations, loaded and checked into frozen records.

Also what follows from these records without a file.
"""
