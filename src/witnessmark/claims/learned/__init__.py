"""The learned part of the claim reader: which words are cues, and whose and what they put forward. Runs without the network it was trained with."""
