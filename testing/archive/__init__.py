"""The bundled archive with scripted faults, and over any folder of pages, for tests."""
