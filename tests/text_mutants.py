"""Weakened regular expressions and SPARQL queries: each a small change of the text.

A pattern loses an anchor, an alternative, a part, a member of a class; a class takes any character;
a quantifier or the end of a range moves by one. A query loses a FILTER, an operand, a triple
pattern, a branch, a member of a list; a comparison or a number changes; its patterns likewise.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

_TOKEN = re.compile(r"\\.|\[\^?(?:\\.|[^\]\\])+\]|\(\?:|[?*+]|\{\d+(?:,\d*)?\}|.", re.DOTALL)
_MEMBER = re.compile(r"(?:\\.|[^\\])-(?:\\.|[^\\])|\\.|[^\\]")
_COMPARED = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "=": "!=", "!=": "="}


def weaker_patterns(pattern: str) -> Iterator[str]:
    """Patterns that differ from one by a small change, mostly one that lets more pass."""
    found = list(_TOKEN.finditer(pattern))
    for token in found:
        before, text, after = pattern[: token.start()], token[0], pattern[token.end() :]
        yield from (before + changed + after for changed in _changed(text))
    for start, end in (*_parts(found), *_alternatives(found)):
        yield pattern[:start] + pattern[end:]


def _changed(token: str) -> Iterator[str]:
    """What may stand in place of one token."""
    if token in {"^", "$"}:
        yield ""
    elif token in {"?", "*", "+"}:
        yield from {"?": ("", "*"), "*": ("+", "?"), "+": ("*", "")}[token]
    elif token.startswith("{"):
        yield from _quantifiers(token)
    elif token.startswith("[") and len(token) > 1:
        yield "."
        yield from _classes(token)


def _quantifiers(token: str) -> Iterator[str]:
    bounds = [int(bound) for bound in token.strip("{}").split(",")]
    for place, bound in enumerate(bounds):
        for other in (bound - 1, bound + 1):
            moved = [*bounds[:place], other, *bounds[place + 1 :]]
            if moved == sorted(moved) and moved[0] >= 0 and moved[-1] > 0:
                yield "{" + ",".join(map(str, moved)) + "}"


def _classes(token: str) -> Iterator[str]:
    head = "[^" if token.startswith("[^") else "["
    members = _MEMBER.findall(token[len(head) : -1])
    for place, member in enumerate(members):
        rest = [*members[:place], *members[place + 1 :]]
        if rest:
            yield f"{head}{''.join(rest)}]"
        if len(member) == 3 and member[1] == "-":
            first, last = member[0], member[2]
            for wider in (f"{chr(ord(first) - 1)}-{last}", f"{first}-{chr(ord(last) + 1)}"):
                if wider[0].isalnum() and wider[2].isalnum():
                    yield f"{head}{''.join([*members[:place], wider, *members[place + 1 :]])}]"


def _parts(tokens: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Where each part stands: a character, a class, a group, with its quantifier."""
    opened: list[int] = []
    for place, token in enumerate(tokens):
        start = token.start()
        if token[0] in {"(", "(?:"}:
            opened.append(start)
        elif token[0] == ")":
            start = opened.pop()
        if token[0] not in {"(", "(?:", "|", "^", "$", "?", "*", "+"} and token[0][0] != "{":
            following = tokens[place + 1] if place + 1 < len(tokens) else None
            counted = following and (following[0] in {"?", "*", "+"} or following[0][0] == "{")
            yield start, following.end() if following and counted else token.end()


def _alternatives(tokens: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Where each alternative stands, together with one of the bars beside it."""
    stack: list[list[int]] = [[0]]
    for token in tokens:
        if token[0] in {"(", "(?:"}:
            stack.append([token.end()])
        elif token[0] == "|":
            stack[-1].append(token.end())
        elif token[0] == ")":
            yield from _cuts(stack.pop(), token.start())
    if tokens:
        yield from _cuts(stack.pop(), tokens[-1].end())


def _cuts(starts: list[int], end: int) -> Iterator[tuple[int, int]]:
    if len(starts) > 1:
        yield from pairwise(starts)  # with the bar that follows
        yield starts[-1] - 1, end  # with the bar before


# Queries


def weaker_queries(query: str) -> Iterator[str]:
    """Queries that differ from one by a small change."""
    masked = _masked(query)
    for start, end in (
        *_filters(masked),
        *_operands(masked),
        *_statements(masked),
        *_branches(masked),
        *_members(masked),
    ):
        yield query[:start] + query[end:]
    for start, end in _arguments(masked):
        yield _instead(query, start, end, masked)
    for number in re.finditer(r"(?<![\w?:\"-])\d+(?!\w)", masked):
        for other in (int(number[0]) - 1, int(number[0]) + 1):
            yield query[: number.start()] + str(other) + query[number.end() :]
    for compared in re.finditer(r"(?<= )(<=|>=|!=|<|>|=)(?= )", masked):
        yield query[: compared.start()] + _COMPARED[compared[0]] + query[compared.end() :]
    for path in re.finditer(r"(?<=\w)\*(?=\s)", masked):
        yield query[: path.start()] + query[path.end() :]
    for string in re.finditer(r'"([^"]*)"', query):
        is_pattern = re.search(r"REGEX \([^()]*$|REGEX\([^()]*$", query[: string.start()])
        text = string[1]
        for other in weaker_patterns(text) if is_pattern else _strings(text):
            yield query[: string.start(1)] + other + query[string.end(1) :]


def _strings(text: str) -> Iterator[str]:
    """A date moved by one, another string without an end of it."""
    if re.match(r"\d{4}-", text):
        before, last = text[:-2], int(text[-2:])
        yield from (f"{before}{other:02}" for other in (last - 1, last + 1))
    else:
        yield from (text[:-1], text[1:])


def prefixes(query: str) -> set[str]:
    """The prefixes that a query uses."""
    return set(re.findall(r"(\w+):\w", _masked(query)))


def _masked(query: str) -> str:
    """The query with strings and IRIs blotted out, so that what they hold is no syntax."""
    return re.sub(r'"[^"]*"|<[^\s<>]+>', lambda found: "_" * len(found[0]), query)


def _closing(text: str, start: int) -> int:
    """Behind the bracket that closes the one at `start`."""
    opening = text[start]
    closing = {"(": ")", "{": "}"}[opening]
    depth = 0
    for place in range(start, len(text)):
        depth += (text[place] == opening) - (text[place] == closing)
        if not depth:
            return place + 1
    raise ValueError(f"unbalanced {opening} in {text}")


def _filters(masked: str) -> Iterator[tuple[int, int]]:
    for found in re.finditer(r"FILTER\s*(NOT EXISTS\s*|EXISTS\s*)?(?=[({])", masked):
        yield found.start(), _closing(masked, found.end())


def _operands(masked: str) -> Iterator[tuple[int, int]]:
    """Each operand of && and ||, together with the operator."""
    for found in re.finditer(r"&&|\|\|", masked):
        yield _edge(masked, found.start(), -1), found.end()
        yield found.start(), _edge(masked, found.end() - 1, 1)


def _edge(masked: str, place: int, step: int) -> int:
    """How far the operand beside `place` reaches: to a bracket, a comma or another operator."""
    depth = 0
    place += step
    while True:
        character = masked[place]
        depth += step * ((character in "({") - (character in ")}"))
        if depth < 0 or (not depth and masked[place : place + 2] in {"&&", "||"}):
            break
        if not depth and character == ",":
            break
        place += step
    if step > 0:
        return place
    return place + (2 if masked[place : place + 2] in {"&&", "||"} else 1)


def _statements(masked: str) -> Iterator[tuple[int, int]]:
    """Each triple pattern: alone with its subject, among several with one semicolon."""
    for found in re.finditer(r"(?:[$?]\w+)\s+([\w:$?_][^{}.;]*(?:;[^{}.;]*)*)\.(?=\s)", masked):
        parts = [found.start(1), *(m.end() for m in re.finditer(";", found[0]))]
        parts[1:] = [found.start() + offset for offset in parts[1:]]
        if len(parts) == 1:
            yield found.span()
        else:
            yield from pairwise(parts)
            yield parts[-1] - 1, found.end(1)


def _branches(masked: str) -> Iterator[tuple[int, int]]:
    """OPTIONAL parts, both sides of a UNION, and the alternatives of a path."""
    for found in re.finditer(r"OPTIONAL\s*(?=\{)", masked):
        yield found.start(), _closing(masked, found.end())
    for found in re.finditer(r"\}\s*UNION\s*(?=\{)", masked):
        depth, start = 0, found.start()
        while True:
            depth += (masked[start] == "}") - (masked[start] == "{")
            if not depth:
                break
            start -= 1
        yield start, found.end()
        yield found.start() + 1, _closing(masked, found.end())
    for found in re.finditer(r"(\([\w:/]+\)|[\w:/]+)\|(\([\w:/]+\)|[\w:/]+)", masked):
        yield found.start(), found.start(2)
        yield found.end(1), found.end()


def _members(masked: str) -> Iterator[tuple[int, int]]:
    """The members of IN (…), each with a comma."""
    for found in re.finditer(r"\bIN \(", masked):
        end = _closing(masked, found.end() - 1) - 1
        commas = [m.start() + found.end() for m in re.finditer(",", masked[found.end() : end])]
        starts = [found.end(), *(comma + 1 for comma in commas)]
        yield from _cuts(starts, end)


def _arguments(masked: str) -> Iterator[tuple[int, int]]:
    """The arguments of IF and COALESCE that may stand for the whole."""
    for found in re.finditer(r"\b(IF|COALESCE)\(", masked):
        end = _closing(masked, found.end() - 1) - 1
        place, starts = found.end(), [found.end()]
        while place < end:
            if masked[place] == "(":
                place = _closing(masked, place)
            else:
                starts += [place + 1] if masked[place] == "," else []
                place += 1
        spans = list(pairwise([*starts, end + 1]))
        for start, stop in spans[1:] if found[1] == "IF" else spans:
            yield start, stop - 1


def _instead(query: str, start: int, end: int, masked: str) -> str:
    """The query with one argument in place of the call that it stands in."""
    opened = list(re.finditer(r"\b(IF|COALESCE)\(", masked[:start]))
    call = next(m for m in reversed(opened) if _closing(masked, m.end() - 1) >= end)
    return query[: call.start()] + query[start:end] + query[_closing(masked, call.end() - 1) :]
