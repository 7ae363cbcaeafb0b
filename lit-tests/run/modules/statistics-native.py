# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# _statistics: the normal distribution's quantiles in the middle and in both tails.
import _statistics
import statistics

print(statistics._normal_dist_inv_cdf is _statistics._normal_dist_inv_cdf)
for p in (0.5, 0.3, 0.075, 0.925, 0.01, 0.999, 1e-12, 1e-15, 1 - 1e-12, 1e-300):
    print(statistics.NormalDist(10, 2).inv_cdf(p), _statistics._normal_dist_inv_cdf(p, 0, 1))
print(statistics.NormalDist().quantiles(5), statistics.NormalDist(100, 15).overlap(statistics.NormalDist(110, 10)))
for p in (0.0, 1.0, 2.0, "x"):
    try:
        print(_statistics._normal_dist_inv_cdf(p, 0, 1))
    except Exception as e:
        print(type(e).__name__, e)
