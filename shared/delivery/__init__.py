"""At-least-once delivery: publish, wait for the confirmation, acknowledge.

A handler's result is published through one idempotent producer, and the message is acknowledged only
after the broker has confirmed. Nothing ever raises into Faust, which would acknowledge and lose the
message. While a dependency is down the message is held; what cannot be processed goes to
``dead-letter`` with its cause.
"""
