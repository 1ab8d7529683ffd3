"""Draws docs/benchmarks.svg from the results that are kept: speed of mapping, and memory.

python benchmarks/plot.py
"""

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from report import results

PICTURE = Path(__file__).parent.parent / "docs" / "benchmarks.svg"
WIDTH, LABELS, ROW, BAR = 760, 250, 26, 16
STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #24292f }
  .title { font-weight: 600; font-size: 15px }
  .note { font-size: 12px; fill: #57606a }
  .peer { fill: #8c959f } .ours { fill: #0b7a5b } .bound { fill: #8c959f; fill-opacity: .4 }
  .axis { stroke: #8c959f; stroke-width: 1 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .note { fill: #9da7b3 } .ours { fill: #3fb68b }
  }
"""


@dataclass(frozen=True)
class Bar:
    """A line of a chart."""

    label: str
    value: float
    kind: str


def kind(name: str) -> str:
    """The colour of a tool: ours, one of the peers, or what no tool can be that checks."""
    if name.startswith("es-lod"):
        return "ours"
    return "bound" if "by hand" in name and not name.startswith("rdflib") else "peer"


def speeds(result: dict[str, Any]) -> list[Bar]:
    """Thousand triples a second of a processor, the fastest first, of all that write N-Triples."""
    bars = [
        Bar(_label(row["name"]), row["count"] / row["cpu"] / 1000, kind(row["name"]))
        for row in result["rows"]
        if not any(left_out in row["name"] for left_out in ("Turtle", "CSV", "2 "))
    ]
    return sorted(bars, key=lambda bar: -bar.value)


def memory(result: dict[str, Any], grown: dict[str, Any]) -> list[Bar]:
    """The peaks of es-lod at each size, and those of the peers at one."""
    ours = [
        Bar(f"es-lod, {row['cases']:,} cases", row["memory"] / 2**20, "ours")
        for row in grown["rows"]
        if row["step"] == "map"
    ]
    peers = [
        Bar(f"{_label(row['name'])}, {result['cases']:,} cases", row["memory"] / 2**20, "peer")
        for row in result["rows"]
        if kind(row["name"]) == "peer" and "2 processes" not in row["name"]
    ]
    return [*ours, *sorted(peers, key=lambda bar: bar.value)]


def _label(name: str) -> str:
    if name.startswith("es-lod"):
        return "es-lod (checks every record)"
    name = name.removesuffix(", all cores").removesuffix(", 1 process")
    return name.removesuffix(" by hand") if name.startswith("rdflib") else name


def chart(title: str, note: str, bars: list[Bar], top: int) -> tuple[list[str], int]:
    """A chart of bars, and where it ends."""
    most = max(bar.value for bar in bars)
    drawn = [f'<text x="0" y="{top + 16}" class="title">{escape(title)}</text>']
    drawn.append(f'<text x="0" y="{top + 34}" class="note">{escape(note)}</text>')
    y = top + 46
    axis = f'<line x1="{LABELS}" y1="{y}" x2="{LABELS}" y2="{y + ROW * len(bars)}" class="axis"/>'
    for bar in bars:
        width = max(1, round(bar.value / most * (WIDTH - LABELS - 60)))
        middle = y + ROW / 2 + 4.5
        size = f'y="{y + (ROW - BAR) // 2}" width="{width}" height="{BAR}"'
        drawn += [
            f'<text x="{LABELS - 10}" y="{middle}" text-anchor="end">{escape(bar.label)}</text>',
            f'<rect x="{LABELS}" {size} rx="2" class="{bar.kind}"/>',
            f'<text x="{LABELS + width + 6}" y="{middle}">{bar.value:,.0f}</text>',
        ]
        y += ROW
    return [*drawn, axis], y


def picture(found: dict[str, dict[str, Any]]) -> str:
    """The whole picture."""
    mapped = found["map"]
    triples = mapped["rows"][0]["count"] / 1e6
    about = f"{mapped['cases']:,} cases, {triples:,.0f} million triples"
    first, end = chart(
        "Mapping to N-Triples: thousand triples a second of processor time",
        f"{about}; whole processes; pale: hand-written for these records only, nothing checked",
        speeds(mapped),
        0,
    )
    second, end = chart(
        "Memory at its peak: MB",
        "from 2,000 to 200,000 cases (1.8 million records)",
        memory(mapped, found["growth"]),
        end + 20,
    )
    body = "\n".join([*first, *second])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-10 -6 {WIDTH + 20} {end + 12}" '
        f'width="{WIDTH + 20}" height="{end + 12}" role="img">\n'
        "<title>es-lod and its peers: speed and memory of mapping</title>\n"
        f"<style>{STYLE}</style>\n{body}\n</svg>\n"
    )


def main() -> None:
    """Draw it."""
    PICTURE.write_text(picture(results()), encoding="utf-8")


if __name__ == "__main__":
    main()
