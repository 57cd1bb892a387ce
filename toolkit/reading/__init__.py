"""From a file that a stranger sent to a Reading: sniff, unpack within bounds, load, locate by labels, normalise."""
