"""docs/keys.md, made from the table of actions: `python -m tests.keys_page` writes it anew."""

from pathlib import Path
from zoneinfo import ZoneInfo

from warroom.services.keytable import ACTIONS, PLACES
from warroom.services.words import Words
from warroom.ui.keyname import key_name

PAGE = Path(__file__).parents[1] / "docs" / "keys.md"
HEAD = """# Keys

Every action, the key it has, and its id. In the console <kbd>?</kbd> shows the keys of the place one is in, and
<kbd>Ctrl+P</kbd> finds every action by its name, in your language and in English.

Other keys stand in `config.yaml`, by id. An action without a key may be given one:

```yaml
keys:
  feed.reply: w
  console.undo: F9
  console.deadlines: F7
```

Two actions that work in the same place cannot share a key; what clashes is told with both names when warroom starts.
In a text field letters are text: the keys of the editor and of the reply guide are function keys or <kbd>Ctrl</kbd>
with a letter. Never given away: <kbd>Enter</kbd>, <kbd>Esc</kbd>, <kbd>Tab</kbd>, the arrows, <kbd>F1</kbd>,
<kbd>Ctrl+P</kbd>, <kbd>Ctrl+Q</kbd>, the keys of copying and pasting; and what terminals and browsers take for
themselves: <kbd>Ctrl+Enter</kbd>, <kbd>Alt</kbd>, <kbd>Ctrl+W</kbd>, <kbd>Ctrl+T</kbd>, <kbd>Ctrl+N</kbd>,
<kbd>F5</kbd>, <kbd>F11</kbd>, <kbd>F12</kbd>.

Everywhere: <kbd>Tab</kbd> and <kbd>Shift+Tab</kbd> go from panel to panel, <kbd>↑</kbd> <kbd>↓</kbd> (or <kbd>j</kbd>
<kbd>k</kbd>), <kbd>PgUp</kbd>, <kbd>PgDn</kbd>, <kbd>Home</kbd> and <kbd>End</kbd> move in a list, <kbd>Enter</kbd>
opens, <kbd>Esc</kbd> goes back and destroys nothing.

By mouse: tabs, keys, chips, clocks, cards and the title are clicked. In a list a click chooses and two open. A click on
the sign of a mention, or drawing over several, selects them; one on “▶ similar” shows the copies; one on the words at
the edge of the list changes its order; one on the box of a checklist ticks it. In a form a click on the name of a field
leads to it, and two in the field choose all that stands there.
"""


def page() -> str:
    """The page as it has to be."""
    words = Words("en", ZoneInfo("UTC"))
    parts = [HEAD]
    for place, name in PLACES.items():
        rows = [action for action in ACTIONS.values() if action.place == place]
        parts.append(f"\n## {words.say(name)}\n\n| key | action | id |\n|---|---|---|\n")
        for action in rows:
            key = f"<kbd>{key_name(action.key, words)}</kbd>" if action.key else ""
            told = f"{words.say(action.name)}: {words.say(action.told)}" if action.told.id else words.say(action.name)
            parts.append(f"| {key} | {told} | `{action.id}` |\n")
    return "".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
