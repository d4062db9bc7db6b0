"""Values that the words around them speak against: they are kept, with a warning."""
