"""Where captures come from: one small interface, one implementation for each source.

The archive's own is `services.fetcher.archive.playback.Player`. To add one, write a Source.
"""
