"""The pictures of the console in docs/screenshots: ``python -m docs.screenshots``, of the demo, which it starts.

It needs chromium (apt-get install chromium) and a font with Chinese characters.
"""

import asyncio
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from playwright.async_api import async_playwright
from rich.console import Console

from deploy.local.stack import local_stack
from services.cli.up.follow import until_done

_FOLDER = Path(__file__).with_name("screenshots")
_SEEDS = Path(__file__).parents[1] / "seeds"


class Picture(NamedTuple):
    """A page as it is shown: after a click on the link `followed`, with the pointer on `hovered`."""

    name: str
    address: str
    dark: bool = False
    width: int = 1280
    followed: str | None = None
    hovered: str | None = None


PICTURES = (
    Picture("notice", "/n/商务部2025-61", hovered=".text mark >> nth=0"),
    Picture("applies", "/applies?hs=8112.92&direction=export&country=US&on=2025-12-01"),
    Picture("map", "/map?notice=商务部2025-61&relations=all", dark=True),
    Picture("search", "/search?q=rare+earth"),
    Picture("changes", "/n/商消费函〔2021〕402号", followed="compare with the one before"),
    Picture("lists", "/lists?list=Unreliable+Entity+List&on=2025-10-01"),
    Picture("phone", "/n/商务部2025-70", width=390),
)


async def take(address: str) -> None:
    """Take all pictures of a console."""
    _FOLDER.mkdir(exist_ok=True)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for one in PICTURES:
            page = await browser.new_page(
                base_url=address,
                viewport={"width": one.width, "height": 800},
                color_scheme="dark" if one.dark else "light",
            )
            await page.goto(one.address, wait_until="networkidle")
            if one.followed:
                await page.get_by_role("link", name=one.followed).click()
                await page.wait_for_load_state("networkidle")
            if one.hovered:
                await page.hover(one.hovered)
            await page.screenshot(path=_FOLDER / f"{one.name}.png")
            await page.close()
        await browser.close()


def main() -> int:
    """Run the demo, and take pictures of its console; the exit status."""
    with (
        TemporaryDirectory(prefix="mofcom-") as folder,
        local_stack(Path(folder), Console(stderr=True)) as stack,
    ):
        stack.start(_SEEDS / "demo.warc.gz")
        status = until_done(stack, _SEEDS, Console(stderr=True))
        asyncio.run(take(stack.console_url))
    return status


if __name__ == "__main__":
    sys.exit(main())
