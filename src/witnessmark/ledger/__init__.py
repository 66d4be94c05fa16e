"""The append-only record: two logs of RFC 6962 leaves, and the bodies they commit to."""
