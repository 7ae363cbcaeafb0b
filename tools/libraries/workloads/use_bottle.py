# python3-bottle: routes, cookies, forms, errors and templates of the web framework.
import bottle, io, sys
from bottle import Bottle, request, response, template, HTTPError, redirect, abort
app = Bottle()
@app.route('/hello/<name>')
def hello(name): return template('<b>{{name}}</b>% for i in x:\n', name=name, x=[1])
@app.get('/num/<n:int>')
def num(n): response.set_cookie('a', 'b', secret='k'); return {'n': n, 'q': request.query.q}
@app.post('/form')
def form(): return '|'.join(f'{k}={v}' for k, v in sorted(request.forms.items()))
@app.error(404)
def nf(e): return 'nothing: %s' % e.status
@app.get('/boom')
def boom(): 1/0
@app.get('/re')
def rd(): redirect('/x')
def call(path, method='GET', body=b'', q=''):
    env = {'REQUEST_METHOD': method, 'PATH_INFO': path, 'QUERY_STRING': q, 'wsgi.input': io.BytesIO(body), 'wsgi.errors': io.StringIO(), 'CONTENT_LENGTH': str(len(body)),
      'CONTENT_TYPE': 'application/x-www-form-urlencoded', 'SERVER_NAME': 'x', 'SERVER_PORT': '80', 'wsgi.url_scheme': 'http', 'HTTP_HOST': 'x', 'SCRIPT_NAME': ''}
    got = []
    out = b''.join(app(env, lambda s, h, e=None: got.append((s, sorted(h)))))
    print(got, out.decode()[:400])
call('/hello/World'); call('/num/42', q='q=a%20b'); call('/num/x'); call('/form', 'POST', b'a=1&b=%C3%A9'); call('/nope'); call('/re'); call('/form')
print(template('''% for i in range(3):
  <li>{{i}} {{!'<x>'}}</li>
% end
% if a:
yes
% else:
no
%end
''', a=0))
