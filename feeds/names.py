"""What other tools and people call the fields of a mention, in English and Spanish: `Author`, `Fecha`, `permalink`.

Not here are words that as well stand in a cell (`post`, `comment`), and `id`: two files may both count from 1, and what
has the same name is the same mention.
"""

from collections.abc import Collection, Iterable, Mapping

NAMES: Mapping[str, tuple[str, ...]] = {
    "text": ("message", "content", "body", "full text", "texto", "mensaje", "contenido"),
    "created_at": (
        *("date", "datetime", "date time", "timestamp", "published", "published_at", "published at"),
        *("created", "created at", "posted_at", "posted at", "time"),
        *("fecha", "fecha y hora", "publicado", "fecha de publicación"),
    ),
    "clock": ("time", "hora"),
    "author_name": ("author", "author name", "user", "username", "user name", "name", "autor", "autora", "usuario"),
    "author_handle": ("handle", "screen_name", "screen name", "account", "cuenta"),
    "source": ("network", "platform", "red", "red social", "plataforma", "fuente"),
    "url": ("link", "permalink", "post url", "enlace", "dirección"),
    "title": ("headline", "subject", "titular", "título", "asunto"),
    "lang": ("language", "idioma"),
    "reach": ("alcance",),
    "followers": ("follower count", "seguidores"),
    "likes": ("like count", "me gusta"),
}
"""Field → what it is called besides its own name, the likeliest first. A `clock` helps a date that is a day only."""


def called(keys: Iterable[str], found: Collection[str]) -> dict[str, str]:
    """Field → key, for the fields that nothing was `found` for yet; each key is one field."""
    folded = {key.strip().casefold(): key for key in keys}
    more: dict[str, str] = {}
    for field, names in NAMES.items():
        name = next((name for name in names if name in folded), None)
        if field not in found and name is not None:
            more[field] = folded.pop(name)
    return more
