// The itertools module.
#include "runtime/modules/itertools.h"
#include "runtime/object/ref.h"
#include "runtime/types/function.h"

namespace krait {

using namespace itertools;

static constexpr MethodDef itertoolsMethods[] = {{"tee", tee, "($module, iterable, n=2, /)"}, {}};

static int itertoolsExec(Value m) {
  for (Type* t : std::initializer_list<Type*>{&accumulateType, &chainType, &combinationsType, &replacementType, &compressType, &countType,
                  &cycleType, &dropwhileType, &filterfalseType, &groupbyType, &grouperType, &isliceType, &pairwiseType,
                  &permutationsType, &productType, &repeatType, &starmapType, &takewhileType, &teeType, &teeDataType,
                  &zipLongestType})
    if (moduleAddType(m, t) < 0) return -1;
  return 0;
}
extern "C" constinit const NativeModule krt_module_itertools = {"itertools", itertoolsMethods, itertoolsExec};

} // namespace krait
