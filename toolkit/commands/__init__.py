"""One module a command or two: each reads, calls one stage, says what came of it and maps it to an exit code."""
