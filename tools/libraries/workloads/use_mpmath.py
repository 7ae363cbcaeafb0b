# python3-mpmath: arbitrary precision: special functions, quadrature, roots, matrices.
from mpmath import *
mp.dps = 60
print(pi, e, euler, catalan); print(zeta(3), gamma(mpf('0.3')), quad(lambda t: exp(-t**2), [-inf, inf])**2)
print(findroot(lambda t: cos(t)-t, 0.7)); print(polyroots([1,0,-2,-5])); print(nsum(lambda n: 1/n**2, [1, inf])); print(matrix([[1,2],[3,4]])**-1)
print(besselj(0, 3.5), hyp2f1(1,2,3,0.25), airyai(1), lambertw(1)); print(taylor(sin, 0, 6)); print(identify(sqrt(2)+1)); print(odefun(lambda x, y: y, 0, 1)(1))
print(mpc(1,2)**mpc(0.5,1), erf(1), fac(30), stirling1(6,3)); iv.dps=20; print(iv.mpf([1,2])/3)
