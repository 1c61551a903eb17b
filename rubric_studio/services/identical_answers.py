"""Samples of one row that say the very same. Only whole texts count, but for white space around them."""

import hashlib
from collections import defaultdict

from rubric_studio.domain.ids import RowId, SampleKey
from rubric_studio.services.ports import Store


def identical_samples(store: Store) -> dict[SampleKey, tuple[SampleKey, ...]]:
    """For each sample that has twins their keys, its own left out. An empty answer is like no other."""
    keys = {info.id: info.key for info in store.sample_infos()}
    groups: dict[tuple[RowId, bytes], list[SampleKey]] = defaultdict(list)
    for id, row, text in store.sample_texts():
        trimmed = text.strip()
        if trimmed and id in keys:
            groups[(row, _hash(trimmed))].append(keys[id])
    return {
        key: tuple(other for other in group if other != key)
        for group in groups.values()
        if len(group) > 1
        for key in group
    }


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
