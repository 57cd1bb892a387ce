"""The command line: one module a command, which parses, calls a job, prints what came of it and
maps it to an exit code.

Only this room prints, exits and reads the clock.
"""
