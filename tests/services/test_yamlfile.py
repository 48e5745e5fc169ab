"""Files that people wrote: what is read, what is refused, and that nothing in them can hurt."""

from pathlib import Path

import pytest

from warroom.services.words import english
from warroom.services.yamlfile import ConfigError, Group, Items, Scalar, parse, read_text


def refused(text: str) -> list[str]:
    """What is said about a text, one line a problem."""
    with pytest.raises(ConfigError) as caught:
        parse(text, "f.yaml")
    return [problem.text(english().say) for problem in caught.value.problems]


def test_a_document_becomes_a_tree_with_lines() -> None:
    root = parse("a: 1\nb:\n  - x\n  - 'yes'\nc:\n", "f.yaml")
    assert isinstance(root, Group)
    assert [(entry.key, entry.line) for entry in root.entries] == [("a", 1), ("b", 2), ("c", 5)]
    one, items, nothing = (entry.node for entry in root.entries)
    assert one == Scalar(1, "1", "int")
    assert isinstance(items, Items)
    assert items.nodes == (Scalar(3, "x", "str"), Scalar(4, "yes", "str"))
    assert nothing == Scalar(5, "", "null")


@pytest.mark.parametrize("text", ["", "# only a remark\n", "\n\n"])
def test_an_empty_document_is_an_empty_group(text: str) -> None:
    assert parse(text, "f.yaml") == Group(1, ())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\n\tb: 2\n", "f.yaml:2: there is a tab in this line. Indent with spaces."),
        ("a: 1\nb: @x\n", "f.yaml:2: a value cannot start with this character. Put the value between quotes."),
        (
            "a: 1\nb: c: d\n",
            "f.yaml:2: there is one ':' too many in this line. Put text that holds a colon between quotes.",
        ),
        ("a: 1\nb\nc: 2\n", "f.yaml:3: a ':' is missing in this line or in the one above it."),
        (
            "a:\n  - 1\n b: 2\n",
            "f.yaml:3: this line does not fit what stands above it. Look at its indentation, quotes and brackets.",
        ),
        ("a: &x 1\nb: *x\n", "f.yaml:1: references (&name, *name) are not read here. Write the value out."),
        ("a: !!python/name:os.system x\n", "f.yaml:1: tags ({}) are not read here. Write the value alone."),
        ("a: !secret x\n", "f.yaml:1: tags (!secret) are not read here. Write the value alone."),
        ("a: 1\n---\nb: 2\n", "f.yaml:2: a second document starts here ('---'). Keep everything in one."),
        ("a: 1\nb: 2\na: 3\n", "f.yaml:3: a: this key stands here twice, first in line 1."),
        ("a: {b: 1, b: 2}\n", "f.yaml:1: a.b: this key stands here twice, first in line 1."),
        ("? [a, b]\n: 1\n", "f.yaml:1: a key has to be one word or one line of text."),
        ("x:\n  <<: {a: 1}\n", "f.yaml:2: x: a key has to be one word or one line of text."),
        ("a: 1\nb: \x07\n", "f.yaml:2: there is a character here that does not belong into text."),
    ],
)
def test_what_cannot_be_read_is_said_in_plain_words(text: str, said: str) -> None:
    assert refused(text)[0] == said.format("tag:yaml.org,2002:python/name:os.system")


def test_every_reference_is_named_at_once() -> None:
    assert [line.split(": ")[0] for line in refused("a: &x 1\nb: *x\nc: *x\n")] == ["f.yaml:1", "f.yaml:2", "f.yaml:3"]


def test_an_alias_bomb_is_refused_before_it_unfolds() -> None:
    bomb = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    assert "references" in refused(bomb)[0]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_a_bottomless_document_is_refused_before_it_hurts(opening: str) -> None:
    assert "nested too deeply" in refused(opening * 100_000)[-1]


def test_a_file_above_one_mebibyte_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    path.write_bytes(b"# " + b"x" * 1024 * 1024)
    with pytest.raises(ConfigError, match=r"big\.yaml: this file is larger than 1 MiB"):
        read_text(path)
    path.write_bytes(b"#" * 1024 * 1024)
    assert parse(read_text(path), "big.yaml") == Group(1, ())
    assert "larger than 1 MiB" in refused("#" * 1024 * 1024 + "#")[0]


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.yaml: there is no such file: .*none\.yaml"):
        read_text(tmp_path / "none.yaml")
    with pytest.raises(ConfigError, match="this file cannot be read: it is a folder"):
        read_text(tmp_path)
    bad = tmp_path / "bad.yaml"
    bad.write_bytes("a: 1\nb: España\n".encode("latin-1"))
    with pytest.raises(ConfigError, match=r"bad\.yaml:2: this is not UTF-8 text"):
        read_text(bad)


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "bom.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert read_text(path) == "a: 1\n"
