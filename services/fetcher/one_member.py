"""An assignment of Kafka's work that gives one fetcher everything and keeps the others on standby."""

from aiokafka.cluster import ClusterMetadata
from faust.assignor import PartitionAssignor
from faust.assignor.client_assignment import ClientAssignment
from faust.assignor.partition_assignor import MemberAssignmentMapping, MemberMetadataMapping


class OneMemberAssignor(PartitionAssignor):
    """Only one fetcher may ask the archive, so what another was assigned would wait as long as that one lives.

    Its topics have one partition each, which Faust gives to the same member; with more, that somebody has
    added, it would share them out.
    """

    def _perform_assignment(
        self, cluster: ClusterMetadata, member_metadata: MemberMetadataMapping
    ) -> MemberAssignmentMapping:
        clients = {
            member: self._get_client_metadata(metadata)
            for member, metadata in member_metadata.items()
        }
        # Whoever works goes on.
        at_work = min(clients, key=lambda member: (not clients[member].assignment.actives, member))
        work = super()._perform_assignment(cluster, {at_work: member_metadata[at_work]})
        nothing = {
            member: ClientAssignment(actives={}, standbys={})
            for member in clients
            if member != at_work
        }
        self._update_member_urls(clients)
        return {**work, **self._protocol_assignments(nothing, {}, {}, {})}
