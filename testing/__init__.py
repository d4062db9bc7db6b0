"""What tests and benchmarks both stand on; neither imports the other, nothing else imports this.

- `servers`: fixtures of real Kafka and Postgres, and of a fresh database for each test
- `corpus`: where pages, notices and recordings lie; `markup`: pages as the ministry's site has them
- `archive`: the bundled archive with scripted faults; `fetcher`: the fetcher's parts before it
- `indexer`: events of every kind, and the indexer as a program
- `chaos`: kills, freezes and network cuts while captures go through, and the count at the end
"""
