#include "runtime/object/class_variables.h"

#include <algorithm>
#include <iterator>
#include "runtime/memory/pools.h"
#include "runtime/object/attribute_cache.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

/// A class with more is not told by its variables.
constexpr int kMostVariables = 16;

Value* wordOf(ClassVariable* v) {
  const DictObject* d = asDict(v->owner->dict);
  if (v->version != d->version) {
    v->word = dictWordOfName(v->owner->dict, v->name);
    v->version = d->version;
  }
  return v->word;
}

ClassVariable* variableOf(const Type* t, Value name) {
  if (!isHeapType(t)) return nullptr;
  ClassVariable* v = asHeap(t)->variables;
  while (v && v->name != name) v = v->next;
  return v;
}

bool isPlainData(Value v) { return isPlainValue(v) && !typeOf(v)->descrSet; }
bool isSpecial(Value name) { return asStr(name)->length > 1 && asStr(name)->at(0) == '_' && asStr(name)->at(1) == '_'; }

/// Whether this attribute was stored lately. Of classes that are gone by now another may have the address: it has a variable sooner.
bool wasStored(const Type* t, Value name) {
  struct Store { const Type* type; Value name; };
  static Store stores[64];
  Store& last = stores[(reinterpret_cast<uint64_t>(t) >> 4 ^ name.bits >> 4) % std::size(stores)];
  if (last.type == t && last.name == name) return true;
  last = {t, name};
  return false;
}

/// Without memory it is none.
void becomeVariable(HeapType* t, Value name) {
  int count = 0;
  for (const ClassVariable* v = t->variables; v; v = v->next) ++count;
  auto* made = count < kMostVariables ? newObjectOf<ClassVariable, 0>(classVariableType) : nullptr;
  if (!made) return errorClear();
  *made = {made->header, t, newRef(name), nullptr, 0, t->variables};
  t->variables = made;
}

void dealloc(Object* o) {
  decref(reinterpret_cast<ClassVariable*>(o)->name);
  freeObject(o);
}

Value get(Value self, Value, Value) { return xnewRef(valueOf(self.as<ClassVariable>())); }

} // namespace

constinit Type classVariableType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "class_variable",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation,
    .instanceLayout = {.type = &classVariableType, .size = sizeof(ClassVariable)},
    .dealloc = dealloc,
    .descrGet = get,
};

Value valueOf(ClassVariable* variable) {
  const Value* word = wordOf(variable);
  return word ? *word : dictGet(variable->owner->dict, variable->name);
}

bool isVariableAlong(const Type* t, Value name) {
  const auto* mro = asTuple(t->mro);
  return std::any_of(mro->items, mro->items + mro->size, [name](Value base) { return variableOf(base.as<Type>(), name); });
}

Value keptOfClass(Type* t, Value name, Value found) {
  if (!isPlainData(found) || !isVariableAlong(t, name)) return found;
  const auto* mro = asTuple(t->mro);
  for (int64_t i = 0; i < mro->size; ++i) {
    const auto* base = mro->items[i].as<Type>();
    if (ClassVariable* v = variableOf(base, name)) return Value(&v->header);
    if (dictGet(base->dict, name)) break;
  }
  return found;
}

bool storeVariable(Type* t, Value name, Value v) {
  ClassVariable* variable = variableOf(t, name);
  Value* word = variable ? wordOf(variable) : nullptr;
  if (!word || !*word || !isPlainData(*word) || !isPlainData(v)) return false;
  // What is neither text nor number may have the collector know of the dict.
  if (v.isPointer() && !isExactStr(v)) return dictSet(t->dict, name, v) == 0;
  assign(*word, newRef(v));
  return true;
}

void countStore(HeapType* t, Value name, Value v) {
  const Value old = isSpecial(name) ? Value() : dictGet(t->dict, name);
  if (old && isPlainData(old) && isPlainData(v) && !variableOf(t, name) && wasStored(t, name)) becomeVariable(t, name);
}

void releaseVariables(HeapType* t) {
  while (ClassVariable* v = t->variables) {
    t->variables = v->next;
    decref(Value(&v->header));
  }
}

} // namespace krait
