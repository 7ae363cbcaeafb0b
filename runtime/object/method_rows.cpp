#include "runtime/object/method_rows.h"

#include <utility>

#include "runtime/object/attributes.h"
#include "runtime/object/protocol.h"
#include "runtime/object/subclasses.h"
#include "runtime/types/function.h"

namespace krait {

const MethodRow kNoMethods[kMethodRows] = {};

static void dropNames(HeapType* t) {
  for (uint64_t n = 0; n < kMethodRows; ++n) xdecref(std::exchange(t->methodRows[n], {}).name);
}

FunctionObject* learnMethod(const Layout* l, Value name) {
  if (!isHeapType(l->type) || l->flags & kLayoutForeign) return nullptr;
  HeapType* t = asHeap(l->type);
  const uint64_t version = typeVersion(t);
  const Value found = typeLookup(t, name); // keys of the classes' dicts that are no strs may run code
  if (!version || t->version != version) return nullptr;
  const bool isMethod = found && isFunction(found) && findsPlainly(t) && inlineSlotNamed(l, name) < 0;
  if (!t->methodRows) t->methodRows = new MethodRow[kMethodRows]{};
  if (l->methods != t->methodRows) {
    dropNames(t);
    t->instanceLayout.methods = t->methodRows;
  }
  static uint16_t lastRow = 0;
  uint16_t& number = name.as<StrObject>()->methodRow;
  if (!number) number = static_cast<uint16_t>(1 + lastRow++ % (kMethodRows - 1));
  MethodRow& row = t->methodRows[number];
  const Value old = row.name;
  row = {newRef(name), isMethod ? found.as<FunctionObject>() : nullptr};
  xdecref(old);
  return row.function;
}

void forgetMethods(Type* t) { t->instanceLayout.methods = kNoMethods; }

void releaseMethodRows(HeapType* t) {
  if (t->methodRows) dropNames(t);
  delete[] std::exchange(t->methodRows, nullptr);
}

} // namespace krait
