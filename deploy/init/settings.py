"""Settings of the init job."""

from pydantic import Field

from shared.passwords import KAFKA, USERS, kafka_password_file
from shared.settings import RoleSettings, Settings, constant, tuning


class InitSettings(Settings, RoleSettings):
    """What the job reads from the environment."""

    kafka_replication_factor: int = Field(
        1, ge=1, description="Copies of each Kafka topic that the init job creates; 3 on a cluster."
    )
    kafka_partitions: int = tuning(
        12,
        "Partitions of each Kafka topic that replicas share, and so the largest useful number of "
        "replicas of a service. The fetcher's topics have one.",
        ge=1,
    )

    def kafka_passwords(self) -> dict[str, str]:
        """The password of each user that the job makes: none but on a broker as whose own user it logs in.

        Raises OSError when a file cannot be read.
        """
        if self.kafka_sasl_username != KAFKA or self.passwords_dir is None:
            return {}
        return {
            user: kafka_password_file(self.passwords_dir, user).read_text().strip()
            for user in USERS
        }

    # How long a change of a table waits for those that use it, before it lets others pass.
    lock_timeout_seconds: float = constant(5.0, gt=0)
