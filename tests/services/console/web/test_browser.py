"""The pages in a real browser: Debian's chromium, driven by Playwright."""

import re
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, async_playwright, expect

from testing.waiting import LIMIT_SECONDS
from tests.services.console.web.conftest import HOSTILE_KEY

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.skipif(
        CHROMIUM is None, reason="chromium is not installed: apt-get install chromium"
    ),
    pytest.mark.asyncio(loop_scope="module"),
]

# Without a sandbox, for tests run as root too; and nothing that asks other hosts.
_OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
PAGES = {
    "home": "/",
    "search": "/search?q=稀土",
    "nothing": "/search?q=没有这样的词",
    "notice": "/n/商务部2025-61",
    "in force": "/in-force?notice=商务部公告2025年第61号&on=2025-12-01",
    "lists": "/lists?list=Unreliable+Entity+List&on=2025-10-01",
    "applies": "/applies?hs=8112.92&direction=export&country=US&on=2025-12-01",
    "code": "/hs/8112.92",
    "duties": "/duties?on=2020-01-01",
    "screen": "/screen?name=Saronik+Technologies",
    "verify": "/verify",
    "calendar": "/calendar?first_day=2025-10-01&last_day=2026-12-31",
    "entity": "/entity?name=Saronic+Technologies",
    "map": "/map?notice=商务部2025-61&relations=all",
    "pipeline": "/pipeline",
    "changes": "/n/商消费函〔2021〕402号",
    "hostile": f"/n/{HOSTILE_KEY}",
    "problem": "/in-force?notice=1900",
}
Opened = Callable[..., AbstractAsyncContextManager[Page]]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def opened(site: str) -> AsyncIterator[Opened]:
    """Opens an address of the console; fails when the browser has something to complain of."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=_OPTIONS)
        try:
            yield lambda *given, **options: _open(browser, site, *given, **options)
        finally:
            await browser.close()


@asynccontextmanager
async def _open(
    browser: Browser, address: str, path: str, *, complaints: bool = False, **options: Any
) -> AsyncIterator[Page]:
    context = await browser.new_context(base_url=address, **options)
    context.set_default_timeout(LIMIT_SECONDS * 1000)
    page = await context.new_page()
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text))
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("request", lambda asked: found.extend(_elsewhere(asked.url, address)))
    await page.goto(path)
    yield page
    assert complaints or found == []
    await context.close()


def _elsewhere(url: str, address: str) -> list[str]:
    return [] if url.startswith(address) else [url]


async def test_every_page_is_whole_on_any_screen_and_for_everybody(opened: Opened) -> None:
    for number, (name, path) in enumerate(PAGES.items()):
        # Every other page in the dark: both are looked at, and no page twice.
        scheme = "dark" if number % 2 else "light"
        # The browser says when an answer is an error.
        options: dict[str, Any] = {"complaints": name == "problem", "color_scheme": scheme}
        async with opened(path, **options) as page:
            for width in (1920, 360):
                await page.set_viewport_size({"width": width, "height": 900})
                wide = await page.evaluate("document.documentElement.scrollWidth")
                assert wide <= width, f"{name} is {wide} wide at {width}"
            results = await Axe().run(page)
            serious = [
                (one["id"], [node["html"] for node in one["nodes"]][:3])
                for one in results.response["violations"]
                if one["impact"] in ("serious", "critical")
            ]
            assert serious == [], f"{name}, {scheme}"


async def test_it_searches_while_one_types(opened: Opened) -> None:
    async with opened("/search") as page:
        await page.get_by_label("words").press_sequentially("稀土")
        results = page.locator(".results > li")
        await expect(results.first).to_contain_text("稀土")
        await expect(results.first.locator("mark").first).to_have_text("稀土")
        await expect(page).to_have_url(re.compile(r"/search\?q=%E7%A8%80%E5%9C%9F"))
        # The address has the question: another reader sees the same.
        assert await results.count() > 1


async def test_a_value_and_its_words_light_up_together(opened: Opened) -> None:
    async with opened("/n/商务部2025-61") as page:
        words = page.locator(".text mark", has_text="商务部公告2025年第61号").first
        value = page.locator(".values div", has_text="document_number").first
        await words.hover()
        await expect(value).to_have_class("lit")
        await page.mouse.move(0, 0)
        await expect(value).not_to_have_class("lit")
        await value.focus()
        await expect(words).to_have_class("lit")


async def test_a_pasted_text_is_verified(opened: Opened) -> None:
    async with opened("/verify") as page:
        await page.get_by_label("paste a text").fill("依据商务部公告2025年第61号，\n《某某办法》。")
        await page.get_by_role("button", name="Verify").click()
        row = page.locator("tbody tr").first
        await expect(row).to_contain_text("商务部公告2025年第61号")
        await page.locator(".cited mark").first.hover()
        await expect(row).to_have_class("lit")
        results = await Axe().run(page)
        assert not [one for one in results.response["violations"] if one["impact"] == "serious"]


async def test_a_file_is_screened_and_its_table_kept(opened: Opened) -> None:
    async with opened("/screen") as page:
        names = {"name": "n.csv", "mimeType": "text/csv", "buffer": b"Name\nSaronik Technologies\n"}
        await page.get_by_label("file with a name").set_input_files(names)  # type: ignore[arg-type]
        await page.get_by_role("button", name="Screen a file").click()
        await expect(page.locator("tbody tr").first).to_contain_text("Saronic Technologies")
        async with page.expect_download() as started:
            await page.get_by_role("button", name="table as Excel").click()
        assert (await started.value).suggested_filename == "screen.xlsx"


async def test_the_keyboard_alone_will_do(opened: Opened) -> None:
    async with opened("/in-force") as page:
        await page.keyboard.press("Tab")
        await expect(page.get_by_role("link", name="skip to the content")).to_be_focused()
        await page.keyboard.press("Enter")
        await page.keyboard.press("Tab")
        await page.keyboard.type("商务部公告2025年第61号")
        await page.keyboard.press("Enter")
        await expect(page.locator("article h2")).to_contain_text("商务部公告2025年第61号")


async def test_the_pages_own_words_can_be_chinese(opened: Opened) -> None:
    async with opened("/search?q=稀土") as page:
        await page.get_by_role("button", name="中文").click()
        await expect(page.get_by_role("heading", name="检索")).to_be_visible()
        await expect(page).to_have_url(re.compile("/search.q="))
        await page.get_by_role("link", name="适用").click()
        await expect(page.get_by_role("heading", name="适用")).to_be_visible()


async def test_what_changed_is_shown_word_by_word(opened: Opened) -> None:
    async with opened(PAGES["changes"]) as page:
        await page.get_by_role("link", name="compare with the one before").click()
        changed = page.locator("#changes")
        await expect(changed.locator("del").first).to_be_visible()
        await expect(changed.locator("ins").first).to_be_visible()
        await expect(page).to_have_url(re.compile("older=[0-9a-f]{64}&newer=[0-9a-f]{64}"))


async def test_a_citation_is_copied_in_one_click(opened: Opened) -> None:
    allowed = ["clipboard-read", "clipboard-write"]
    async with opened("/n/商务部2025-61", permissions=allowed) as page:
        await page.get_by_role("button", name="copy the citation (中文)").click()
        copied = await page.evaluate("navigator.clipboard.readText()")
        assert copied == await page.locator("#cited-as-zh").text_content()
        assert copied.startswith("商务部. 商务部公告2025年第61号")


async def test_the_map_is_drawn_and_leads_to_notices(opened: Opened) -> None:
    async with opened(PAGES["map"]) as page:
        await expect(page.locator("#map canvas").first).to_be_visible()
        near = "drawn.nodes('[distance = 1][?held]')[0]"
        address = await page.evaluate(f"{near}.data('address')")
        position = await page.evaluate(f"{near}.renderedPosition()")
        box = await page.locator("#map").bounding_box()
        assert box
        await page.mouse.click(box["x"] + position["x"], box["y"] + position["y"])
        await expect(page).to_have_url(re.compile(re.escape(address)))


async def test_the_map_without_a_script_is_a_table(opened: Opened) -> None:
    async with opened(PAGES["map"], java_script_enabled=False) as page:
        await expect(page.locator("#map")).to_be_hidden()
        await expect(page.locator("tbody tr").first).to_be_visible()


async def test_a_form_leads_to_an_answer_with_its_chain(opened: Opened) -> None:
    async with opened("/applies") as page:
        await page.get_by_label("customs code").fill("8112.92")
        await page.get_by_label("direction").select_option("export")
        await page.get_by_label("country").fill("US")
        await page.get_by_role("button", name="Ask").click()
        await expect(page.locator("article").first).to_contain_text("商务部")
        await expect(page.locator("article q").first).to_be_visible()
        # On paper there is the answer, and no form.
        await page.emulate_media(media="print")
        await expect(page.locator("form.question")).to_be_hidden()
        await expect(page.locator(".asked")).to_be_visible()


async def test_filters_narrow_a_search(opened: Opened) -> None:
    async with opened("/search?q=出口管制") as page:
        results = page.locator(".results > li")
        before = await results.count()
        await page.get_by_text("filters").click()
        await page.get_by_label("year").fill("2023")
        await page.get_by_label("year").press("Tab")
        await expect(page).to_have_url(re.compile("year=2023"))
        await expect(results).not_to_have_count(before)
        for line in await results.locator("time").all_text_contents():
            assert line.startswith("2023-")
