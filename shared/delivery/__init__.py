"""How events are worked on without losing any: publish, wait for the confirmation, acknowledge.

A handler's result is published through one idempotent producer and the message acknowledged only
after the broker confirmed; nothing ever raises into Faust, which would acknowledge and lose the
message; a dependency that is down holds the message; what cannot be worked on goes to
``dead-letter`` with its cause.
"""
