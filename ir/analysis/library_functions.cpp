#include "ir/analysis/library_functions.h"

#include <algorithm>
#include <span>

namespace krait::ir::analysis {

namespace {

struct Function {
  std::string_view name;
  LibraryResult result;
};
constexpr auto kInt = LibraryResult::Int, kFloat = LibraryResult::Float;

constexpr Function kFunctions[] = {
    {"binascii.crc32", kInt}, {"bisect.bisect", kInt}, {"bisect.bisect_left", kInt}, {"bisect.bisect_right", kInt}, {"cmath.phase", kFloat},
    {"math.acos", kFloat}, {"math.acosh", kFloat}, {"math.asin", kFloat}, {"math.asinh", kFloat}, {"math.atan", kFloat}, {"math.atan2", kFloat},
    {"math.atanh", kFloat}, {"math.cbrt", kFloat}, {"math.ceil", kInt}, {"math.comb", kInt}, {"math.copysign", kFloat}, {"math.cos", kFloat},
    {"math.cosh", kFloat}, {"math.degrees", kFloat}, {"math.dist", kFloat}, {"math.erf", kFloat}, {"math.erfc", kFloat}, {"math.exp", kFloat},
    {"math.exp2", kFloat}, {"math.expm1", kFloat}, {"math.fabs", kFloat}, {"math.factorial", kInt}, {"math.floor", kInt}, {"math.fmod", kFloat},
    {"math.fsum", kFloat}, {"math.gamma", kFloat}, {"math.gcd", kInt}, {"math.hypot", kFloat}, {"math.isqrt", kInt}, {"math.lcm", kInt},
    {"math.ldexp", kFloat}, {"math.lgamma", kFloat}, {"math.log", kFloat}, {"math.log10", kFloat}, {"math.log1p", kFloat}, {"math.log2", kFloat},
    {"math.nextafter", kFloat}, {"math.perm", kInt}, {"math.pow", kFloat}, {"math.radians", kFloat}, {"math.remainder", kFloat}, {"math.sin", kFloat},
    {"math.sinh", kFloat}, {"math.sqrt", kFloat}, {"math.tan", kFloat}, {"math.tanh", kFloat}, {"math.trunc", kInt}, {"math.ulp", kFloat},
    {"operator.countOf", kInt}, {"operator.indexOf", kInt}, {"os.getpid", kInt}, {"random.betavariate", kFloat}, {"random.expovariate", kFloat},
    {"random.gammavariate", kFloat}, {"random.gauss", kFloat}, {"random.getrandbits", kInt}, {"random.lognormvariate", kFloat},
    {"random.normalvariate", kFloat}, {"random.paretovariate", kFloat}, {"random.randint", kInt}, {"random.random", kFloat}, {"random.randrange", kInt},
    {"random.triangular", kFloat}, {"random.uniform", kFloat}, {"random.vonmisesvariate", kFloat}, {"random.weibullvariate", kFloat},
    {"statistics.fmean", kFloat}, {"statistics.pstdev", kFloat}, {"statistics.stdev", kFloat}, {"sys.getrecursionlimit", kInt}, {"sys.getsizeof", kInt},
    {"time.mktime", kFloat}, {"time.monotonic", kFloat}, {"time.monotonic_ns", kInt}, {"time.perf_counter", kFloat}, {"time.perf_counter_ns", kInt},
    {"time.process_time", kFloat}, {"time.process_time_ns", kInt}, {"time.thread_time", kFloat}, {"time.thread_time_ns", kInt}, {"time.time", kFloat},
    {"time.time_ns", kInt}, {"timeit.default_timer", kFloat}, {"zlib.adler32", kInt}, {"zlib.crc32", kInt},
};
static_assert(std::ranges::is_sorted(kFunctions, {}, &Function::name));

struct Method {
  std::string_view name;
  size_t least, most; // arguments
  LibraryResult result;
};
constexpr Method kMethods[] = {
    {"bit_count", 0, 0, kInt}, {"bit_length", 0, 0, kInt}, {"expovariate", 1, 1, kFloat}, {"gauss", 0, 2, kFloat}, {"getrandbits", 1, 1, kInt},
    {"normalvariate", 0, 2, kFloat}, {"randint", 2, 2, kInt}, {"random", 0, 0, kFloat}, {"randrange", 1, 3, kInt}, {"timestamp", 0, 0, kFloat},
    {"toordinal", 0, 0, kInt}, {"total_seconds", 0, 0, kFloat}, {"uniform", 2, 2, kFloat}, {"weekday", 0, 0, kInt},
};
static_assert(std::ranges::is_sorted(kMethods, {}, &Method::name));

template <class Row> const Row* rowOf(std::span<const Row> rows, std::string_view name) {
  const auto found = std::ranges::lower_bound(rows, name, {}, &Row::name);
  return found != rows.end() && found->name == name ? &*found : nullptr;
}

} // namespace

LibraryResult resultOfLibrary(std::string_view dotted) {
  const Function* row = rowOf<Function>(kFunctions, dotted);
  return row ? row->result : LibraryResult::Other;
}

LibraryResult resultOfLibraryMethod(std::string_view name, size_t arguments) {
  const Method* row = rowOf<Method>(kMethods, name);
  return row && arguments >= row->least && arguments <= row->most ? row->result : LibraryResult::Other;
}

} // namespace krait::ir::analysis
