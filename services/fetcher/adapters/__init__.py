"""Sources of captures: one small interface, one implementation per source.

The archive's is `services.fetcher.archive.playback.Player`. To add a source, implement Source.
"""
