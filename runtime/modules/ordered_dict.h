// collections.OrderedDict.
#pragma once
#include "runtime/types/dict.h"

namespace krait {

/// A dict keeps its order already; what is added are operations at both ends and an __eq__ that sees the order.
struct OrderedDictObject { DictObject dict; Value attributes, weakrefs; };
extern Type orderedDictType;

} // namespace krait
