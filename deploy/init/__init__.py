"""The init job, which runs before all services: creates topics in Kafka and tables in Postgres."""
