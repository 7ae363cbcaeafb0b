# -O2 compiles packages for speed: with versions, which --count-exits shows. -O1 does not, nor -O2 for a program that observes itself.
# RUN: %python %s > %t.expected
# RUN: env KRAIT_LIBRARY_DIR=%t/none krait run -O2 --site-packages --count-exits %s 2> %t.exits | diff %t.expected -
# RUN: grep "/yaml/.*Representer" %t.exits
# RUN: env KRAIT_LIBRARY_DIR=%t/none krait run -O1 --site-packages --count-exits %s 2> %t.quick | diff %t.expected -
# RUN: not grep yaml %t.quick
# RUN: %python -c "print('import sys\nsys._getframe()\n' + open('%s').read(), end='')" > %t.py
# RUN: env KRAIT_LIBRARY_DIR=%t/none krait run -O2 --site-packages --count-exits %t.py 2> %t.watched | diff %t.expected -
# RUN: not grep yaml %t.watched
import yaml
for text in "a: [1, 2.5, x]\nb: {c: d}\n", "- 2024-01-01\n- ~\n- !!python/none x\n", "? [1\n":
    try:
        print(yaml.safe_load(text), yaml.dump(yaml.safe_load(text)))
    except yaml.YAMLError as e:
        print(e)
