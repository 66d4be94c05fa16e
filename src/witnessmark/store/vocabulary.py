"""Words of the case that are spelt like one that was asked for, found through the trigrams they share."""

from __future__ import annotations

from sqlalchemy import Connection

from witnessmark.text.spelling import distance_allowed, nearest, trigrams


def near_words(connection: Connection, word: str) -> list[str]:
    """Words of the case near to a folded word, nearest first, without the word itself. Some may have left the case since."""
    allowed = distance_allowed(word)
    if not allowed:
        return []
    expression = " OR ".join('"' + trigram.replace('"', '""') + '"' for trigram in sorted(trigrams(word)))
    lengths = (len(word) - allowed + 2, len(word) + allowed + 2)
    statement = "SELECT padded FROM vocabulary_trigram WHERE vocabulary_trigram MATCH ? AND length(padded) BETWEEN ? AND ?"
    return nearest(word, (row[0][1:-1] for row in connection.exec_driver_sql(statement, (expression, *lengths))))
