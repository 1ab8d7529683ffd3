"""The references among records, as a whole."""

from collections.abc import Iterator

from es_lod.site.register import Register


def links(register: Register) -> int:
    """How many references there are."""
    found: int = register.value("SELECT count(*) FROM link")
    return found


def leading(register: Register) -> tuple[int, int, int]:
    """How many of them lead to records, how many elsewhere, and how many to what is missing."""
    query = """SELECT count(goal), count(*) FILTER (WHERE goal IS NULL AND instr(target, ':')),
        count(*) FILTER (WHERE goal IS NULL AND NOT instr(target, ':')) FROM link"""
    inside, outside, missing = next(register.rows(query))
    return inside, outside, missing


def ties(register: Register, *paths: str) -> Iterator[tuple[str, int | str, int]]:
    """The links of some keys: the key, to which record or IRI it leads, and from which."""
    query = f"""SELECT path, coalesce(goal, target), source FROM link
        WHERE path IN ({", ".join("?" * len(paths))}) AND goal IS NOT source
        ORDER BY source, i"""  # noqa: S608  # places of values
    return register.rows(query, *paths)
