"""A server that is killed while cards come in: what it had confirmed is kept, all of it once."""

import http.client
import os
import re
import signal
import subprocess
import sys
import threading

from tests.seeded import ROOT
from tests.site_server import answers, eventually, free_address
from tests.workshops.test_on_phones import Phone

PHONES, CARDS, CONFIRMED = 4, 30, 12
GUNICORN = [sys.executable, "-m", "gunicorn", "-c", str(ROOT / "site" / "gunicorn.conf.py")]


def serve(environment, address, log):
    """Start a server of this site in a group of its own."""
    server = subprocess.Popen(
        GUNICORN,
        env={**environment, "BIND": address, "WEB_WORKERS": "1"},
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    eventually(lambda: answers(address), "the site answers")
    return server


def test_what_a_killed_server_confirmed_is_there_once(site_environment, room, tmp_path):
    path = f"/en/workshop/{room['workshop']}/cafe/{room['crowded']}/"
    address, enough, sent, confirmed = free_address(), threading.Event(), set(), set()

    def card(who, number):
        return {"text": f"Kept {who}-{number}.", "key": f"kept-{who}-{number}"}

    def write(who):
        phone = Phone(f"http://{address}", room, room["phones"][who])
        for number in range(CARDS):
            sent.add((who, number))
            try:
                if phone.ask("POST", path, card(who, number))[0] == 200:
                    confirmed.add((who, number))
            except (OSError, http.client.HTTPException):
                break
            if len(confirmed) >= CONFIRMED:
                enough.set()

    with (tmp_path / "server.log").open("w") as log:
        first = serve(site_environment, address, log)
        threads = [threading.Thread(target=write, args=[who]) for who in range(PHONES)]
        for thread in threads:
            thread.start()
        assert enough.wait(60)
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()
        for thread in threads:
            thread.join()
        assert len(sent) < PHONES * CARDS, "the server was killed too late"
        second = serve(site_environment, address, log)
        try:
            reader = Phone(f"http://{address}", room, room["phones"][0])
            stored = re.findall(r"Kept (\d+)-(\d+)\.", reader.ask("GET", f"{path}cards/")[1])
            assert confirmed <= {(int(who), int(number)) for who, number in stored}
            # What waits on the phones is sent once more, whatever became of it.
            for who, number in sorted(sent):
                phone = Phone(f"http://{address}", room, room["phones"][who])
                assert phone.ask("POST", path, card(who, number))[0] == 200
            stored = re.findall(r"Kept (\d+)-(\d+)\.", reader.ask("GET", f"{path}cards/")[1])
            assert sorted((int(who), int(number)) for who, number in stored) == sorted(sent)
        finally:
            os.killpg(second.pid, signal.SIGTERM)
            second.wait(30)
