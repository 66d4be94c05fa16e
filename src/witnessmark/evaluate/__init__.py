"""How well texts are read: measures against annotated texts, each with the spread that drawing other documents would give it; and victim lists made up with known truth."""
