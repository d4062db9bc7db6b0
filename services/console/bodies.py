"""Bodies of requests, none of which is read further than it may be long."""

import json
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from services.console.problems import Problem

_MOST_FIELDS = 20


class Upload(NamedTuple):
    """A form that was sent: its fields, and a file with the name that its owner gives it."""

    fields: dict[str, str]
    file_name: str | None
    content: bytes


async def limited(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    """The body in parts. Raises Problem where it is longer than `most` bytes."""
    length = 0
    async for part in request.stream():
        length += len(part)
        if length > most:
            raise Problem(413, "Too large", f"send {most // 1000} kB at most")
        yield part


async def json_object(request: Request, most: int) -> dict[str, str]:
    """The body as an object of texts, as parameters are. Raises Problem."""
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise Problem(415, "Wrong body", "send application/json")
    body = b"".join([part async for part in limited(request, most)])
    try:
        given = json.loads(body)
    except (RecursionError, ValueError) as error:
        raise Problem(400, "Wrong body", f"the body is no JSON: {error}") from error
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
        raise Problem(400, "Wrong body", "the body must be an object of texts")
    return given


async def form_fields(request: Request, most: int) -> dict[str, str]:
    """The body as the fields of a form without files. Raises Problem."""
    body = b"".join([part async for part in limited(request, most)])
    try:
        return dict(parse_qsl(body.decode(), max_num_fields=_MOST_FIELDS))
    except ValueError as error:
        raise Problem(400, "Wrong body", f"the body is no form: {error}") from error


async def upload(request: Request, most: int) -> Upload:
    """The body as a form with at most one file, which is kept on disk while it comes. Raises Problem."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise Problem(415, "Wrong body", "send multipart/form-data, as the form of the page does")
    parser = MultiPartParser(
        request.headers,
        limited(request, most),
        max_files=1,
        max_fields=_MOST_FIELDS,
        max_part_size=most,
    )
    try:
        form = await parser.parse()
    except (KeyError, MultiPartException) as error:
        raise Problem(400, "Wrong body", f"the body is no form: {error}") from error
    fields, file_name, content = {}, None, b""
    try:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                # A form whose file was left out sends one without a name.
                file_name = Path(value.filename or "").name or None
                content = await value.read()
            else:
                fields[name] = value
    finally:
        await form.close()
    return Upload(fields, file_name, content)
