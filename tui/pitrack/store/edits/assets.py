"""Assets: things made once that may earn for years."""

from __future__ import annotations

from typing import Any

from pitrack.core.changes import Change, Write
from pitrack.core.model import Asset
from pitrack.store import fields as of
from pitrack.store.edits.parts import difference, edit_word, known, last_order, maybe, new, new_alias, with_alias
from pitrack.store.ids import short_id
from pitrack.store.snapshot import BookSnapshot


def add_asset(snap: BookSnapshot, name: str, *, alias: str | None = None, **given: Any) -> Change:
    """A new asset. Optional: stream, published, minutes, note."""
    asset = Asset(
        id=short_id(),
        alias=new_alias(snap.assets, "asset", alias, of.name(name), "a"),
        name=of.name(name),
        order=last_order(snap.assets),
        **given,
    )
    maybe(snap.streams, "stream", asset.stream)
    return Change("asset.add", (new("assets", asset.id, of.of_asset(asset)),), asset.name)


def edit_asset(snap: BookSnapshot, asset_id: str, **given: Any) -> Change:
    """Set the given fields of an asset: name, alias, stream, published, minutes, archived, order, note."""
    asset = known(snap.assets, "asset", asset_id)
    edited = asset._replace(**with_alias(snap.assets, "asset", asset.id, given))
    maybe(snap.streams, "stream", given.get("stream"))
    write = difference("assets", asset.id, of.of_asset(asset), of.of_asset(edited))
    return Change(edit_word("asset", given), write, asset.name)


def delete_asset(snap: BookSnapshot, asset_id: str) -> Change:
    """Take an asset away; what it earned and its time stay, and undo brings it back."""
    asset = known(snap.assets, "asset", asset_id)
    return Change("asset.delete", (Write("assets", asset.id, None),), asset.name)
