"""Save Page Now 2: pages that the ministry's lists name and the archive lacks are captured by the archive."""
