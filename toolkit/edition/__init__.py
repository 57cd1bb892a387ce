"""What the form is: declarations loaded and checked into frozen records, and what follows from them without a file."""
