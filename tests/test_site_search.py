"""The search of a large site: an index in parts, of which the script reads what it needs."""

import json
import random
import re
import shutil
import unicodedata
from collections import Counter
from itertools import chain

import pytest
from chromium import BrowserError
from conftest import ROOT
from pages import nothing, served
from test_site_browser import RUN, axe  # noqa: F401  # a fixture

import es_lod
from es_lod import Dataset
from es_lod.site import assets
from es_lod.site.edition import Edition
from es_lod.site.editions.folder import Folder
from es_lod.site.pages import folding, index, index_parts, search
from es_lod.site.pages.index_parts import _name
from es_lod.site.settings import read_settings

SETTINGS = read_settings(ROOT / "examples" / "site.yaml")
SCRIPT = (ROOT / "src/es_lod/site/assets/search.js").read_text(encoding="utf-8")
WHOLE, PART = 660, 220
"""Of which a site of 3,000 records is as a site of 100,000 is of the true ones."""
ALPHABETS = (
    "Zażółć gęślą jaźń ZAŻÓŁĆ GĘŚLĄ JAŹŃ",
    "Straße Übermäßig Größe ẞ",
    "Щедрівка Їжак Ёлка Ґанок",
    "ΟΔΟΣ ὁδός",
    "İstanbul ılık Dž ﬁn ℡ ½ x² ① \u210c \uff21",
    "北京 한국어 हिन्दी العربية 𠮷野家 \U0001d400",
    "a–b „c” d’e f·g h/i j_k l+m n&o p#q r\u00a0s t\u200bu v\u00adw",
    "012 ٣٤ Ⅳ",
)


def records():
    town = {"address_locality": "Łódź"}
    for i in range(1200):
        where = town if i % 2 else {"address_locality": f"Wieś {i // 40}"}
        yield es_lod.Foundation(id=f"f{i}", name=f"Fundacja {i:04}", address=where)
    for i in range(1200):
        name = {"pl": f"Spółdzielnia „Źródło {i}”", "en": f"Co-operative “Source {i}”"}
        where = {"address_locality": "Tarnów"} if i % 12 == 0 else None
        yield es_lod.SocialCooperative(id=f"s{i}", name=name, address=where)
    for i in range(600):
        yield es_lod.Association(id=f"pomoc-{i}", name=f"Stowarzyszenie Pomoc w Łodzi {i}")
    for i, text in enumerate(ALPHABETS):
        yield es_lod.Foundation(id=f"alfabet-{i}", name=text)
    yield es_lod.Foundation(id="znaki", name='<img src=x onerror=alert(1)> "&"', address=town)


@pytest.fixture(scope="module")
def edition():
    dataset = Dataset(list(records()))
    return Edition(dataset, SETTINGS, dataset.report())


@pytest.fixture(scope="module", autouse=True)
def small():
    """Limits that are smaller by as much as the site."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index_parts, "WHOLE", WHOLE)
        patch.setattr(index_parts, "PART", PART)
        yield


@pytest.fixture(scope="module")
def site(edition, tmp_path_factory):
    """What belongs to the search: the pages of 3,000 records would take a minute."""
    folder = tmp_path_factory.mktemp("large")
    Folder(folder).put(chain(search.files(edition, ()), assets.files(edition, ())))
    return folder


@pytest.fixture(scope="module")
def stated(site):
    return json.loads((site / index.PATH).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def searched(edition):
    """Each record's words, as the search has them."""
    labels = index._labels(edition)
    return {
        json.loads(line)[0]: folding.words(text) for line, text in index._records(edition, labels)
    }


def parts(site, first):
    """The parts of a run of words: lists of records."""
    i, found = 1, []
    name = _name(first)
    while (path := site / index.FOLDER / f"{name}{f'-{i}' if i > 1 else ''}.json").exists():
        found.append(json.loads(path.read_text(encoding="utf-8")))
        i += 1
    return found


def test_a_small_site_has_its_index_in_one_file(edition, monkeypatch):
    monkeypatch.setattr(index_parts, "WHOLE", len(edition.dataset))
    (file,) = index.index(edition)
    assert file.path == "search.json"
    assert len(json.loads(file.data)["records"]) == len(edition.dataset)


def test_each_word_of_each_record_leads_to_it(site, stated, searched):
    def order(word):
        return word.encode("utf-16-be")

    found = {}
    for first, last, count in stated["words"]:
        lines = [line for part in parts(site, first) for line in part]
        assert len(lines) == min(count, WHOLE)
        found[first, last] = {line[0] for line in lines}
    for word in set().union(*searched.values()):
        (run,) = [run for run in found if order(run[0]) <= order(word) <= order(run[1])]
        having = {id_ for id_, has in searched.items() if word in has}
        assert having <= found[run] or len(found[run]) == WHOLE < len(having), word


def test_two_frequent_words_have_as_many_records_as_is_stated(site, stated, searched):
    assert sum(map(len, stated["pairs"].values())) > 10
    for one, runs in stated["pairs"].items():
        for other, last, count in runs:
            having = [id_ for id_, has in searched.items() if {one, other} <= has]
            path = site / index.FOLDER / _name(one) / f"{_name(other)}.json"
            there = [line[0] for line in json.loads(path.read_text(encoding="utf-8"))]
            assert other == last
            assert (count, there) == (len(having), having[:PART])


def test_the_name_of_a_part_is_safe_for_any_file_system():
    """A name has 255 bytes on most: `-10.json` is what may follow."""
    assert _name("con") == "w-con"
    assert _name("ґ") == "x-d291"
    assert len(_name("\U00020bb7" * folding.LONGEST)) < 240


def test_parts_are_small_and_few_and_a_frequent_word_is_cut(site, stated):
    files = list((site / index.FOLDER).rglob("*.json"))
    assert max(len(json.loads(p.read_text(encoding="utf-8"))) for p in files) == PART
    assert len(files) < 3000 * 12 / PART
    assert max(stated["pairs"]["spoldzielnia"]) == ["zrodlo", "zrodlo", 1200]
    assert stated["pairs"]["foundation"] == [["fundacja", "fundacja", 1209]]
    counts = {first: count for first, last, count in stated["words"] if first == last}
    assert counts["fundacja"] == 1200 + len(ALPHABETS) + 1
    assert [len(part) for part in parts(site, "fundacja")] == [PART] * (WHOLE // PART)
    assert all(re.fullmatch(r"(w-[a-z0-9]+|x-[0-9a-f]+)(-\d+)?\.json", p.name) for p in files)
    assert stated["words"] == sorted(stated["words"], key=lambda run: run[0].encode("utf-16-be"))


def test_the_same_records_give_the_same_bytes(edition, site):
    for file in index.index(edition):
        assert (site / file.path).read_bytes() == file.data


def test_a_record_more_changes_few_parts(edition, site):
    """A copy of the site on a host takes what changed: parts begin where they did."""
    more = es_lod.Foundation(id="nowa", name="Fundacja 0000 Abecadło")
    dataset = Dataset([*edition.dataset, more])
    files = list(index.index(Edition(dataset, SETTINGS, dataset.report())))
    assert all((site / file.path).exists() for file in files)
    changed = [file.path for file in files if (site / file.path).read_bytes() != file.data]
    # The parts of its six words, and what follows it among the first records of frequent ones.
    assert 6 < len(changed) < 12 < len(files) / 8


# In a browser


@pytest.fixture(scope="module")
def address(site):
    with served(site, SETTINGS.url) as origin:
        yield origin


@pytest.fixture(scope="module")
def folded(chromium):
    """The words of texts as the script has them."""
    start, end = SCRIPT.index("  const fold ="), SCRIPT.index("  const element =")

    def words(texts):
        with chromium.page() as page:
            script = f"{SCRIPT[start:end]} return {json.dumps(texts)}.map(t => wordsOf(t, 24))"
            return page.evaluate(f"(() => {{ {script} }})()")

    return words


@pytest.mark.slow
def test_the_script_folds_letters_as_the_index_does(folded):
    """Every character that there is, before and after others."""
    assert folding.LONGEST == 24
    every = [chr(c) for c in range(0x110000) if unicodedata.category(chr(c)) not in {"Cn", "Cs"}]
    pieces = ["".join(every[i : i + 16]) for i in range(0, len(every), 16)]
    texts = [*ALPHABETS, *(f"a{c}b" for c in every if ord(c) < 0x3000), *pieces]
    found = folded(texts)
    assert len(found) == len(texts)
    nothing(
        {
            ascii(text): (ascii(there), ascii(here))
            for text, there in zip(texts, found, strict=True)
            if set(there) != (here := folding.words(text))
        }
    )


def results(page):
    """What the search says, and the ids that it shows."""
    ids = (
        "[...document.querySelectorAll('#results a')].map(a => a.pathname.match(/doc.(.*?)\\./)[1])"
    )
    return page.evaluate(f"[document.getElementById('status').textContent, {ids}]")


def typed(page, text, status):
    """The ids that are shown when a text was typed and the search says what it should."""
    page.evaluate("document.querySelector('#q').focus(); document.querySelector('#q').select()")
    page.write(text)
    try:
        page.wait_for(f"document.getElementById('status').textContent === {json.dumps(status)}")
    except BrowserError:
        assert results(page)[0] == status
    return results(page)[1]


FIRST = "Pokazano pierwsze 200. Wpisz więcej, aby zawęzić wyniki"
SOME = "Pokazano 200 z nich. Wpisz więcej, aby zawęzić wyniki"
UNSEEN = "Nic nie znaleziono w przejrzanej części spisu; wpisz więcej, aby przejrzeć inną"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("query", "status", "shown", "parts_read"),
    [
        ("0007", "Znaleziono: 1 z 3009", ["f7"], 1),
        ("fundacja 0007", "Znaleziono: 1 z 3009", ["f7"], 1),
        ("ŁODZI pomoc 599 stowarz", "Znaleziono: 1 z 3009", ["pomoc-599"], 1),
        ("pomoc-599", "Znaleziono: 1 z 3009", ["pomoc-599"], 1),
        ("tarn", "Znaleziono: 100 z 3009", [f"s{i}" for i in range(0, 1200, 12)], 1),
        ("spoldz tarn 108", "Znaleziono: 2 z 3009", ["s108", "s1080"], 1),
        ("pomoc", f"Znaleziono: 600 z 3009. {FIRST}", 200, 1),
        ("pomoc stow", f"Znaleziono: 600 z 3009. {FIRST}", 200, 3),
        ("fundacja", f"Znaleziono: 1209 z 3009. {FIRST}", 200, 1),
        ("fun fundac", f"Znaleziono: 1209 z 3009. {FIRST}", 200, 1),
        ("lodz", f"Znaleziono co najmniej 601 z 3009. {SOME}", 200, 1),
        ("fundacja lodz", f"Znaleziono co najmniej 220 z 3009. {SOME}", 200, 1),
        ("fundacja stowarzyszenie", "Nic nie znaleziono", [], 3),
        # Words of which each has too many records: of two together there are parts.
        ("spoldzielnia zrodl", f"Znaleziono: 1200 z 3009. {FIRST}", 200, 1),
        ("zrodlo s", f"Znaleziono co najmniej 1200 z 3009. {SOME}", 200, 1),
        ("fundacja zrodlo", "Nic nie znaleziono", [], 0),
        ("zrodlo f", UNSEEN, [], 6),
        ("zzz", "Nic nie znaleziono", [], 0),
        ("arnow", "Nic nie znaleziono", [], 0),
        ("щедрів", "Znaleziono: 1 z 3009", ["alfabet-2"], 1),
        ("οδοσ", "Znaleziono: 1 z 3009", ["alfabet-3"], 1),
        ("北 𠮷", "Znaleziono: 1 z 3009", ["alfabet-5"], 1),
        ("<img", "Znaleziono: 1 z 3009", ["znaki"], 1),
    ],
)
def test_what_is_said_and_shown_is_true(chromium, address, query, status, shown, parts_read):
    with chromium.page() as page:
        page.go(f"{address}search.html")
        page.evaluate("document.querySelector('#q').focus()")
        page.call("Input.insertText", text=query)  # at once: what is read for it alone
        page.wait_for(f"document.getElementById('status').textContent === {json.dumps(status)}")
        _, ids = results(page)
        assert len(ids) == shown if isinstance(shown, int) else sorted(ids) == sorted(shown)
        read = [url for url in page.requests if "/words/" in url]
        assert len(read) == parts_read
        assert page.errors == page.dialogs == []


@pytest.mark.slow
def test_of_any_words_what_is_said_is_true(chromium, address, searched):
    random_, wrong, said = random.Random(7), {}, Counter()  # noqa: S311  # no secret
    ask = """(async query => {
        const status = document.getElementById("status"), form = document.getElementById("search");
        status.textContent = "";
        form.elements.q.value = query;
        form.requestSubmit();
        while (!status.textContent) await new Promise(done => setTimeout(done, 1));
    })"""
    vocabulary = sorted(set().union(*searched.values()))
    with chromium.page() as page:
        page.go(f"{address}search.html")
        for _ in range(300):
            # Of words of a record, of frequent ones or of any, as much as is typed.
            there = sorted(searched[random_.choice([*searched])])
            words = random_.choices([*there, random_.choice(vocabulary)], k=random_.randint(1, 3))
            query = [word[: random_.randint(1, 12)] for word in words]
            page.evaluate(f"{ask}({json.dumps(' '.join(query))})")
            status, ids = results(page)
            true = {
                id_
                for id_, has in searched.items()
                if all(any(word.startswith(part) for word in has) for part in query)
            }
            form = re.sub("[0-9]+", "n", status)
            n = int("".join(re.findall(r"^\D+(\d+)", status)) or 0)
            is_exact = n == len(true) and len(ids) == min(n, 200)
            is_true = {
                "Znaleziono: n": is_exact,
                "Nic nie znaleziono": is_exact,
                "Znaleziono co najmniej n": len(ids) <= n <= len(true),
            }.get(form.partition(" z n")[0], form == UNSEEN and not ids)
            if not is_true or not true.issuperset(ids) or len(set(ids)) < len(ids):
                wrong[" ".join(query)] = (status, len(ids), len(true))
            said[form.partition(" z n")[0]] += 1
    nothing(wrong)
    assert len(said) >= 3, said


@pytest.mark.slow
def test_a_search_is_typed_letter_by_letter_and_taken_back(chromium, address, axe):  # noqa: F811
    with chromium.page() as page:
        page.go(f"{address}search.en.html")
        before, first = results(page)
        assert before == "3009 entries, page 1 of 4"
        assert typed(page, "co-operative source 1199", "Found: 1 of 3,009") == ["s1199"]
        assert page.evaluate("document.querySelector('#results').textContent").split() == [
            *("Co-operative", "“Source", "1199”", "Social", "co-operative")
        ]
        page.evaluate(axe)
        assert page.evaluate(RUN) == []
        page.width(320)
        assert page.evaluate(RUN) == []
        page.evaluate("document.querySelector('#q').value = ''")
        assert typed(page, " ", before) == first
        assert not page.evaluate("document.getElementById('pages').hidden")


@pytest.mark.slow
def test_where_a_part_cannot_be_read_the_page_is_searched_and_says_so(chromium, site, tmp_path):
    shutil.copytree(site, tmp_path / "site")
    shutil.rmtree(tmp_path / "site" / index.FOLDER)
    said = "Znaleziono: 1 z 1000. Przeszukano tylko tę stronę listy"
    with served(tmp_path / "site", SETTINGS.url) as origin, chromium.page() as page:
        page.go(f"{origin}search.html")
        assert typed(page, "fundacja 0007", said) == ["f7"]
        page.go((tmp_path / "site" / "search.html").as_uri())
        assert typed(page, "fundacja 0007", said) == ["f7"]
