"""with_daemon.py redis|redis+unix|nginx FOLDER COMMAND...: runs a command with KRAIT_CACHE_REMOTE naming a server that lives as long as it does."""
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time

kind, folder, command = sys.argv[1], os.path.abspath(sys.argv[2]), sys.argv[3:]
os.makedirs(folder + "/cache", exist_ok=True)
short = tempfile.mkdtemp()  # a socket's whole name has 107 characters

NGINX = """
daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;
events {{ }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port};
    location /cache/ {{ root {folder}; dav_methods PUT; client_max_body_size 64m; }}
  }}
}}
"""


def start(port):
    """The server and its address; None if the port was taken meanwhile."""
    if kind == "nginx":
        with open(folder + "/nginx.conf", "w") as config:
            config.write(NGINX.format(folder=folder, port=port))
        words, address = ["nginx", "-p", folder, "-e", folder + "/error.log", "-c", folder + "/nginx.conf"], f"http://127.0.0.1:{port}/cache"
    else:
        words = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--dir", folder, "--save", "", "--appendonly", "no", "--unixsocket", short + "/s"]
        address = f"redis://127.0.0.1:{port}/1" if kind == "redis" else f"redis+unix:{short}/s?db=2"
    server = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    while server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return server, address
        except OSError:
            time.sleep(0.02)
    return None


started = None
for _ in range(20):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
    started = started or start(free)
if not started:
    sys.exit(f"{kind} does not start")
status = subprocess.run(command, env=dict(os.environ, KRAIT_CACHE_REMOTE=started[1], no_proxy="*"), check=False).returncode
started[0].terminate()
started[0].wait()
shutil.rmtree(short)
sys.exit(status)
