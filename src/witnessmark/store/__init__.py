"""The derived database: what the logs and records say, laid out for questions. Deleting it loses nothing."""
