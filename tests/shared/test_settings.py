"""A wrong setting is one line that names it and says what is right."""

import pytest
from pydantic import ValidationError

from shared.settings import Settings, wrong_lines


@pytest.mark.parametrize(
    "url",
    ["memory://", "gs://bucket", "https://host/bucket", "file://blobs", "s3:///blobs", "blobs"],
)
def test_other_blob_stores_are_refused(url: str) -> None:
    with pytest.raises(ValidationError) as raised:
        Settings(blob_url=url)
    assert wrong_lines(raised.value) == [
        f"MOFCOM_BLOB_URL={url!r} is wrong: must be file:///FOLDER or s3://BUCKET/PREFIX"
    ]


@pytest.mark.parametrize("url", ["file:///var/blobs", "s3://bucket", "s3://bucket/a/b"])
def test_a_folder_and_a_bucket_are_blob_stores(url: str) -> None:
    assert Settings(blob_url=url).blob_url == url


@pytest.mark.parametrize(
    ("url", "why"),
    [(None, "OAUTHBEARER needs it"), ("token", "must be an https:// address or file:///FILE")],
)
def test_oauthbearer_needs_a_place_that_tokens_come_from(url: str | None, why: str) -> None:
    with pytest.raises(ValidationError) as raised:
        Settings(kafka_sasl_mechanism="OAUTHBEARER", kafka_sasl_token_url=url)
    assert wrong_lines(raised.value) == [f"MOFCOM_KAFKA_SASL_TOKEN_URL={url!r} is wrong: {why}"]
