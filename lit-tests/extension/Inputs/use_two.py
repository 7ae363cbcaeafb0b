import functions, second
p = functions.P(1, 2)
o, n, r, t = second.apply(p)
print(o is p, n, r, t, p)
print(second.total(functions.gen(4)), second.run(functions.add, 1, c=4), second.run(functions.fail, 1))
q = second.Q(p); print(q.norm(), q.x, q.p is p)
print(functions.callback(second.run, 0), functions.callback(second.Q, 2)[1].p)
for i in range(20000): second.apply(p)
import resource; print(p, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > 200000)
