"""Names as people and machines misspell them, for the tests of reconciliation."""

import re
from collections.abc import Iterator
from random import Random

PLAIN = str.maketrans("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "acelnoszzACELNOSZZ")
# What lies beside a letter on a Polish (programmer's) keyboard.
BESIDE = dict(zip("qwertyuiopasdfghjklzxcvbnm", "wertyuioopsdfghjklkxcvbnmn", strict=True))
# What a scanner takes for one another.
SCANNED = [
    ("l", "1"),
    ("o", "0"),
    ("m", "rn"),
    ("ł", "t"),
    ("ó", "6"),
    ("i", "l"),
    ("S", "5"),
    ("cl", "d"),
]
# Bytes of ISO 8859-2 read as Windows-1252.
DAMAGED = str.maketrans("ąćęłńóśźżŚŁ", "±æê³ñó¶¼¿¦£")
SHORT = [
    (
        "Spółdzielnia Socjalna",
        ["Sp. Socj.", "Spółdz. Socjalna", "SS", "Spn. Soc.", "Spółdz. Socj."],
    ),
    ("Stowarzyszenie", ["Stow."]),
    ("Fundacja", ["Fund."]),
    ("Centrum Integracji Społecznej", ["CIS", "Centrum Integr. Społ."]),
    ("Klub Integracji Społecznej", ["KIS"]),
    ("Zakład Aktywności Zawodowej", ["ZAZ"]),
    ("Warsztat Terapii Zajęciowej", ["WTZ", "Warsztaty Terapii Zajęciowej"]),
    ("Regionalny Ośrodek Polityki Społecznej", ["ROPS", "Reg. Ośrodek Polityki Społ."]),
    ("Gminny Ośrodek Pomocy Społecznej", ["GOPS", "Gm. Ośrodek Pomocy Społ."]),
    ("Dom Pomocy Społecznej", ["DPS"]),
    ("Ośrodek Wsparcia Ekonomii Społecznej", ["OWES"]),
    ("Ochotnicza Straż Pożarna", ["OSP", "Ochot. Straż Poż."]),
    ("Koło Gospodyń Wiejskich", ["KGW", "Koło Gosp. Wiejskich"]),
    (
        "sp. z o.o.",
        ["spółka z ograniczoną odpowiedzialnością", "Sp. z o. o.", "sp.z o.o", "SP ZOO"],
    ),
    ("Województwo", ["Woj."]),
    ("Gmina", ["Gm."]),
]
FORMS = [form for form, _ in SHORT]
LEGAL = ["Spółdzielnia Socjalna", "Stowarzyszenie", "Fundacja", "sp. z o.o."]


def seeded(seed: int) -> Random:
    """Chance that is the same each time."""
    return Random(seed)  # noqa: S311


def typo(random: Random, name: str) -> str:
    """One letter in a long word swapped, left out, doubled, or another one."""
    places = [i for i in range(1, len(name) - 1) if name[i - 1 : i + 2].isalpha()]
    if not places:
        return name
    i = random.choice(places)
    match random.randrange(4):
        case 0:
            return name[:i] + name[i + 1] + name[i] + name[i + 2 :]
        case 1:
            return name[:i] + name[i + 1 :]
        case 2:
            return name[:i] + name[i] + name[i:]
    return name[:i] + BESIDE.get(name[i].lower(), "e") + name[i + 1 :]


def no_diacritics(_: Random, name: str) -> str:
    return name.translate(PLAIN)


def capitals(random: Random, name: str) -> str:
    return random.choice((str.upper, str.lower, str.title))(name)


def abbreviated(random: Random, name: str) -> str:
    for form, shorts in SHORT:
        if form in name:
            return name.replace(form, random.choice(shorts))
    return name


def without_form(_: Random, name: str) -> str:
    """Without the legal form, where that leaves a name and not a place."""
    for form in LEGAL:
        if form in name and not (rest := name.replace(form, "").strip()).startswith("w "):
            return rest
    return name


def swapped(random: Random, name: str) -> str:
    """What it is called before what it is: `Serwis, Spółdzielnia Socjalna`."""
    for form in FORMS:
        if name.startswith(form + " "):
            return name.removeprefix(form + " ") + random.choice((", ", " ", " – ")) + form
    words = name.split()
    i = random.randrange(len(words))
    return " ".join((*words[:i], *words[i + 1 :], words[i]))


def scanned(random: Random, name: str) -> str:
    letters, others = random.choice([pair for pair in SCANNED if pair[0] in name] or [("x", "x")])
    return name.replace(letters, others, random.randint(1, 2))


def damaged(_: Random, name: str) -> str:
    return name.translate(DAMAGED)


def other_marks(random: Random, name: str) -> str:
    if "„" in name:
        opening, closing = random.choice(('""', "''", ("", ""), "«»", ("„", '"'), (",,", "''")))
        return name.replace("„", opening).replace("”", closing)
    return f'"{name}"'


def spaced(random: Random, name: str) -> str:
    """Spaces too many, a word that was split, or two that became one."""
    if random.random() < 0.6:
        return f" {name.replace(' ', '  ', 1)}. "
    i = random.choice([m.start() for m in re.finditer(r"\s", name)] or [0])
    return name[:i] + name[i + 1 :] if i else name


WAYS = [typo, typo, typo, no_diacritics, no_diacritics, capitals, abbreviated, abbreviated]
WAYS += [without_form, swapped, scanned, damaged, other_marks, spaced]


def misspelt(random: Random, name: str) -> str:
    """A name misspelt in one to three ways."""
    while True:
        found = name
        for way in random.sample(WAYS, random.choice((1, 2, 2, 3))):
            found = way(random, found)
        if found != name:
            return found


def misspellings(names: list[tuple[str, str]], count: int, seed: int) -> Iterator[tuple[str, str]]:
    """So many pairs of an id and one of its names, misspelt; all ids in turn."""
    random = seeded(seed)
    order = random.sample(names, len(names))
    for i in range(count):
        id_, name = order[i % len(order)]
        yield id_, misspelt(random, name)
