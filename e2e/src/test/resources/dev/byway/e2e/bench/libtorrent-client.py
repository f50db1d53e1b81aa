#!/usr/bin/python3
"""A libtorrent session that stays (Debian: python3-libtorrent).

usage: libtorrent-client.py PORT SETTINGS

SETTINGS are libtorrent's, as JSON. GET /fetch?torrent=FILE&folder=FOLDER on 127.0.0.1:PORT adds a torrent; a file
NAME.done with the time, beside the download, says that it is complete. What is complete is given to others. Prints "ready" when it listens.
"""
import http.server
import json
import os
import sys
import threading
import time
import urllib.parse

import libtorrent as lt


class Door(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)
        params = lt.add_torrent_params()
        params.ti = lt.torrent_info(query["torrent"][0])
        params.save_path = query["folder"][0]
        # libtorrent's own queue, which would let few torrents run at once, has no say
        params.flags &= ~(lt.torrent_flags.auto_managed | lt.torrent_flags.paused)
        self.server.session.add_torrent(params)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


def main(port, settings):
    wanted = json.loads(settings)
    wanted["alert_mask"] = lt.alert_category.error | lt.alert_category.status
    session = lt.session(wanted)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", int(port)), Door)
    server.session = session
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print("ready", flush=True)
    while True:
        session.wait_for_alert(10000)
        now = time.time()
        for alert in session.pop_alerts():
            if isinstance(alert, lt.torrent_finished_alert):
                status = alert.handle.status()
                with open(os.path.join(status.save_path, status.name + ".done"), "w") as done:
                    done.write("%.6f" % now)
            elif alert.category() & lt.alert_category.error:
                print(alert.message(), file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
