# python3-requests: sessions, redirects, cookies, hooks, errors and encodings against a server of this process.
import base64
import http.server
import json
import threading

import requests
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth
from requests.structures import CaseInsensitiveDict


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def answer(self, status, body, **headers):
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if self.path == "/redirect":
            self.answer(302, b"", Location="/landed?x=1", Set_Cookie="hop=1; Path=/")
        elif self.path.startswith("/loop"):
            self.answer(302, b"", Location="/loop")
        elif self.path == "/latin":
            self.answer(200, "süß".encode("latin-1"), Content_Type="text/plain; charset=iso-8859-1")
        elif self.path == "/missing":
            self.answer(404, b"nothing here", Content_Type="text/plain")
        elif self.path == "/lines":
            self.answer(200, b"one\ntwo\nthree\n", Content_Type="text/plain")
        elif self.path == "/private":
            sent = self.headers.get("Authorization", "")
            self.answer(200 if sent else 401, sent.encode(), WWW_Authenticate='Basic realm="x"')
        else:
            shown = {"path": self.path, "cookie": self.headers.get("Cookie"), "agent": self.headers.get("X-Agent")}
            self.answer(200, json.dumps(shown).encode(), Content_Type="application/json", X_Test="a", Link='</next>; rel="next"')

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        kind = self.headers.get("Content-Type", "").split(";")[0]
        if kind == "multipart/form-data":
            mark = self.headers["Content-Type"].split("boundary=")[1]
            body = body.replace(mark.encode(), b"MARK")
        self.answer(201, json.dumps([kind, body.decode()]).encode(), Content_Type="application/json")

    do_PUT = do_POST


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
root = "http://127.0.0.1:%d" % server.server_port


class Token(AuthBase):
    def __call__(self, request):
        request.headers["Authorization"] = "Token abc"
        return request


with requests.Session() as session:
    session.trust_env = False
    session.headers["X-Agent"] = "tester"
    session.mount("http://", HTTPAdapter(max_retries=1, pool_connections=2))
    r = session.get(root + "/a b", params={"q": ["x", "y"], "n": None, "ä": "ö"})
    print(r.status_code, r.reason, r.json(), r.headers["x-TEST"], r.links, r.ok, r.encoding)
    r = session.get(root + "/redirect")
    print(r.url.replace(root, ""), [h.status_code for h in r.history], session.cookies.get_dict(), r.json())
    print(session.get(root + "/redirect", allow_redirects=False).is_redirect)
    print(repr(session.get(root + "/latin").text), session.get(root + "/latin").apparent_encoding)
    print(list(session.get(root + "/lines", stream=True).iter_lines(chunk_size=3)))
    print(session.post(root + "/p", data={"a": "1 2", "b": ["x", "y"]}).json())
    print(session.post(root + "/p", json={"k": [1, None, "é"]}).json())
    print(session.put(root + "/p", files={"f": ("n.txt", b"content", "text/plain")}, data={"z": 1}).json())
    print(session.get(root + "/private").status_code, session.get(root + "/private", auth=("u", "p")).text, session.get(root + "/private", auth=Token()).text)
    seen = []
    session.get(root + "/x", hooks={"response": lambda r, **kw: seen.append((r.status_code, sorted(kw)))})
    print(seen)
    for call in (lambda: session.get(root + "/missing").raise_for_status(), lambda: session.get("nowhere"),
                 lambda: session.get(root + "/loop"), lambda: session.get(root + "/lines").json(),
                 lambda: session.get("http://127.0.0.1:1/", timeout=1), lambda: session.get("ftp://x/y")):
        try:
            call()
        except requests.RequestException as e:
            print(type(e).__mro__[:3], str(e).replace(root, "ROOT").split(":")[0][:80])
    prepared = requests.Request("POST", root + "/q?a=1#frag", params=[("b", 2)], data=b"raw", headers={"X": "y"}).prepare()
    print(prepared.method, prepared.url.replace(root, ""), sorted(prepared.headers.items()), prepared.body)

d = CaseInsensitiveDict({"Content-Type": "a", "x": 1})
d["CONTENT-TYPE"] = "b"
print(d, "content-type" in d, len(d), d == {"content-type": "b", "X": 1}, dict(d.lower_items()))
print(HTTPBasicAuth("a", "b") == HTTPBasicAuth("a", "b"), base64.b64encode(b"u:p"), requests.codes.teapot, requests.status_codes._codes[418][1])
print(requests.utils.parse_header_links('<http://a>; rel=front; type="x", <b>; rel=next'), requests.utils.requote_uri("http://a/b c%20%zz"))
server.shutdown()
