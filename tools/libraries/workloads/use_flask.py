# python3-flask: a web application with sessions, JSON and templates, through its test client.
from flask import Flask, request, jsonify, render_template_string, session, abort, url_for
app = Flask(__name__); app.secret_key = 'k'
@app.route('/')
def i(): session['a'] = 1; return render_template_string('hi {{ request.args.get("n", "?") }} {{ url_for("j", n=3) }}')
@app.route('/j/<int:n>', methods=['GET', 'POST'])
def j(n): return jsonify(n=n, body=request.get_json(silent=True))
@app.errorhandler(404)
def e(x): return str(x), 404
c = app.test_client()
for r in (c.get('/?n=x'), c.post('/j/4', json={'a': [1]}), c.get('/zz'), c.delete('/')): print(r.status, r.get_data(as_text=True)[:300])
