"""The base of all that events carry: plain values, which never change."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A value. A reader of an older minor version must accept what a newer one adds."""

    model_config = ConfigDict(frozen=True, extra="ignore")
