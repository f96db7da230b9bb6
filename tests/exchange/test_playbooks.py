"""The ten playbooks are whole in both languages; a person's own are read with care; each begins a working stream."""

from __future__ import annotations

import datetime as dt
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.currencies import CURRENCIES
from pitrack.core.model import Schedule, Settings
from pitrack.exchange.playbook_page import sections
from pitrack.exchange.playbooks import (
    ANSWERS,
    FOLDER,
    LANGUAGES,
    LINES,
    MERITS,
    OURS,
    STEPS,
    BadPlaybook,
    Playbook,
    all_playbooks,
    find_playbook,
    first_merits,
    gaps,
    load,
    playbook_of,
    read,
)
from pitrack.exchange.starting import plan_of, start_of
from pitrack.store import edits
from pitrack.store.book import Book
from pitrack.text import playbooks as told
from pitrack.text.plain import cells

TODAY = dt.date(2026, 11, 22)
KANA = re.compile("[\u3040-\u30ff]")
NOWHERE = Path("/nowhere")
QUOTED = {
    "ai-video": [("1000", None, "a 2025 essay on passive income")],
    "ai-voice": [("100", "250", "reports of Reddit users"), ("1000", None, "reports of Reddit users")],
    "ai-writing": [("30000", None, "Forbes")],
}
"""All figures that are quoted, in US dollars; of the other seven nobody is quoted."""
GROUPS = {
    "content": ["ai-video", "ai-voice", "ai-writing"],
    "assets": ["e-books", "online-courses"],
    "expertise": ["micro-consulting", "monthly-service", "ai-integration"],
    "platforms": ["affiliate", "stock-photos"],
}
each = pytest.mark.parametrize("name", OURS)
spoken = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book.create(tmp_path / "book.json", Settings("", zone="Asia/Tokyo"), state=tmp_path / "state")


def ours(name: str, language: str = "en") -> Playbook:
    return load(FOLDER / f"{name}.toml", language)


def texts(value: Any) -> Iterator[Any]:
    """All texts in several languages that a file holds."""
    if isinstance(value, dict) and value.keys() & set(LANGUAGES):
        yield value
    elif isinstance(value, Mapping | list):
        for part in value.values() if isinstance(value, Mapping) else value:
            yield from texts(part)


def test_there_are_ten_files_and_no_other() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.toml")) == sorted(OURS)
    found, bad = all_playbooks(NOWHERE, "en")
    assert bad == {}
    assert {group: [one.id for one in found.values() if one.group == group] for group in GROUPS} == GROUPS


@each
def test_a_file_says_everything_in_both_languages(name: str) -> None:
    data = read(FOLDER / f"{name}.toml")
    assert gaps(data) == []
    needed = {"group", "role", "merits", "name", "summary", "suits", *LINES, "actions", "metrics", "steps"}
    assert data.keys() - {"quoted"} == needed
    for text in texts(data):
        assert text.keys() == set(LANGUAGES)
        assert text["en"] != text["ja"] or text["en"] in ("YouTube", "LinkedIn", "Forbes"), text
    assert {step: part.keys() - {"advice"} for step, part in data["steps"].items()} == {
        step: set(answers) for step, answers in ANSWERS.items()
    }
    assert all("advice" in part for part in data["steps"].values())


@each
def test_english_is_english_and_japanese_is_japanese(name: str) -> None:
    english, japanese = ours(name, "en"), ours(name, "ja")
    for key in ("summary", "suits"):
        assert not KANA.search(getattr(english, key))
        assert KANA.search(getattr(japanese, key))
        assert getattr(japanese, key).endswith("。")
        assert getattr(english, key).endswith(".")
    for one in (*japanese.earns, *japanese.success, *japanese.first_week, *japanese.pitfalls):
        assert re.search("[\u3040-\u30ff\u4e00-\u9fff]", one)
        assert not one.endswith("。")
    for advice in japanese.advice.values():
        assert KANA.search(advice)
        assert advice.endswith("。")
    assert not any(map(str.isascii, (action.name for action in japanese.actions)))
    assert all(action.name.isascii() for action in english.actions)


@each
@spoken
def test_each_part_of_a_playbook_has_what_it_needs(name: str, language: str) -> None:
    one = ours(name, language)
    assert 2 <= len(one.earns) <= 5
    assert len(one.success) == 3
    assert len(one.first_week) == 5
    assert 3 <= len(one.pitfalls) <= 5
    assert 3 <= len(one.actions) <= 5
    assert len(one.metrics) == 2
    assert 1 <= len(one.merits) <= 3
    assert set(one.merits) <= set(MERITS)
    assert list(one.advice) == list(one.answers) == list(STEPS.values())
    assert any(action.schedule.every in ("day", "weekdays") or action.schedule.times > 1 for action in one.actions)
    assert any(action.schedule == Schedule("week", 1) for action in one.actions)
    assert any(action.target is not None for action in one.actions)
    assert 1 <= int(one.answers["test"]["clients"]) <= 3


@each
def test_both_languages_ask_for_the_same(name: str) -> None:
    english, japanese = ours(name, "en"), ours(name, "ja")
    assert [one.schedule for one in english.actions] == [one.schedule for one in japanese.actions]
    assert [one.target is None for one in english.actions] == [one.target is None for one in japanese.actions]
    assert [one.kind for one in english.metrics] == [one.kind for one in japanese.metrics]
    assert [(one.amount, one.currency) for one in english.quoted] == [
        (one.amount, one.currency) for one in japanese.quoted
    ]


@each
@spoken
def test_the_niche_is_one_platform_one_audience_one_task(name: str, language: str) -> None:
    for text in ours(name, language).answers["niche"].values():
        assert not re.search(r",|、|\band\b|・", text), text


@each
@spoken
def test_no_outcome_is_a_vanity_number(name: str, language: str) -> None:
    one = ours(name, language)
    counted = [*(metric.name for metric in one.metrics), one.answers["commitment"]["outcomes"]]
    for text in counted:
        assert not re.search("like|follower|view|visit|いいね|フォロワー|再生|訪問", text.casefold()), text


@each
def test_figures_are_those_that_the_article_quotes_each_with_its_source(name: str) -> None:
    quoted = ours(name).quoted
    assert [
        (str(one.amount), None if one.up_to is None else str(one.up_to), one.source) for one in quoted
    ] == QUOTED.get(name, [])
    for language in LANGUAGES:
        for one in ours(name, language).quoted:
            assert one.currency == "USD"
            assert one.currency in CURRENCIES
            for amount in (one.amount, one.up_to):
                assert amount is None or f"{amount:,}" in one.text


@each
@spoken
def test_names_fit_a_phone(name: str, language: str) -> None:
    one = ours(name, language)
    assert cells(one.name) <= 38
    assert all(cells(action.name) <= 40 for action in one.actions)


def test_gaps_name_what_is_missing() -> None:
    data = {
        "name": {"en": "x"},
        "earns": {"en": ["a", "b"], "ja": ["あ"]},
        "actions": [{"name": {"en": "x", "ja": "あ"}}, {"name": {"en": "", "ja": "あ"}}],
        "steps": {"niche": {"advice": {"ja": "あ"}}},
        "suits": "plain",
    }
    assert gaps(data) == ["name.ja", "earns", "actions[2].name.en", "steps.niche.advice.en"]


# A person's own


def own(folder: Path, name: str, text: str | bytes) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_file_of_plain_texts_is_enough(tmp_path: Path) -> None:
    own(tmp_path, "tea.toml", 'name = "Tea letter"\nearns = ["Sales"]\n[[actions]]\nname = "Taste"\nevery = "月水金"\n'
        'at_least = "2 cups"\n[[metrics]]\nname = "Tins sold"\n[steps.test]\nclients = 2\n')  # fmt: skip
    found, bad = all_playbooks(tmp_path, "ja")
    assert bad == {}
    tea = found["tea"]
    assert (tea.group, tea.role, tea.own, tea.earns) == ("own", "passive", True, ("Sales",))
    assert tea.actions == (("Taste", Schedule("weekdays", days=frozenset({1, 3, 5})), Decimal(2), "cups"),)
    assert tea.metrics == (("Tins sold", "count", ""),)
    assert tea.answers == {"test": {"clients": "2"}}
    assert list(found) == [*OURS, "tea"]


def test_ones_own_takes_the_place_of_ours(tmp_path: Path) -> None:
    own(tmp_path, "e-books.toml", 'name = "Mine"\ngroup = "assets"\n')
    found, _bad = all_playbooks(tmp_path, "en")
    assert (len(found), found["e-books"].name) == (10, "Mine")
    mine = find_playbook(tmp_path, "e-books", "en")
    assert mine
    assert (mine.name, mine.own) == ("Mine", True)


def test_where_ones_own_is_bad_ours_stands(tmp_path: Path) -> None:
    own(tmp_path, "e-books.toml", "name = ")
    found, bad = all_playbooks(tmp_path, "en")
    assert found["e-books"].name == "E-books"
    assert list(bad) == ["e-books.toml"]
    ours_instead = find_playbook(tmp_path, "e-books", "en")
    assert ours_instead
    assert not ours_instead.own


@pytest.mark.parametrize("name", [None, "", "nix", "../e-books", "e-books\n", "E-books", "a" * 41])
def test_no_playbook_of_such_a_name(name: str | None) -> None:
    assert find_playbook(NOWHERE, name, "en") is None


def test_a_language_that_a_file_does_not_speak_falls_back(tmp_path: Path) -> None:
    text = 'name = {en = "Tea", de = "Tee"}\nsummary = {de = "nur deutsch"}\n'
    one = load(own(tmp_path, "tea.toml", text), "ja")
    assert (one.name, one.summary) == ("Tea", "nur deutsch")


BAD = {
    "name = ": "it is not TOML: Invalid value (at end of document)",
    b"name = '\xff'": "it is not written in UTF-8",
    "": "“name” is missing",
    "name = 'x'\nsumary = 'y'": "“sumary” means nothing here; there may be: group, role, merits, name, summary",
    "name = ''": "“name” has to be a text in quotes, or one for each language",
    "name = true": "“name” has to be a text in quotes, or one for each language",
    "name = {}": "“name” has to be a text in quotes, or one for each language",
    "name = {ja = {en = 'x'}}": "“name” has to be a text in quotes, or one for each language",
    f"name = '{'x' * 201}'": "“name” is longer than 200 characters",
    "name = 'x'\nearns = 'y'": "“earns” has to be a list of texts, or one for each language",
    "name = 'x'\nearns = [1]": "“earns” has to be a list of texts, or one for each language",
    f"name = 'x'\nearns = {['x'] * 31}": "“earns” has more than 30 items",
    "name = 'x'\nactions = 'y'": "“actions” has to be tables, each begun with [[actions]]",
    "name = 'x'\nsteps = 'y'": "“steps” has to be a table",
    "name = 'x'\n[steps.niche]\ngoal = 'y'": "“steps.niche.goal” means nothing here; there may be: advice, platform",
    "name = 'x'\nrole = 'job'": "“role” has to be one of: passive, service",
    "name = 'x'\nmerits = ['fame']": "“merits” has to be one of: efficiency, cost, scalability, always-on, core-focus",
    "name = 'x'\nmerits = [[]]": "“merits” has to be one of: efficiency, cost, scalability, always-on, core-focus",
    "name = 'x'\n[[actions]]\nname = 'y'\nevery = 'often'": "in “actions[1].every”, “often” is not a schedule.",
    "name = 'x'\n[[actions]]\nname = 'y'\nat_least = 'many'": "in “actions[1].at_least”, “many” is not an amount.",
    "name = 'x'\n[[actions]]\nname = 'y'\nat_least = 0": "“actions[1].at_least” has to be more than nothing",
    "name = 'x'\n[[metrics]]\nunit = 'y'": "“metrics[1].name” is missing",
    "name = 'x'\n[[metrics]]\nname = 'y'\nkind = 'sum'": "“metrics[1].kind” has to be one of: count, level",
    "name = 'x'\n[steps.test]\nclients = 'few'": '“steps.test.clients” has to be a plain number, such as 3 or "250"',
    "name = 'x'\n[[quoted]]\ntext = 'USD 5'\namount = '5'\ncurrency = 'USD'": "“quoted[1].source” is missing",
    "name = 'x'\n[[quoted]]\ntext = 'y'\namount = '1e9'\ncurrency = 'USD'\nsource = 'z'": "“quoted[1].amount” has to",
    "name = 'x'\n[[quoted]]\ntext = 'y'\namount = 5\ncurrency = '$'\nsource = 'z'": "“quoted[1].currency” has to be",
    "x = " + "[" * 5_000: "it is nested too deeply",
    "#" * 200_001: "it is too large for a playbook",
    "name = 1" + "0" * 5_000: "it is not TOML: Exceeds the limit",
    "name = 0x" + "f" * 5_000: "“name” has to be a text in quotes, or one for each language",
    "\"\\u001b[31m\" = 1\nname = 'x'": "“\\x1b[31m” means nothing here",
}  # fmt: skip


@pytest.mark.parametrize(("text", "said"), BAD.items(), ids=range(len(BAD)))
def test_a_file_that_cannot_be_used_is_told_of_in_one_sentence(tmp_path: Path, text: str | bytes, said: str) -> None:
    own(tmp_path, "tea.toml", text)
    found, bad = all_playbooks(tmp_path, "en")
    assert "tea" not in found
    sentence = told.problem("tea.toml", bad["tea.toml"].why, bad["tea.toml"].details)
    assert sentence.startswith(f"Your playbook tea.toml is left out: {said}")
    assert sentence.isprintable()
    assert cells(sentence) < 500


def test_what_is_no_file_hangs_nothing(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    os.mkfifo(tmp_path / "pipe.toml")
    (tmp_path / "gone.toml").symlink_to(tmp_path / "nowhere")
    own(tmp_path, "Big Name.toml", "name = 'x'")
    found, bad = all_playbooks(tmp_path, "en")
    assert list(found) == list(OURS)
    assert {file: error.why for file, error in bad.items()} == {
        "Big Name.toml": "name",
        "folder.toml": "no-file",
        "gone.toml": "no-file",
        "pipe.toml": "no-file",
    }


def test_untrusted_text_is_shown_harmless(tmp_path: Path) -> None:
    text = r"""
    name = "\u001b[31mred [b]x[/b]"
    summary = "a\u202eb"
    [[actions]]
    name = "\u001b]0;t\u0007"
    [[quoted]]
    text = "\u001bx"
    amount = 1
    currency = "USD"
    source = "\u001by"
    """
    one = load(own(tmp_path, "tea.toml", text), "en")
    for section in sections(one):
        for item in section.items:
            assert (item.text + item.lead).isprintable()


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["en", "ja", "name", "x"]), inner),
    max_leaves=6,
)


@given(st.sampled_from(OURS), st.data())
def test_whatever_stands_in_a_file_it_is_read_or_refused(name: str, data: st.DataObject) -> None:
    """A file of ours in which one value is replaced by another of any kind."""
    whole = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    part: Any = whole
    for _ in range(data.draw(st.integers(1, 4))):
        if not isinstance(part, dict | list) or not part:
            break
        keys = list(part) if isinstance(part, dict) else list(range(len(part)))
        holder, key = part, data.draw(st.sampled_from(keys))
        part = holder[key]
    holder[key] = data.draw(_VALUES)
    try:
        one = playbook_of("x", whole, data.draw(st.sampled_from(["en", "ja", "de"])))
    except BadPlaybook as error:
        shown = told.problem("x.toml", error.why, error.details)
    else:
        shown = "".join(item.text for section in sections(one) for item in section.items)
    assert shown.isprintable()


# What they make


@each
@spoken
def test_a_playbook_makes_a_stream_as_one_change(book: Book, name: str, language: str) -> None:
    chosen = ours(name, language)
    before = book.snapshot()
    book.apply(plan_of(before, start_of(chosen, "JPY"), TODAY))
    snap = book.snapshot()
    (stream,) = snap.streams.values()
    assert (stream.name, stream.alias, stream.playbook) == (chosen.name, name, name)
    assert (stream.role, stream.stage, stream.currency) == (chosen.role, "niche", "JPY")
    habits = sorted(snap.habits.values(), key=lambda habit: habit.place)
    assert [habit.name for habit in habits] == [action.name for action in chosen.actions]
    assert [habit.rules for habit in habits] == [(action.rule(TODAY),) for action in chosen.actions]
    assert {habit.stream for habit in habits} == {stream.id}
    assert len({habit.alias for habit in habits}) == len(habits)
    metrics = sorted(snap.metrics.values(), key=lambda metric: metric.order)
    assert [(metric.name, metric.kind, metric.unit) for metric in metrics] == list(chosen.metrics)
    assert {metric.stream for metric in metrics} == {stream.id}
    decided = {step.stage: (dict(step.answers), step.to, bool(step.note)) for step in snap.steps}
    assert [step.stage for step in snap.steps] == ["niche", "offer", "commitment", "idea"]
    assert decided.pop("idea") == (chosen.answers["idea"], "niche", False)
    assert decided == {stage: (chosen.answers[stage], None, True) for stage in ("niche", "offer", "commitment")}
    book.undo()
    after = book.snapshot()
    assert [*after.streams, *after.habits, *after.metrics, *after.steps] == []


def test_all_ten_in_one_book(book: Book) -> None:
    """Twice each: every alias is one of its own."""
    for name in (*OURS, *OURS):
        book.apply(plan_of(book.snapshot(), start_of(ours(name), "USD"), TODAY))
    snap = book.snapshot()
    for things in (snap.streams, snap.habits, snap.metrics):
        assert len({thing.alias for thing in things.values()}) == len(things)
    assert (len(snap.streams), len(snap.metrics), len(snap.steps)) == (20, 40, 80)
    assert len({habit.order for habit in snap.habits.values()}) == len(snap.habits) == 80


def test_merits_that_come_first_by_stream(book: Book, tmp_path: Path) -> None:
    own(tmp_path / "own", "e-books.toml", 'name = "Mine"\nmerits = ["cost"]\n')
    for name in ("ai-voice", "e-books"):
        book.apply(plan_of(book.snapshot(), start_of(ours(name), "USD"), TODAY))
    book.apply(edits.add_stream(book.snapshot(), "Other"))
    book.apply(edits.add_stream(book.snapshot(), "Gone", playbook="gone"))
    streams = book.snapshot().streams
    found = first_merits(tmp_path / "own", streams.values())
    assert {streams[stream].playbook: merits for stream, merits in found.items()} == {
        "ai-voice": ("always-on", "scalability"),
        "e-books": ("cost",),
    }


def test_only_what_was_chosen_is_made(book: Book) -> None:
    start = start_of(ours("e-books"), "USD", "Sleep books")
    start = start._replace(actions=start.actions[:1], metrics=(), answers={"niche": {"task": "Sleep"}})
    book.apply(plan_of(book.snapshot(), start, TODAY))
    snap = book.snapshot()
    (stream,) = snap.streams.values()
    assert (stream.name, stream.alias, stream.stage) == ("Sleep books", "sleep", "idea")
    assert (len(snap.habits), len(snap.metrics)) == (1, 0)
    assert [(step.stage, dict(step.answers), step.to) for step in snap.steps] == [("niche", {"task": "Sleep"}, None)]
