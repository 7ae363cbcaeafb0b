# python3-tornado: coroutines, queues, locks, templates, escape, options, routing, an HTTP server and client, websockets.
import asyncio
import json
import logging
import socket
import datetime

import tornado.escape
import tornado.gen
import tornado.httpclient
import tornado.httputil
import tornado.ioloop
import tornado.locks
import tornado.options
import tornado.queues
import tornado.template
import tornado.testing
import tornado.web
import tornado.websocket
from tornado.httpserver import HTTPServer
from tornado.iostream import IOStream
from tornado.tcpserver import TCPServer

logging.getLogger("tornado.access").disabled = True


class Main(tornado.web.RequestHandler):
    def initialize(self, word="?"):
        self.word = word

    def prepare(self):
        self.set_header("X-Word", self.word)
        self.clear_header("Date")

    async def get(self, *args):
        await tornado.gen.sleep(0.001)
        self.set_secure_cookie("c", "v")
        self.write({"args": args, "q": self.get_arguments("q"), "agent": self.request.headers.get("X-A"), "url": self.reverse_url("item", "5")})

    def post(self, *args):
        files = {k: [(f.filename, f.body.decode()) for f in v] for k, v in self.request.files.items()}
        self.set_status(201)
        self.finish(json.dumps([self.get_body_argument("a", "none"), files, self.request.body[:20].decode()]))

    def delete(self, *args):
        raise tornado.web.HTTPError(409, "conflict %s", "x", reason="Clash")

    def write_error(self, status, **kw):
        self.finish("error %d %s" % (status, type(kw["exc_info"][1]).__name__))


class Echo(tornado.websocket.WebSocketHandler):
    def open(self):
        self.write_message("hello")

    def on_message(self, message):
        self.write_message(message[::-1], binary=isinstance(message, bytes))


class Stream(tornado.web.RequestHandler):
    async def get(self):
        for i in range(3):
            self.write("part %d\n" % i)
            await self.flush()


class Lines(TCPServer):
    async def handle_stream(self, stream, address):
        try:
            while True:
                line = await stream.read_until(b"\n")
                await stream.write(line.upper())
        except tornado.iostream.StreamClosedError:
            pass


async def main():
    app = tornado.web.Application([
        (r"/", Main, {"word": "root"}), tornado.web.url(r"/item/([0-9]+)", Main, name="item"), (r"/ws", Echo), (r"/stream", Stream),
        (r"/old", tornado.web.RedirectHandler, {"url": "/"})], cookie_secret="s", compress_response=True)
    server = app.listen(0, "127.0.0.1")
    port = list(server._sockets.values())[0].getsockname()[1]
    root = "http://127.0.0.1:%d" % port
    client = tornado.httpclient.AsyncHTTPClient()
    r = await client.fetch(root + "/item/7?q=a&q=b%20c", headers={"X-A": "z"})
    print(r.code, json.loads(r.body), r.headers["X-Word"], "Set-Cookie" in r.headers)
    r = await client.fetch(root + "/old", follow_redirects=True)
    print(r.effective_url.replace(root, ""), r.headers["Content-Type"])
    r = await client.fetch(root + "/", method="POST", body="a=1&b=2")
    print(r.code, r.body)
    body = (b"--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"n.txt\"\r\n\r\ncontent\r\n--B--\r\n")
    r = await client.fetch(root + "/", method="POST", body=body, headers={"Content-Type": "multipart/form-data; boundary=B"})
    print(r.body)
    for method, path in (("DELETE", "/"), ("GET", "/none"), ("PUT", "/")):
        r = await client.fetch(root + path, method=method, raise_error=False, body=b"x" if method == "PUT" else None)
        print(r.code, r.reason, r.body[:60])
    try:
        await client.fetch(root + "/none")
    except tornado.httpclient.HTTPClientError as e:
        print(e)
    chunks = []
    await client.fetch(root + "/stream", streaming_callback=chunks.append)
    print(b"".join(chunks))
    ws = await tornado.websocket.websocket_connect(root.replace("http", "ws") + "/ws")
    await ws.write_message("abc")
    await ws.write_message(b"\x01\x02", binary=True)
    print([await ws.read_message() for _ in range(3)])
    ws.close()
    lines = Lines()
    lines.listen(0, "127.0.0.1")
    s = IOStream(socket.socket())
    await s.connect(("127.0.0.1", list(lines._sockets.values())[0].getsockname()[1]))
    await s.write(b"one\ntwo\n")
    print(await s.read_until(b"\n"), await s.read_bytes(4))
    s.close()
    q = tornado.queues.PriorityQueue(maxsize=2)
    done = []

    async def consumer():
        async for item in q:
            done.append(item)
            q.task_done()
    tornado.ioloop.IOLoop.current().spawn_callback(consumer)
    for i in (5, 3, 4, 1):
        await q.put(i)
    await q.join()
    print(sorted(done))
    lock, event = tornado.locks.Lock(), tornado.locks.Event()
    async with lock:
        asyncio.get_running_loop().call_later(0.001, event.set)
        await event.wait()
    try:
        await tornado.gen.with_timeout(datetime.timedelta(milliseconds=5), asyncio.Future())
    except tornado.gen.TimeoutError as e:
        print(type(e).__name__, e)
    print(await tornado.gen.multi({"a": tornado.gen.sleep(0), "b": old()}))
    server.stop()


@tornado.gen.coroutine
def old():
    x = yield tornado.gen.moment
    raise tornado.gen.Return(("old", x))


asyncio.run(main())
loader = tornado.template.DictLoader({"base.html": "<{% block b %}base{% end %}>", "t.html": "{% extends base.html %}{% block b %}{% for i in xs %}{{ i }}{% if i % 2 %}!{% else %}.{% end %}{% end %}{% set y = f(2) %}{{ y }}{% raw '<b>' %}{% apply upper %}low{% end %}{% try %}{{ 1/0 }}{% except %}oops{% end %}{% end %}"})
print(loader.load("t.html").generate(xs=[1, 2, 3], f=lambda x: x * 10, upper=lambda s: s.upper()))
try:
    tornado.template.Template("{% if %}{% end")
except tornado.template.ParseError as e:
    print(e)
print(tornado.escape.linkify("see http://a.b/c?d=1&e=2 and www.x.y"), tornado.escape.xhtml_escape("<a&'\">"), tornado.escape.url_escape("a b/c"), tornado.escape.json_encode({"a": "</x>"}))
h = tornado.httputil.HTTPHeaders({"content-type": "a"})
h.add("Set-Cookie", "1")
h.add("set-cookie", "2")
print(h.get_list("SET-COOKIE"), list(h.get_all()), str(h).splitlines(), tornado.httputil.parse_request_start_line("GET / HTTP/1.1"), tornado.httputil.url_concat("http://a/?x=1", {"y": [2]}))
o = tornado.options.OptionParser()
o.define("port", default=1, type=int, group="g")
o.define("when", type=datetime.timedelta, multiple=True)
print(o.parse_command_line(["p", "--port=8", "--when=1h,30s", "rest"]), o.port, o.when)
