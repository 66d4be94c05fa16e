"""The first stage: originals are hashed and safely stored before anything reads them."""
