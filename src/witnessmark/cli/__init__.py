"""The command line: arguments and printing, no logic. Everything heavy is imported by the verb that needs it."""
