# python3-sympy: computer algebra: calculus, equations, matrices, series.
from sympy import *
x, y, z = symbols('x y z')
print(expand((x+y)**5)); print(factor(x**4-1)); print(diff(sin(x)*exp(x), x)); print(integrate(x**2*cos(x), x))
print(solve(x**3-6*x**2+11*x-6, x)); print(limit(sin(x)/x, x, 0)); print(series(exp(x), x, 0, 6)); print(Matrix([[1,2],[3,4]]).inv())
print(simplify(sin(x)**2+cos(x)**2)); print(pi.evalf(50)); print(latex(Integral(sqrt(1/x), x))); print(factorint(2**64+1)); pprint(x**2/y)
print(Matrix([[2,1],[1,3]]).eigenvals()); print(dsolve(Derivative(Function('f')(x), x) - Function('f')(x)))
print(summation(1/x**2, (x,1,oo))); print(nsimplify(0.333333333333)); print(gcd(x**2-1,x-1)); print(apart(1/(x**2-1)))
