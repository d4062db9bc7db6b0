"""The server of the tools, which asks as the console does."""

from typing import Any

import structlog
from mcp import MCPError
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp_types import (
    INTERNAL_ERROR,
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
)

from services.console.database import Database
from services.console.mcp.result import asked_of, refusal, result
from services.console.mcp.tools import QUOTATIONS, TOOLS, tool
from services.console.problems import Problem, problem_of
from shared.version import __version__

log = structlog.get_logger()

_INSTRUCTIONS = (
    "Notices of China's Ministry of Commerce, as the Wayback Machine keeps them: export controls, duties, lists of "
    "entities, and what is in force. A day is one in China. " + QUOTATIONS
)


def create_server(database: Database) -> Server[Any]:
    """A server that asks a database, which has been started."""

    async def list_tools(
        _: ServerRequestContext[Any], __: PaginatedRequestParams | None
    ) -> ListToolsResult:
        try:
            known = await database.questions()
        except Exception as error:
            raise MCPError(INTERNAL_ERROR, str(_problem(error))) from error
        return ListToolsResult(tools=[tool(name, known[asks]) for name, asks in TOOLS.items()])

    async def call_tool(
        _: ServerRequestContext[Any], params: CallToolRequestParams
    ) -> CallToolResult:
        if params.name not in TOOLS:
            raise MCPError(INVALID_PARAMS, f"no tool {params.name!r}: {', '.join(TOOLS)}")
        arguments = params.arguments or {}
        try:
            answer = await database.ask(TOOLS[params.name], asked_of(arguments))
            return result(answer, arguments)
        except Exception as error:  # noqa: BLE001 (it is logged, and answered)
            return refusal(_problem(error))

    return Server(
        "mofcom",
        version=__version__,
        title="MOFCOM notices",
        instructions=_INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def _problem(error: Exception) -> Problem:
    problem = problem_of(error)
    if problem is None:
        log.error("a call of a tool failed", why=repr(error), exc_info=error)
        return Problem(500, "Fault", "this is a fault of the server: its log has more")
    if problem.status == 503:
        log.warning("the database does not answer", why=repr(error))
    return problem
