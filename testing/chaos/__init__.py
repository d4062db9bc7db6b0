"""Everything is killed, frozen and cut off while captures go through; then they are counted."""
