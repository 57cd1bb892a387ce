"""Readings -> findings. Two tidy frames (cells, relations) for all readings at hand, judged by pandera in one pass."""
