"""The notifier: sends people and programs what has changed, as alerts.toml says."""
