"""What tests and benchmarks share; neither imports the other, and nothing else imports this.

- `servers`: fixtures of real Kafka and Postgres, and of a fresh database for each test
- `parallel`: which tests `make test` may run side by side
- `corpus`: where pages, notices and recordings are; `markup`: pages in the site's markup
- `archive`: the bundled archive with scripted faults; `fetcher`: the fetcher's parts against it
- `indexer`: events of every kind, and the indexer as a program
- `chaos`: kills, freezes and network cuts while captures go through, and the count at the end
"""
