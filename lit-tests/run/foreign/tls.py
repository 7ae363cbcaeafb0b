# RUN: krait-interp %s | diff %s.out -
# RUN: krait run %s | diff %s.out -
# TLS over loopback: a server and clients that trust and refuse its certificate, memory buffers, errors.
import ssl, socket, warnings, threading, os
d = os.path.join(os.path.dirname(os.__file__), 'test', '')
warnings.simplefilter('ignore')
print(ssl.OPENSSL_VERSION_INFO[:1], ssl.HAS_TLSv1_3)
ctx=ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER); ctx.load_cert_chain(d+'keycert.pem')
cc=ssl.create_default_context(cafile=d+'keycert.pem')
print(cc.verify_mode, cc.check_hostname, ctx.minimum_version)
srv=socket.create_server(('localhost',0)); port=srv.getsockname()[1]
refused = []
def serve():
    for _ in range(2):
        try:
            s,_=srv.accept()
            with ctx.wrap_socket(s,server_side=True) as t:
                data=t.recv(100); t.sendall(data.upper())
        except ssl.SSLError as e: refused.append(('server', type(e).__name__, e.reason))
t=threading.Thread(target=serve); t.start()
with socket.create_connection(('localhost',port)) as s:
    with cc.wrap_socket(s,server_hostname='localhost') as c:
        print(c.version(), c.cipher()[1]); c.sendall(b'hello'); print(c.recv(100)); cert=c.getpeercert(); print(cert['subject'], cert['subjectAltName'])
bad=ssl.create_default_context()
with socket.create_connection(('localhost',port)) as s:
    try: bad.wrap_socket(s,server_hostname='localhost')
    except ssl.SSLCertVerificationError as e: print(type(e).__name__, e, e.verify_code, e.verify_message, e.reason, e.library)
t.join()
print(refused)
i,o=ssl.MemoryBIO(),ssl.MemoryBIO(); obj=cc.wrap_bio(i,o,server_hostname='localhost')
try: obj.do_handshake()
except ssl.SSLWantReadError as e: print(e, o.pending>0)
print(ssl.get_server_certificate.__name__, ssl.RAND_bytes(4)!=b'', ssl.cert_time_to_seconds('Jan  5 09:34:43 2018 GMT'))
try: ctx.load_cert_chain('/nonexistent/file')
except OSError as e: print(type(e).__name__, e)
server, client = ssl.MemoryBIO(), ssl.MemoryBIO()
both = [ctx.wrap_bio(client, server, server_side=True), cc.wrap_bio(server, client, server_hostname="localhost")]
ctx.set_alpn_protocols(["spdy", "http/1.1"])
def names(connection, name, context):
    print("asked for", name)
ctx.sni_callback = names
done = set()
while len(done) < 2:
    for i in (1, 0):
        try:
            both[i].do_handshake()
            done.add(i)
        except ssl.SSLWantReadError:
            pass
print(both[1].write(b"through buffers"), both[0].read(100), both[0].version(), both[1].selected_alpn_protocol(), both[1].session_reused)
for bad in (lambda: ssl.SSLContext(99), lambda: setattr(cc, "verify_mode", ssl.CERT_NONE), lambda: ctx.set_ciphers("none such"),
            lambda: cc.load_verify_locations(), lambda: cc.load_verify_locations(cadata=""), lambda: cc.load_verify_locations(cadata="text"),
            lambda: cc.wrap_bio(server, client, server_side=True), lambda: ctx.load_cert_chain(d + "ssl_key.pem")):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, str(e).partition(" (_ssl.c")[0])
