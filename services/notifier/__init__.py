"""The notifier: tells people and programs what has changed, as alerts.toml says."""
