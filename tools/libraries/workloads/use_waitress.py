# python3-waitress: a WSGI application behind a server of threads.
import threading
import urllib.request

import waitress


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [environ["PATH_INFO"].encode(), b" ", environ.get("QUERY_STRING", "").encode()]


server = waitress.create_server(application, host="127.0.0.1", port=0, threads=2)
threading.Thread(target=server.run, daemon=True).start()
for path in ("/a", "/b?c=d"):
    print(urllib.request.urlopen(f"http://127.0.0.1:{server.effective_port}{path}").read())
