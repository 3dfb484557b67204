"""How gunicorn serves the site: `gunicorn -c site/gunicorn.conf.py`, from any folder."""

import os
from pathlib import Path

SITE = Path(__file__).resolve().parent

# Each request computes little: threads of the mathematics libraries would only wait for each other
# (measured: up to 30 times slower on a busy machine).
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Both folders hold packages; `site` itself is a standard-library module and can never be one.
chdir = str(SITE.parent)
pythonpath = f"{SITE.parent},{SITE}"
wsgi_app = "config.wsgi:application"

bind = os.environ.get("BIND", "127.0.0.1:8000")
# Each process holds its own copy of the model and the index, threads share them.
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
# A model loaded before the fork can hang in the children: its thread pool is not copied.
preload_app = False
timeout = 60
# A long question gets our own sentence, not gunicorn's; the web server in front sets its limit.
limit_request_line = 0
graceful_timeout = 20
keepalive = 5
# A slow leak in any library ends with its process; the jitter keeps them from ending together.
max_requests = 5000
max_requests_jitter = 500
# No socket in somebody's home folder, and two sites on one machine stay apart.
control_socket_disable = True


def on_starting(server: object) -> None:
    """Refuse to serve pages whose style sheets have not been collected."""
    settings = os.environ.get("DJANGO_SETTINGS_MODULE", "config.settings.production")
    if (
        settings.endswith(".production")
        and not (SITE.parent / "static" / "staticfiles.json").exists()
    ):
        raise SystemExit("Run `python manage.py collectstatic --noinput` first.")


def post_worker_init(worker: object) -> None:
    """Load model and index in the background: the first question would wait for them."""
    from search.warming import warm_up

    warm_up()
