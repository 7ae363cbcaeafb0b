"""with_store.py KIND[:FAULT] FOLDER COMMAND...: runs a command with KRAIT_CACHE_REMOTE naming a store that lives as long as it does.

KIND: http (PUT and GET of files in FOLDER) or redis (GET and SET of them, AUTH and SELECT). FAULT: what is wrong with the store.
"""
import os
import socketserver
import subprocess
import sys
import threading

FOLDER = sys.argv[2]
KIND, _, FAULT = sys.argv[1].partition(":")
ended = threading.Event()


def stored(name):
    path = os.path.join(FOLDER, name.replace("/", "_").replace(":", "_"))
    try:
        with open(path, "rb") as file:
            content = file.read()
    except FileNotFoundError:
        return None
    if FAULT == "truncates":
        return content[:-100]
    if FAULT == "flips":
        return content[:-100] + bytes([content[-100] ^ 1]) + content[-99:]
    if FAULT == "swaps":  # each entry for another one
        names = sorted(os.listdir(FOLDER))
        with open(os.path.join(FOLDER, names[names.index(os.path.basename(path)) - 1]), "rb") as file:
            return file.read()
    return content


def store(name, content):
    with open(os.path.join(FOLDER, name.replace("/", "_").replace(":", "_")), "wb") as file:
        file.write(content)


class Handler(socketserver.StreamRequestHandler):
    is_known = False

    def handle(self):
        if FAULT == "silent":  # accepts, and never answers
            ended.wait()
        elif FAULT == "dribbles":  # always says something, and never all
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" if KIND == "http" else b"$1000000\r\n")
            while not ended.wait(0.02):
                self.wfile.write(b"x")
        elif FAULT == "babbles":
            self.wfile.write(b"\x00\xff what do you want?\r\n" * 100)
        elif FAULT == "hangs_up":
            pass
        else:
            while self.answer():
                pass

    def answer(self):
        return self.http() if KIND == "http" else self.redis()

    # ---- HTTP ----
    def http(self):
        words = self.rfile.readline().split()
        if len(words) < 3:
            return False
        length = 0
        while (line := self.rfile.readline().strip()):
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        body = self.rfile.read(length)
        name = words[1].decode()
        if FAULT == "refuses":
            return self.reply(500, b"an error")
        if FAULT == "elsewhere":
            return self.reply(302, b"", b"Location: /other\r\n")
        if words[0] == b"PUT":
            if FAULT == "full":
                return self.reply(507)
            store(name, body)
            return self.reply(201)
        if FAULT == "huge":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9000000000000\r\n\r\n" + b"x" * 1000)
            return not ended.wait()
        if FAULT == "endless":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
            while not ended.is_set():
                self.wfile.write(b"x" * 100_000)
        content = stored(name)
        return self.reply(404, b"nothing") if content is None else self.reply(200, content)

    def reply(self, status, content=b"", more=b""):
        self.wfile.write(b"HTTP/1.1 %d Status\r\n%sContent-Length: %d\r\n\r\n%s" % (status, more, len(content), content))
        return True

    # ---- Redis ----
    def redis(self):
        line = self.rfile.readline()
        if not line:
            return False
        words = []
        for _ in range(int(line[1:])):
            size = int(self.rfile.readline()[1:])
            words.append(self.rfile.read(size + 2)[:-2])
        command = words[0]
        if FAULT == "refuses":
            answer = b"-ERR no such thing\r\n"
        elif FAULT.startswith("protected") and not self.is_known:
            self.is_known = words == [b"AUTH", b"me", b"a@secret"]
            answer = b"+OK\r\n" if self.is_known else b"-WRONGPASS invalid username-password pair or user is disabled.\r\n"
        elif command == b"GET" and FAULT == "huge":
            answer = b"$9000000000000\r\n" + b"x" * 1000
        elif command == b"GET" and FAULT == "endless":
            answer = b"$%d\r\n" % (1 << 40)
            self.wfile.write(answer)
            while not ended.is_set():
                self.wfile.write(b"x" * 100_000)
        elif command == b"GET" and FAULT == "array":
            answer = b"*2000000000\r\n"
        elif command == b"SET" and FAULT == "full":
            answer = b"-OOM command not allowed when used memory > 'maxmemory'.\r\n"
        elif command == b"GET":
            content = stored(words[1].decode())
            answer = b"$-1\r\n" if content is None else b"$%d\r\n%s\r\n" % (len(content), content)
        else:
            if command == b"SET":
                store(words[1].decode(), words[2])
            answer = b"+OK\r\n"
        self.wfile.write(answer)
        return True


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request, client_address):
        pass  # the other side has gone, as it may


os.makedirs(FOLDER, exist_ok=True)
with Server(("127.0.0.1", 0), Handler) as server:
    place = f"127.0.0.1:{server.server_address[1]}"
    if FAULT == "gone":
        server.server_close()
    else:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    who = {"protected": "me:a%40secret@", "protected_from_us": "us:a%40secret@"}.get(FAULT, "")
    address = f"{KIND}://{who}{place}" + ("/cache" if KIND == "http" else "/3")
    environment = dict(os.environ, KRAIT_CACHE_REMOTE=address, no_proxy="*")
    status = subprocess.run(sys.argv[3:], env=environment, check=False).returncode
    ended.set()
os._exit(status)
