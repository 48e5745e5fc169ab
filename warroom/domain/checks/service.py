"""Numbers and addresses that are nobody's: lines for everybody to call, mailboxes named after what they are for.

They are no personal data ("info@company.com is not", European Commission, What is personal data), and a statement that
helps people gives them one.
"""

import re

from .lists import Lists

_COUNTRY = re.compile(r"^(?:\+|00)(?:44|34|56|52|54|57|1)(?=[2-9])")
_SERVICE = re.compile(
    r"(?:1?(?:800|833|844|855|866|877|888)\d{7}"  # North America, Mexico
    r"|01800\d{7}|018000\d{5,7}"  # Mexico as it was, Colombia
    r"|0(?:800|808)\d{5,7}|0(?:300|303|306|330|333|845|870)\d{7}|08(?:00|10)\d{7}"  # United Kingdom, Argentina
    r"|(?:900|901|902|800)\d{6}"  # Spain, Chile
    r"|[68]00\d{7})"  # Chile
)
_BRITISH = re.compile(r"03(?:43|44|45|70|71|72)\d{7}")
"""In Argentina these are the beginnings of cities, with people behind them."""
_ABROAD = re.compile(r"(?:800|808|300|303|306|330|333|343|344|345|370|371|372|845|870)\d{5,7}")
"""British ones after +44, without their 0."""
_SIGNS = re.compile(r"[._+-]+|\d+")


def is_service_line(words: str, lang: str) -> bool:
    """Whether a telephone number is one that nobody has at home: freephone, shared cost, an organisation's own kind."""
    bare = re.sub(r"[^\d+]", "", words)
    digits = _COUNTRY.sub("", bare)
    if re.match(r"(?:\+|00)44", bare):
        return _ABROAD.fullmatch(digits) is not None
    if bare.startswith("+"):
        return digits != bare and _SERVICE.fullmatch(digits) is not None
    return _SERVICE.fullmatch(digits) is not None or (lang == "en" and _BRITISH.fullmatch(digits) is not None)


def is_role_mailbox(address: str, lists: Lists) -> bool:
    """Whether an address is named after a task and not after a person; each of its parts has to be."""
    known = lists.words("mailbox", "en") | lists.words("mailbox", "es")
    parts = [part for part in _SIGNS.split(address.split("@")[0].casefold()) if part]
    return bool(parts) and all(part in known for part in parts)
