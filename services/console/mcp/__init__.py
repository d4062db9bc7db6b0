"""The questions as tools for language models, by the Model Context Protocol: https://modelcontextprotocol.io.

tools.py  which tools there are, described from the questions
result.py an answer as the result of a call
server.py the server, which `mofcom mcp` runs on stdio
http.py   … and the console on /mcp
"""
