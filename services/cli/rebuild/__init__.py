"""`mofcom rebuild`: makes again what a lost database, broker or blob store held, from the other two."""
