"""The nouns of the field as frozen values: Span, Claim, Item, Document, Decision, Entry, Incident. No behaviour but their own."""
