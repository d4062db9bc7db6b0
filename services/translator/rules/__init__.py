"""What is formulaic in official documents, rendered without a model."""
