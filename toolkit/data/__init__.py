"""Data files, both ways: JSON and CSV to a Reading and back without loss."""
