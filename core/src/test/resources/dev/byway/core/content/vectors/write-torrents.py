#!/usr/bin/python3
"""Writes the v2-only .torrent files of this folder with libtorrent (Debian: apt-get install python3-libtorrent)."""
import os
import sys
import tempfile

import libtorrent as lt

PIECE = 1024 * 1024
LENGTHS = [1, 64, 16383, 16384, 16385, PIECE, PIECE + 1, 3 * PIECE + 5]


def content(length):
    """The bytes that VectorContent.java makes again: a linear congruential generator seeded with the length."""
    state = length
    out = bytearray(length)
    for i in range(length):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        out[i] = (state >> 16) & 0xFF
    return bytes(out)


def write(folder, name, files):
    root = os.path.join(folder, name)
    storage = lt.file_storage()
    for path, length in files:
        full = os.path.join(folder, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "wb") as out:
            out.write(content(length))
        storage.add_file(path, length)
    torrent = lt.create_torrent(storage, PIECE, lt.create_torrent.v2_only)
    torrent.set_creator("libtorrent " + lt.version)
    lt.set_piece_hashes(torrent, folder)
    entry = torrent.generate()
    entry.pop(b"creation date", None)
    with open(name + ".torrent", "wb") as out:
        out.write(lt.bencode(entry))


if __name__ == "__main__":
    os.chdir(os.path.dirname(os.path.abspath(sys.argv[0])))
    with tempfile.TemporaryDirectory() as folder:
        for length in LENGTHS:
            write(folder, "bytes-%d" % length, [("bytes-%d" % length, length)])
        write(folder, "with-empty", [("with-empty/empty", 0), ("with-empty/one", 1)])
