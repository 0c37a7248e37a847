"""Snapshots: the state at one entry of the log, so that a newcomer need not read the log from its first entry on.

On the store, as side files of kind `snap`; the stem says epoch, entry and maker:

    e0001-000000120000-<maker>.0000.z ...     the state (db.state) in sealed chunks of 4 MiB
    e0001-000000120000-<maker>.m              the manifest: place in the log, digests, hashes of the chunks; signed
    e0001-000000120000-<maker>.a-<device>     another device had the same state there (or not); signed
    w-e0001-000000115000-<day>                who took the name makes the next one after that snapshot on that day

Making: the state is read from one moment into a local file, then sealed and stored chunk by chunk, the manifest last: a
snapshot without a manifest is none. Agreeing: every other device that knows the state at that entry compares digests
and says so, until three have. Entering: the newest that somebody agreed with, else the newest at all; a chunk that was
fetched is not fetched again; what the manifest says is believed only when its maker is proven (db.lineage) and the
entry it names is the one in the log. Where none can be used, the log is read from its first entry.
"""

from __future__ import annotations

import hashlib
import logging
import re
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import astuple, dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, cast

from db import epochs
from db.entry import Forged, Sealed, TooNew, Torn, parse
from db.errors import StorageError
from db.healing import dropped_through, made_for
from db.keys import DeviceSecret
from db.log import Head, SharedLog
from db.packs import covered_until, pieces
from db.replica import Administered, Replica
from db.sealing import seal, seal_chunk, sealed_with, unseal, unseal_chunk, verify
from db.slots import lies_there, read_slot
from db.state import FORM, Openings, Part, Rows, Unusable, pressed, unpressed, written

_log = logging.getLogger(__name__)

KIND: Final = "snap"
EVERY_ENTRIES: Final = 5_000
EVERY_MS: Final = 24 * 3600 * 1000
AGREEMENTS: Final = 3
"""With so many nobody else needs to say that he agrees."""
KEEP: Final = 3
"""So many agreed snapshots stay: compaction asks for two newer than what it drops."""
_STEM: Final = re.compile(r"e(\d{4})-(\d{12})-([0-9a-f]{16})")
_NAME: Final = re.compile(rf"({_STEM.pattern})\.(?:(m)|(\d{{4}})\.z|a-([0-9a-f]{{16}}))")
_MOST_CHUNKS: Final = 10_000


@dataclass(frozen=True)
class Manifest:
    """What a snapshot says of itself. `digest` of the rows, `applied` of which transactions the log has; `chunks`: the
    SHA-256 of each sealed chunk. `at`: ms UTC, the maker's clock."""

    store: bytes
    epoch: int
    seq: int
    hash: bytes
    schema: int
    form: int
    digest: bytes
    applied: bytes
    max_number: int
    device: bytes
    at: int
    chunks: tuple[bytes, ...]

    @property
    def head(self) -> Head:
        """The entry it is the state after."""
        return Head(self.epoch, self.seq, self.hash)

    @property
    def stem(self) -> str:
        """What the names of its files begin with."""
        return f"e{self.epoch:04d}-{self.seq:012d}-{short(self.device)}"


@dataclass(frozen=True)
class Listed:
    """A snapshot as the listing shows it; nothing of it is believed yet. `others`: who said something about it."""

    stem: str
    epoch: int
    seq: int
    maker: str
    others: tuple[str, ...]


def short(device: bytes) -> str:
    """A device in a file name."""
    return device.hex()[-16:]


class Snapshots:
    """The snapshots of one store, seen from one workstation. `clock`: ms UTC."""

    def __init__(self, replica: Replica, log: SharedLog, secret: DeviceSecret, clock: Callable[[], int]) -> None:
        self._replica, self._log, self._secret, self._clock = replica, log, secret, clock
        self._answered: set[str] = set()

    # -- what there is ------------------------------------------------------------------------------------------------
    def listed(self) -> list[Listed]:
        """Snapshots with a manifest, newest first."""
        found: dict[str, list[str]] = {}
        whole: set[str] = set()
        for name in self._log.sides(KIND):
            match = _NAME.fullmatch(name)
            if match is None:
                continue
            others = found.setdefault(match[1], [])
            if match[5]:
                whole.add(match[1])
            elif match[7] and match[7] != match[4]:
                others.append(match[7])
        stems = [(_STEM.fullmatch(stem), stem) for stem in whole]
        out = [Listed(s, int(m[1]), int(m[2]), m[3], tuple(found[s])) for m, s in stems if m is not None]
        return sorted(out, key=lambda one: (one.epoch, one.seq, one.stem), reverse=True)

    def manifest(self, stem: str) -> tuple[Manifest, bytes] | None:
        """A manifest and its bytes, unsealed but its signature not proven; None when it can't be used here."""
        data = self._log.get_side(KIND, f"{stem}.m")
        try:
            if data is None:
                raise Unusable("its manifest went away")
            device, fields = unseal(self._secret.desk_keys, b"m", data)
            *rest, chunks = fields
            manifest = Manifest(*rest, tuple(chunks))  # type: ignore[call-arg]
            if device != manifest.device or manifest.stem != stem or manifest.store != self._replica.fact("store"):
                raise Unusable("its manifest is another one's")
            if manifest.form != FORM or manifest.schema > self._replica.program.schema:
                raise Unusable("a newer program made it; update Halldesk on this workstation")
            if not 0 < len(manifest.chunks) <= _MOST_CHUNKS:
                raise Unusable("its manifest names no chunks")
        except (Unusable, TypeError, IndexError) as error:
            _log.info("snapshot %s is not used: %s", stem, error)
            return None
        return manifest, data

    def agreed(self, one: Listed, keys: Mapping[str, tuple[bytes, bytes]], manifest: bytes) -> bool | None:
        """Whether another device vouches for it: False when one had another state there, None when nobody said
        anything. `keys`: short name -> (device, public key) of those who may."""
        said: list[bool] = []
        for other in one.others:
            data = self._log.get_side(KIND, f"{one.stem}.a-{other}")
            known = keys.get(other)
            if data is None or known is None:
                continue
            try:
                device, (of, agrees) = unseal(self._secret.desk_keys, b"a", data)
                if device != known[0] or of != hashlib.sha256(manifest).digest():
                    continue
                verify(data, known[1])
            except (Unusable, ValueError, TypeError):
                continue
            said.append(bool(agrees))
        return all(said) if said else None

    # -- making -------------------------------------------------------------------------------------------------------
    def due(self) -> bool:
        """Whether it is time for the next one: 5,000 entries or a day after the newest that is of use, and something
        happened; or at once where none is of use any more."""
        head = self._replica.head
        listed = self.listed()
        useful = self._useful(listed)
        base = useful[0].seq if useful else 0
        if head.seq - base >= EVERY_ENTRIES:
            return True
        if not useful:
            return bool(listed) or self._begins_late()
        found = self.manifest(useful[0].stem)
        return head.seq > base and (found is None or self._clock() - found[0].at >= EVERY_MS)

    def missing(self) -> bool:
        """Whether nobody can begin now: the store does not hold the log from its first entry on, and no snapshot is of
        use, because the desk was set back to before it, its desk key was replaced, or its maker was removed."""
        return not self._useful(self.listed()) and self._begins_late()

    def leads_to(self, seq: int, generation: int) -> bool:
        """Whether who starts over comes to entry `seq` of our epoch: by the log from its first entry on, or from a
        snapshot. `generation`: the desk key in force there."""
        return not self._begins_late() or any(
            one.seq <= seq for one in self._useful(self.listed(), generation=generation)
        )

    def _useful(self, listed: list[Listed], *, generation: int | None = None) -> list[Listed]:
        """Those a newcomer could begin with. `generation`: of the desk key in force; None: of the one in force now."""
        wanted = self._replica.generation if generation is None else generation
        void: dict[int, bool] = {}
        with self._replica.reading() as raw:
            makers = {short(device) for (device,) in raw.execute("SELECT id FROM device WHERE revoked_at IS NULL")}
        return [
            one for one in listed
            if one.maker in makers and not self._is_undone(one) and not self._is_void(one.epoch, void)
            and self._is_believed(one, wanted) and not self._begins_late(one.seq)
        ]  # fmt: skip

    def _is_believed(self, one: Listed, generation: int) -> bool:
        found = self.manifest(one.stem)
        if found is None or sealed_with(found[1]) != generation:
            return False
        try:
            self._must_be_in_the_log(found[0])
        except Unusable:
            return False
        return True

    def _begins_late(self, after: int = 0) -> bool:
        """Whether the store lacks the entry that follows entry `after` on the way to our head."""
        head = self._replica.head
        openings = [(1, 0), *((epoch, seq) for epoch, seq, _raw in self._replica.openings())]
        ends = [*(seq for _epoch, seq in openings[1:]), head.seq]
        for (epoch, opened), last in zip(openings, ends, strict=True):
            before = max(opened, after)
            if last > before and (self._log.oldest(epoch) or last + 1) > before + 1:
                return True
            # Of what was let go nobody puts anything back; a store that was restored since may have some of it, and
            # lack others.
            through = min(dropped_through(self._replica, epoch), last)
            if through > before and covered_until(pieces(self._log), epoch, before + 1) < through:
                return True
        return False

    def take_turn(self) -> bool:
        """Of all who see that one is due, one makes it; who fails leaves it to somebody on the next day."""
        head = self._replica.head
        base = max((one.seq for one in self.listed() if one.epoch == head.epoch), default=0)
        day = self._clock() // EVERY_MS
        name = f"w-e{head.epoch:04d}-{base:012d}-{day:06d}"
        return self._log.take_side(KIND, name, self._secret.device + secrets.token_bytes(8))

    def make(self) -> Manifest:
        """A snapshot of this replica's head, stored. Errors: StorageError."""
        reader = self._replica.reader()
        try:
            with TemporaryDirectory(prefix="halldesk-snapshot-", dir=self._replica.path.parent) as folder:
                place: list[Part] = []
                count = 0
                # Closed here: interrupted, it is half read, and its transaction must end before the connection.
                with closing(written(reader)) as parts:
                    for piece in pressed(_noting(parts, place)):
                        Path(folder, f"{count:04d}").write_bytes(piece)
                        count += 1
                (_state, _form, head, digest, max_number, _epochs), end = place
                manifest = Manifest(
                    self._replica.fact("store"), head[0], head[1], head[2], self._replica.schema, FORM, digest, end[3],
                    max_number, self._secret.device, self._clock(), (),
                )  # fmt: skip
                hashes = [self._store_chunk(manifest.stem, n, Path(folder, f"{n:04d}")) for n in range(count)]
        except OSError as error:
            raise StorageError(f"{self._replica.path.parent} has no room for a snapshot ({error}).") from error
        finally:
            reader.close()
        manifest = replace(manifest, chunks=tuple(hashes))
        self._log.put_side(KIND, f"{manifest.stem}.m", seal(self._secret, b"m", list(astuple(manifest))))
        _log.info("made the snapshot %s, %d chunks", manifest.stem, len(hashes))
        return manifest

    def _store_chunk(self, stem: str, number: int, file: Path) -> bytes:
        sealed = seal_chunk(self._secret, file.read_bytes(), f"{stem}.{number}".encode())
        self._log.put_side(KIND, f"{stem}.{number:04d}.z", sealed)
        return hashlib.sha256(sealed).digest()

    def prune(self) -> int:
        """Remove what newer agreed snapshots replace; returns how many side files that were."""
        standing = [one for one in self._useful(self.listed()) if one.others]
        if len(standing) < KEEP:
            return 0
        oldest = standing[KEEP - 1]
        removed = 0
        for name in self._log.sides(KIND):
            match = _NAME.fullmatch(name) or re.fullmatch(r"w-e(\d{4})-(\d{12})-\d{6}", name)
            if match is None:
                continue
            epoch, seq = (match[2], match[3]) if match.re is _NAME else (match[1], match[2])
            if (int(epoch), int(seq)) < (oldest.epoch, oldest.seq):
                self._log.remove_side(KIND, name)
                removed += 1
        return removed

    def disown(self) -> None:
        """Remove what this workstation made of a history it is about to leave; others may take it for one that counts
        as long as the entries of that history lie in the store. A database keeps a young one: nobody goes on from what
        it never had. Errors: StoreUnreachable."""
        me, left = short(self._secret.device), self._replica.left_behind()
        for one in self.listed():
            found = self.manifest(one.stem) if one.maker == me else None
            if found is not None and found[0].head in left:
                self._log.remove_side(KIND, f"{one.stem}.m")
                _log.info("the snapshot %s is of a history that was left, and removed", one.stem)

    # -- agreeing -----------------------------------------------------------------------------------------------------
    def answer(self) -> list[str]:
        """Say of every snapshot whose state is known here whether it is right; returns the stems that are not."""
        me = short(self._secret.device)
        head = self._replica.head
        differing = []
        for one in self.listed():
            if one.stem in self._answered or one.maker == me or one.seq > head.seq:
                continue
            if me in one.others or len(one.others) >= AGREEMENTS:
                self._answered.add(one.stem)
                continue
            known, found = self._replica.known_at(one.seq), self.manifest(one.stem)
            if known is None or found is None:
                self._answered.add(one.stem)
                continue
            manifest, data = found
            key = self._replica.signing_key(one.seq + 1, manifest.device)
            try:
                verify(data, key or b"")
            except Unusable as error:
                _log.warning("the snapshot %s was refused: %s", one.stem, error)
                self._answered.add(one.stem)
                continue
            if known[0] != manifest.hash:
                continue  # of a log that was set back; no word about it is needed
            agrees = known[1] == manifest.digest and self._replica.applied_at(one.seq) == manifest.applied
            if not agrees:
                differing.append(one.stem)
                _log.warning("the snapshot %s is of another state than ours; run `halldesk verify`", one.stem)
            word = [hashlib.sha256(data).digest(), agrees]
            self._log.put_side(KIND, f"{one.stem}.a-{me}", seal(self._secret, b"a", word))
            self._answered.add(one.stem)
        return differing

    # -- entering -----------------------------------------------------------------------------------------------------
    def enter(self, on_progress: Callable[[int, int], None] | None = None) -> Manifest | None:
        """Become the state of the best snapshot after our head; None when there is none that can be used.

        `on_progress`: chunks here, chunks in all. Errors: StoreUnreachable; the chunks that came stay.
        """
        head, newest, left = self._replica.head, self._newest_key(), self._replica.left_behind()
        listed = [one for one in self.listed() if (one.epoch, one.seq) > (head.epoch, head.seq)]
        void: dict[int, bool] = {}
        listed = [one for one in listed if not self._is_undone(one) and not self._is_void(one.epoch, void)]
        for one in sorted(listed, key=lambda one: (not self._may_be_undone(one), bool(one.others)), reverse=True):
            found = self.manifest(one.stem)
            if found is None:
                continue
            manifest, data = found
            if manifest.head in left:
                continue
            if sealed_with(data) != newest:
                # Whoever was turned out could still make one under the key he had.
                _log.info("snapshot %s is not used: it is sealed with a desk key that was replaced", one.stem)
                continue
            try:
                self._must_be_in_the_log(manifest)
                folder = self._fetched(manifest, on_progress)
                self._replica.take_in(
                    unpressed(self._pieces(manifest, folder)), self._secret.desk_keys, self._clock(),
                    partial(self._accept, manifest, data, one),
                )  # fmt: skip
            except Unusable as error:
                _log.warning("the snapshot %s can't be used: %s", one.stem, error)
                continue
            shutil.rmtree(folder, ignore_errors=True)
            _log.info("began with the snapshot %s", one.stem)
            return manifest
        _log.info("no snapshot after entry %d can be used; the log is read from there", head.seq)
        return None

    def can_begin(self, generation: int | None, left: Sequence[Head]) -> bool:
        """Whether who forgets everything finds a way in again: the log from its first entry on, or a snapshot that may
        be of use. `generation`: of the newest desk key then; None: the newest known here. `left`: what is not gone
        back to."""
        newest, left = generation or self._newest_key(), [*left, *self._replica.left_behind()]
        if self._log.oldest(1) == 1:
            return True
        for one in self.listed():
            found = self.manifest(one.stem)
            if found is not None and sealed_with(found[1]) == newest and found[0].head not in left:
                with suppress(Unusable):
                    self._must_be_in_the_log(found[0])
                    return True
        return False

    def _newest_key(self) -> int:
        """The newest desk key known here, whatever entry the replica stands at: a state under an older one may be made
        by somebody who was turned out. A key whose making was undone is none (`kept_generation` goes back then)."""
        kept = self._replica.fact("kept_generation") or max(self._secret.desk_keys)
        return max(self._replica.generation, int(kept))

    def _is_undone(self, one: Listed) -> bool:
        """Whether a later epoch, as far as that can be told here, goes on after an earlier entry than this one's."""
        return any(map(self._counts, self._setting_back(one)))

    def _is_void(self, epoch: int, known: dict[int, bool]) -> bool:
        """Whether no opening leads into this epoch any more: the log has other entries where all of them go back to,
        because the store was restored and went on. `known`: what was found out before."""
        if epoch not in known:
            known[epoch] = epoch > 1 and (
                self._is_void(epoch - 1, known)
                or all(self._leads_nowhere(opening) for opening in self._openings(epoch))
            )
        return known[epoch]

    def _leads_nowhere(self, opening: epochs.Opening) -> bool:
        """Whether the log has another entry where it goes back to, or its epoch began after that."""
        before = opening.epoch - 1
        return lies_there(self._log, before, opening.seq, opening.before) is False or (
            before > 1 and all(one.seq > opening.seq for one in self._openings(before))
        )

    def _may_be_undone(self, one: Listed) -> bool:
        """The same, where it can't be told here: by somebody of whom only the snapshot says what he was then."""
        return any(self._counts(opening) is None for opening in self._setting_back(one))

    def _setting_back(self, one: Listed) -> Iterator[epochs.Opening]:
        for epoch in self._log.epochs():
            if epoch > one.epoch:
                yield from (opening for opening in self._openings(epoch) if opening.seq < one.seq)

    def _counts(self, opening: epochs.Opening) -> bool | None:
        """Whether an opening is an administrator's; None: it names what was not read here."""
        head = self._replica.head
        if opening.epoch <= head.epoch:
            return (opening.epoch, opening.seq, opening.raw) in self._replica.openings()
        if self._leads_nowhere(opening):
            return False
        if opening.epoch > head.epoch + 1 or opening.seq > head.seq:
            return None
        try:
            return self._replica.administered(opening.seq, opening.device, opening.author, self._secret.desk_keys)
        except Unusable:
            return None

    def _openings(self, epoch: int) -> Iterator[epochs.Opening]:
        return epochs.openings(self._log, epoch, self._replica.fact("store"), self._secret.desk_keys)

    def _must_be_in_the_log(self, manifest: Manifest) -> None:
        """The log must have the entry it names (or the opening of its epoch, where nothing followed that yet), or where
        that was dropped one that follows it, the opening of the next epoch too: else it is of a log that was set back.

        Where another entry took its place, what follows it proves nothing: somebody published it who had not heard."""
        epoch, seq = manifest.epoch, manifest.seq
        openings, at_its_place = read_slot(self._log, epoch, 0), list(read_slot(self._log, epoch, seq))
        if any(hashlib.sha256(raw).digest() == manifest.hash for raw in (*openings, *at_its_place)):
            return
        if not any(made_for(self._replica, self._secret.desk_keys, epoch, seq, raw) for raw in at_its_place) and (
            any(self._follows(raw, manifest.hash) for raw in read_slot(self._log, epoch, seq + 1))
            or any((one.seq, one.before) == (seq, manifest.hash) for one in self._openings(epoch + 1))
        ):
            return
        raise Unusable("the log has no such entry; the store was set back since, or has lost it")

    def _follows(self, raw: bytes, before: bytes) -> bool:
        try:
            return parse(raw).open_body(self._secret.desk_keys).prev == before
        except (Torn, Forged, Sealed, TooNew):
            return False

    def _fetched(self, manifest: Manifest, on_progress: Callable[[int, int], None] | None) -> Path:
        folder = self._replica.path.with_suffix(".arriving")
        try:
            folder.mkdir(exist_ok=True)
            for old in folder.iterdir():
                if not old.name.startswith(manifest.stem):
                    old.unlink()
            for number, digest in enumerate(manifest.chunks):
                file = folder / f"{manifest.stem}.{number:04d}"
                if not (file.exists() and hashlib.sha256(file.read_bytes()).digest() == digest):
                    data = self._log.get_side(KIND, f"{manifest.stem}.{number:04d}.z")
                    if data is None or hashlib.sha256(data).digest() != digest:
                        raise Unusable(f"its chunk {number} is missing or damaged")
                    file.write_bytes(data)
                if on_progress is not None:
                    on_progress(number + 1, len(manifest.chunks))
        except OSError as error:
            raise StorageError(f"{folder.parent} has no room for the snapshot ({error}).") from error
        return folder

    def _pieces(self, manifest: Manifest, folder: Path) -> Iterator[bytes]:
        for number, digest in enumerate(manifest.chunks):
            data = (folder / f"{manifest.stem}.{number:04d}").read_bytes()
            if hashlib.sha256(data).digest() != digest:
                raise Unusable(f"its chunk {number} changed on this disk")
            yield unseal_chunk(self._secret.desk_keys, data, f"{manifest.stem}.{number}".encode())

    def _accept(
        self, manifest: Manifest, data: bytes, one: Listed, place: Head, way: Openings, rows: Rows,
        administered: Administered,
    ) -> None:  # fmt: skip
        """Believe it now? `way`: the openings its history came through. Errors: Unusable."""
        if place != manifest.head:
            raise Unusable("its state is of another entry than its manifest says")
        keys = {
            short(device): (device, cast(bytes, row["public_key"]))
            for device, row in rows["device"].items() if row["revoked_at"] is None
        }  # fmt: skip
        maker = keys.get(short(manifest.device))
        if maker is None or maker[0] != manifest.device:
            raise Unusable("its maker is no device of this desk")
        verify(data, maker[1])
        if self.agreed(one, keys, data) is False:
            raise Unusable("another device had another state there")
        for epoch, _seq, raw in way.rows:
            opening = epochs.read(raw, epoch, manifest.store, self._secret.desk_keys)
            if isinstance(opening, epochs.Opening) and self._leads_nowhere(opening):
                raise Unusable("the log has another entry where one of its epochs begins")
        for opening in self._setting_back(one):
            if self._counts(opening) is None and administered(opening.seq, opening.device, opening.author):
                raise Unusable("the desk was set back to before it")


def _noting(parts: Iterator[Part], place: list[Part]) -> Iterator[Part]:
    """Pass the parts on and keep the first and the last."""
    for part in parts:
        if part[0] in ("state", "end"):
            place.append(part)
        yield part


__all__: Sequence[str] = ["Listed", "Manifest", "Snapshots"]
