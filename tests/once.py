"""What every test would do again: read the real index into memory, embed a question that another has asked."""

from collections.abc import Callable, Sequence

from vectorstore.embeddings import Embedder, OfflineEmbeddings
from vectorstore.library import Library, Shelf

#: Bytes of the file of an index that is no small one of a test's own; how many of them are kept in memory.
_LARGE, _KEPT = 5_000_000, 3


def embedding_once(embed: Callable[..., list[list[float]]]) -> Callable[..., list[list[float]]]:
    """Embeds a question of the offline model once; another model is asked each time."""
    kept: dict[str, list[float]] = {}
    own = OfflineEmbeddings.embed_queries

    def embedded(model: Embedder, texts: Sequence[str]) -> list[list[float]]:
        if getattr(getattr(model, "embed_queries", None), "__func__", None) is not own:
            return embed(model, texts)
        if fresh := [t for t in dict.fromkeys(texts) if t not in kept]:
            kept.update(zip(fresh, embed(model, fresh), strict=True))
        return [kept[t] for t in texts]

    return embedded


def reading_once(read: Callable[[Shelf], Library]) -> Callable[[Shelf], Library]:
    """Reads an index of the same manifest, file and settings once."""
    kept: dict[object, Library] = {}

    def load(shelf: Shelf) -> Library:
        manifest, where = shelf.store.manifest(), shelf.store.path
        file = where / f"{manifest.generation}.npz" if manifest and where else None
        if file is None or not file.is_file() or file.stat().st_size < _LARGE:
            return read(shelf)
        key = manifest, shelf._model, shelf._likely_questions, file.stat().st_size, file.stat().st_mtime_ns
        if key not in kept:
            kept.pop(next(iter(kept)), None) if len(kept) >= _KEPT else None
            kept[key] = read(shelf)
        shelf._held = kept[key]
        return shelf._held

    return load
