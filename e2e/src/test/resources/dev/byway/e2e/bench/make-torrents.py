#!/usr/bin/python3
"""Writes the torrents of one file with libtorrent (Debian: python3-libtorrent), pieces of 1 MiB.

usage: make-torrents.py FILE FOLDER TRACKER WEB-SEED

NAME.v1.torrent and NAME.v2.torrent name the tracker and the web seed; NAME.v1.peers.torrent and NAME.v2.peers.torrent are the
same swarms without the web seed.
"""
import os
import sys

import libtorrent as lt

PIECE = 1024 * 1024
VERSIONS = {"v1": lt.create_torrent.v1_only, "v2": lt.create_torrent.v2_only}


def write(path, folder, tracker, web_seed):
    name = os.path.basename(path)
    for version, flag in VERSIONS.items():
        storage = lt.file_storage()
        storage.add_file(name, os.path.getsize(path))
        torrent = lt.create_torrent(storage, PIECE, flag)
        torrent.add_tracker(tracker)
        lt.set_piece_hashes(torrent, os.path.dirname(path))
        save(torrent, os.path.join(folder, "%s.%s.peers.torrent" % (name, version)))
        torrent.add_url_seed(web_seed)
        save(torrent, os.path.join(folder, "%s.%s.torrent" % (name, version)))


def save(torrent, path):
    with open(path, "wb") as out:
        out.write(lt.bencode(torrent.generate()))


if __name__ == "__main__":
    write(*sys.argv[1:])
