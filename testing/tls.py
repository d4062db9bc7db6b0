"""An authority of the test's own, and the files by which a server proves its name and clients check it."""

from pathlib import Path

import trustme
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from deploy.local.ports import HOST

AUTHORITY, SERVER = "ca.pem", "server.pem"


def write_tls_files(folder: Path) -> None:
    """Write `AUTHORITY`, and `SERVER` with key (PKCS 8, as Java reads it) and chain, of loopback."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / AUTHORITY))
    server = authority.issue_cert(HOST, "localhost")
    key = load_pem_private_key(server.private_key_pem.bytes(), None)
    pkcs8 = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    chain = b"".join(blob.bytes() for blob in server.cert_chain_pems)
    (folder / SERVER).write_bytes(pkcs8 + chain)
