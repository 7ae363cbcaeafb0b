from ..a import one; import json; two = one * 2
def js(x): return json.dumps(x)
