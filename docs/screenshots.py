"""Takes the pictures of the pages anew, from the site of the examples as our server serves it.

Needs Chromium (on Debian: chromium, fonts-dejavu-core). From the checkout:

    .venv/bin/python docs/screenshots.py
"""

import base64
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT / "tests"))

from chromium import Chromium, Page  # noqa: E402
from servers import es_lod  # noqa: E402

# The name of a picture → the page.
PAGES = {
    "index": "index.html",
    "search": "search.html",
    "event": "doc/wizyta-studyjna-tarnow-2018.html",
    "event-en": "doc/wizyta-studyjna-tarnow-2018.en.html",
    "organisation": "doc/spoldzielnia-socjalna-serwis.html",
    "unit": "doc/cis-przykladow.html",
    "article": "doc/relacja-z-wizyty-studyjnej-tarnow-2018.html",
    "class": "class/social-cooperative.html",
    "places": "places.html",
    "place": "place/tarnow.html",
    "dates": "dates.html",
    "year": "date/2018.html",
    "dataset": "dataset.html",
    "dataset-en": "dataset.en.html",
    "catalogue": "catalog.html",
    "vocabulary": "ns.html",
    "concepts": "concept/activity.html",
    "quality": "quality/index.html",
    "not-found": "404.html",
    "removed": "gone.html",
    "queries": "sparql?lang=pl",
    "query": "sparql?lang=pl&name=operators",
    "query-en": "sparql?lang=en&name=statuses",
    "query-network": "sparql?lang=pl&name=founders",
}
OPEN = (
    "document.querySelectorAll('#result details, main details.picture').forEach(d => d.open = true)"
)
"""Shows the pictures of an answer."""
HEIGHTS = {1280: 1400, 320: 1800}
"""The greatest height for each width: long pages go on in the same way."""
# Palette and pixels of a picture, as base64; of more than 256 colours the rarer become the nearest
# of the others.
REDUCE = """
(async source => {
    const image = await createImageBitmap(await (await fetch(source)).blob());
    const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
    canvas.drawImage(image, 0, 0);
    const data = canvas.getImageData(0, 0, image.width, image.height).data;
    const counts = new Map();
    for (let i = 0; i < data.length; i += 4) {
        const colour = data[i] << 16 | data[i + 1] << 8 | data[i + 2];
        counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
    const palette = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 256);
    const parts = colour => [colour >> 16, colour >> 8 & 255, colour & 255];
    const far = (one, other) =>
        parts(one).reduce((sum, part, i) => sum + (part - parts(other)[i]) ** 2, 0);
    const places = new Map(palette.map(([colour], place) => [colour, place]));
    for (const colour of counts.keys()) if (!places.has(colour)) {
        let best = 0;
        palette.forEach(([other], place) => {
            if (far(colour, other) < far(colour, palette[best][0])) best = place;
        });
        places.set(colour, best);
    }
    const pixels = new Uint8Array(data.length / 4);
    for (let i = 0; i < pixels.length; i++)
        pixels[i] = places.get(data[4 * i] << 16 | data[4 * i + 1] << 8 | data[4 * i + 2]);
    const colours = Uint8Array.from(palette.flatMap(([colour]) => parts(colour)));
    return [image.width, colours.toBase64(), pixels.toBase64()];
})("data:image/png;base64,%s")
"""


def main() -> None:
    """Build the site, and look at each page in both widths."""
    out = HERE / "screenshots"
    out.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        program = [sys.executable, "-m", "es_lod.cli"]
        subprocess.run([*program, "publish", ROOT / "examples", "-o", site], check=True)
        server = es_lod(Path(folder), site, "/")
        with server as served, Chromium() as browser, browser.page() as tool:
            address = f"http://127.0.0.1:{served.port}/"
            for name, path in PAGES.items():
                for width, height in HEIGHTS.items():
                    with browser.page(width) as page:
                        page.go(address + path)
                        if path.startswith("sparql"):
                            page.wait_for("document.querySelector('.cm-content') !== null")
                            page.evaluate(OPEN)
                        picture = reduced(page.picture(height), tool)
                    (out / f"{name}-{width}.png").write_bytes(picture)


def reduced(picture: bytes, tool: Page) -> bytes:
    """A picture with a palette, packed as well as zlib can: about a third of the size."""
    width, *parts = tool.evaluate(REDUCE % base64.b64encode(picture).decode())
    palette, pixels = map(base64.b64decode, parts)
    rows = (pixels[i : i + width] for i in range(0, len(pixels), width))
    data = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    header = struct.pack(">IIBBBBB", width, len(pixels) // width, 8, 3, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", data), (b"IEND", b""))
    # https://www.w3.org/TR/png-3/#5Chunk-layout
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )


if __name__ == "__main__":
    main()
