"""Results as tables in Markdown."""

from typing import Any


def table(result: dict[str, Any]) -> str:
    """The medians of a step, with ratios to the first row.

    Of commands that do different things there are none. Columns without anything are left out.
    """
    head = ["tool", "time", "×", "CPU", "× CPU", f"{result['unit']}/CPU s", "memory", "what"]
    first = result["rows"][0]
    rows = [_cells(row, first) for row in result["rows"]]
    if result["step"] == "startup":
        rows = [[*row[:2], "", row[3], "", *row[5:]] for row in rows]
    columns = zip(head, ["---", *["---:"] * 6, "---"], *rows, strict=True)
    told = [column for column in columns if any(column[2:])]
    return "\n".join(_line(list(line)) for line in zip(*told, strict=True))


def growth(result: dict[str, Any]) -> str:
    """How time and memory grow with the cases."""
    head = ["es-lod", "cases", "time", "CPU", "exponent", "memory", "bytes a record more"]
    lines = [_line(head), _line(["---", *["---:"] * 6])]
    for row in result["rows"]:
        fit = [f"{row['exponent']:.2f}", f"{row['bytes']:,.0f}"] if "exponent" in row else ["", ""]
        times = [seconds(row["wall"]), seconds(row["cpu"])]
        runs = _fewer(row, result["rows"][0])
        cases = f"{row['cases']:,}" + f" ({runs})" * bool(runs)
        cells = [row["step"], cases, *times, fit[0], _memory(row), fit[1]]
        lines.append(_line(cells))
    return "\n".join(lines)


def _fewer(row: dict[str, Any], first: dict[str, Any]) -> str:
    """How many runs there were, where there were fewer than of the first."""
    few = len(row["walls"])
    return f"{few} run{'s' * (few > 1)}" if few < len(first["walls"]) else ""


def _memory(row: dict[str, Any]) -> str:
    return f"{row['memory'] / 2**20:,.0f} MB"


def _cells(row: dict[str, Any], first: dict[str, Any]) -> list[str]:
    speed = f"{row['count'] / row['cpu']:,.0f}" if row["count"] else ""
    written = f"{row['written']:,} triples" if row["written"] else ""
    said = "; ".join(filter(None, [written, row["note"], _fewer(row, first)]))
    return [
        row["name"],
        seconds(row["wall"]),
        f"{row['wall'] / first['wall']:.2f}",
        seconds(row["cpu"]),
        f"{row['cpu'] / first['cpu']:.2f}",
        speed,
        _memory(row),
        said,
    ]


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def seconds(value: float) -> str:
    """A time, to the millisecond where it is short."""
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.2f} s"
