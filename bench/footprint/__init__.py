"""What a notice takes of the disk: in Postgres by table and index, in the blob store, in Kafka."""
