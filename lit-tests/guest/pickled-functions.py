# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# A function written in Python by a package is pickled and copied by its name, an array at every protocol, by either pickler.
import copy
import io
import pickle

import numpy as np
from numpy.core import numeric

a = np.arange(6.0).reshape(2, 3)
for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
    for dumps in (pickle.dumps, pickle._dumps):
        text = dumps(a, protocol)
        back = pickle.loads(text), pickle._loads(text)
        print(protocol, [(b == a).all() for b in back], pickle.loads(dumps(np.ones_like, protocol)) is np.ones_like)
buffers = []
text = pickle.dumps(a, 5, buffer_callback=buffers.append)
print(len(buffers), pickle.loads(text, buffers=buffers).tolist())
print(copy.copy(numeric._frombuffer) is numeric._frombuffer, copy.deepcopy([np.ones_like])[0] is np.ones_like)
nameless = np.vectorize(lambda x: x).pyfunc
for dumps in (pickle.dumps, pickle._dumps):
    try:
        dumps(nameless)
    except (pickle.PicklingError, AttributeError) as e:
        print(type(e).__name__)
