"""The OpenAI adapter over HTTP, against the protocol as llama.cpp's server speaks it."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from services.translator.engine_chain import EngineChain
from services.translator.engines.engine import Answer, EngineDown, Request
from services.translator.engines.openai import OpenAI, Patience
from services.translator.glossary import glossary
from services.translator.http import Http
from services.translator.http import Reply as HttpReply
from services.translator.sentence import Sentence
from shared.notice import Notice
from testing.waiting import LIMIT_SECONDS
from tests.services.translator.fakes import Memory, at_once, translator
from tests.services.translator.loopback import Asked, Reply, Script, serving

ON = date(2022, 12, 8)
SENTENCE = Request("特此公告。", (("商务部", "Ministry of Commerce"),))
QUICK = Patience(attempts=3, pause_seconds=0.01, longest_seconds=0.05)


def completion(content: Any, finish_reason: Any = "stop") -> Reply:
    """What the server was measured to answer."""
    said = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "m",
        "choices": [
            {
                "index": 0,
                "finish_reason": finish_reason,
                "message": {"role": "assistant", "content": content},
            }
        ],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }
    return Reply(body=json.dumps(said).encode(), headers={"Content-Type": "application/json"})


def chat(answer: Script) -> Script:
    """The endpoint: lists its models, completes chats as `answer` says."""

    def script(asked: Asked) -> Any:
        if asked.path == "/v1/models":
            return Reply(body=b'{"object":"list","data":[{"id":"m"}]}')
        assert (asked.method, asked.path) == ("POST", "/v1/chat/completions")
        return answer(asked)

    return script


class Impatient(Http):
    """Waits a moment for chats, and as long as a busy machine takes for anything else.

    Counts the chats: the server may not have seen one that was given up.
    """

    chats = 0

    async def post(
        self, url: str, json: Any, headers: Mapping[str, str] | None = None
    ) -> HttpReply:
        type(self).chats += 1
        async with Http(0.1) as brief:
            return await brief.post(url, json, headers)


def engine(url: str, key: str | None = None, http: type[Http] = Http) -> OpenAI:
    return OpenAI(f"{url}/v1/", "m", key, http(LIMIT_SECONDS), QUICK, at_once=2)


async def answered(script: Script, http: type[Http] = Http) -> tuple[Answer, int]:
    """The adapter's answer to one sentence, and how many chats it took."""
    async with serving(chat(script)) as server:
        adapter = engine(server.url, http=http)
        try:
            (answer,) = await adapter.translate([SENTENCE])
        finally:
            await adapter.close()
        return answer, sum(one.method == "POST" for one in server.asked)


async def test_a_request_is_what_was_agreed() -> None:
    async with serving(chat(lambda _: completion("It is hereby announced."))) as server:
        adapter = engine(server.url, key="secret")
        assert await adapter.health() is None
        assert await adapter.translate([SENTENCE] * 3) == [Answer("It is hereby announced.")] * 3
        await adapter.close()
    sent = server.asked[1]
    assert sent.headers["authorization"] == "bearer secret"
    said = sent.json()
    assert said["stream"] is False
    assert said["temperature"] == 0
    assert said["max_tokens"] > 0
    assert [message["role"] for message in said["messages"]] == ["system", "user"]
    assert said["messages"][1]["content"] == "<<<特此公告。>>>"
    assert "商务部 = Ministry of Commerce" in said["messages"][0]["content"]


async def test_an_answer_cut_by_its_limit_is_a_fault() -> None:
    answer, chats = await answered(lambda _: completion("It is hereby", "length"))
    assert answer == Answer("It is hereby", "length")
    assert chats == 1


async def test_a_filtered_answer_is_refused() -> None:
    answer, _ = await answered(lambda _: completion("", "content_filter"))
    assert answer.fault == "refused"


async def test_thoughts_are_no_part_of_the_answer() -> None:
    answer, _ = await answered(lambda _: completion("<think>hm</think>\nIt is announced."))
    assert answer.text == "It is announced."


@pytest.mark.parametrize(
    "reply",
    [
        Reply(body=b"{not json"),
        Reply(body=b"[]"),
        Reply(body=b'{"choices": []}'),
        Reply(body=b'{"choices": [{"finish_reason": "stop", "message": {}}]}'),
        completion(None),
        completion(["a"]),
        completion("text", "tool_calls"),
        completion("text", None),
        Reply(body=b"[" * 100_000),
        Reply(body=b'data: {"choices":[{"delta":{"content":"It"}}]}\n\ndata: [DONE]\n\n'),
        Reply(body=b'{"choices"', declared=400),
    ],
    ids="malformed list empty no-content null not-text tools no-reason nested streamed cut-off".split(),
)
async def test_what_was_not_agreed_is_no_answer(reply: Reply) -> None:
    answer, chats = await answered(lambda _: reply)
    assert answer == Answer("", "no answer")
    assert chats == QUICK.attempts


async def test_overload_is_waited_for() -> None:
    statuses = iter([429, 503])

    def script(_: Asked) -> Reply:
        status = next(statuses, None)
        return Reply(status, headers={"Retry-After": "1"}) if status else completion("Announced.")

    assert (await answered(script))[0] == Answer("Announced.")


@pytest.mark.parametrize("status", [429, 502, 503, 504])
async def test_lasting_overload_makes_it_down(status: int) -> None:
    """Also where its list of models answers: no sentence is to blame."""
    with pytest.raises(EngineDown, match=str(status)):
        await answered(lambda _: Reply(status))


async def test_a_failure_of_its_own_is_the_sentences() -> None:
    answer, chats = await answered(lambda _: Reply(500))
    assert answer == Answer("", "no answer")
    assert chats == QUICK.attempts


async def test_a_model_that_names_its_limit_otherwise_is_asked_so() -> None:
    """OpenAI's newer models refuse max_tokens and a temperature, by `error.param`."""

    def script(asked: Asked) -> Reply:
        for name in ("max_tokens", "temperature"):
            if name in asked.json():
                error = {"message": f"Unsupported parameter: '{name}'", "param": name}
                return Reply(400, json.dumps({"error": error}).encode())
        assert asked.json()["max_completion_tokens"] > 0
        return completion("Announced.")

    answer, chats = await answered(script)
    assert answer == Answer("Announced.")
    assert chats == 3


async def test_a_refusal_quotes_the_endpoint() -> None:
    body = json.dumps({"error": {"message": "model 'm' not found"}}).encode()
    with pytest.raises(EngineDown, match="answers 404: model 'm' not found"):
        await answered(lambda _: Reply(404, body))


@pytest.mark.parametrize(("status", "why"), [(401, "key is refused"), (403, "key"), (404, "404")])
async def test_what_no_attempt_mends_makes_it_down_at_once(status: int, why: str) -> None:
    async with serving(chat(lambda _: Reply(status))) as server:
        adapter = engine(server.url)
        with pytest.raises(EngineDown, match=why):
            await adapter.translate([SENTENCE])
        await adapter.close()
        assert len(server.asked) == 1


async def test_a_sentence_that_it_cannot_take_is_refused() -> None:
    assert await answered(lambda _: Reply(400, b'{"error":{}}')) == (Answer("", "refused"), 1)


async def test_silence_for_one_sentence_is_no_answer() -> None:
    before = Impatient.chats
    answer, _ = await answered(lambda _: Reply(after_seconds=LIMIT_SECONDS), Impatient)
    assert answer == Answer("", "no answer")
    assert Impatient.chats - before == QUICK.attempts


async def test_a_drip_of_bytes_is_bounded_in_all() -> None:
    answer, _ = await answered(lambda _: Reply(body=b"{", drips=True), Impatient)
    assert answer.fault == "no answer"


async def test_nobody_there_makes_it_down() -> None:
    async with serving(chat(lambda _: completion(""))) as server:
        adapter = engine(server.url)
    assert await adapter.health() is not None
    with pytest.raises(EngineDown):
        await adapter.translate([SENTENCE])
    await adapter.close()


async def test_loading_makes_it_down() -> None:
    async with serving(lambda _: Reply(503)) as server:
        adapter = engine(server.url)
        assert "loading" in (await adapter.health() or "")
        with pytest.raises(EngineDown, match="loading"):
            await adapter.translate([SENTENCE])
        await adapter.close()


async def test_an_answer_that_chats_is_never_a_translation() -> None:
    """End to end: over HTTP, through repairs and checks, into the text."""
    talk = "Sure! Here is the translation: It is hereby announced that all is approved."
    notice = Notice(
        page_kind="notice",
        layout="x",
        layout_confidence=1,
        parser_version=1,
        body_text="各地要积极复制推广试点地区成功经验和模式。",
        issued_on=ON,
    )
    async with serving(chat(lambda _: completion(talk))) as server:
        adapter = engine(server.url)
        translated = await translator(adapter)(notice, ON, at_once)
        await adapter.close()
    assert translated.text.text == "⟦各地要积极复制推广试点地区成功经验和模式。⟧"
    assert translated.text.state in ("flagged", "failed")
    assert "talks" in {flag.check for flag in translated.text.flags}
    assert translated.text.engine_version == "m prompt-1"


async def test_a_right_answer_over_http_is_done_and_kept() -> None:
    memory = Memory()
    good = "All localities shall actively spread the successful experience of the pilot areas."
    async with serving(chat(lambda _: completion(good))) as server:
        adapter = engine(server.url)
        engines = EngineChain([adapter], memory)
        sentence = Sentence("各地要积极复制推广试点地区成功经验和模式。", glossary().on(ON))
        first = await engines.render([sentence], at_once)
        repeated = await engines.render([sentence], at_once)
        await adapter.close()
        assert sum(one.method == "POST" for one in server.asked) == 1
    assert first[sentence].english == repeated[sentence].english == good
    assert first[sentence].flags == ()
