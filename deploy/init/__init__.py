"""The one job that runs before all services: topics in Kafka, tables in Postgres."""
