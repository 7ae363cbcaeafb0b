// Struct sequences. The tuple's `size` counts the visible items; the hidden
// fields stand behind them in the same object, up to the type's n_fields.
// What the type is made of is known by its rows of fields, which it has behind it.
#include "runtime/types/struct_sequence.h"

#include <cstddef>
#include <cstring>

#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/memory/pools.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

const char kUnnamedField[] = "unnamed field";

namespace {

/// The fields' descriptors of a type, for the life of the process.
struct Fields {
  const StructSequenceDef* def;
  MemberDef rows[]; // what the type refers to
};

void deallocSequence(Object* o);

/// Of a type of the runtime's own: classes made in Python are derived from one.
bool isReady(const Type* t) { return t->dealloc == deallocSequence; }
const StructSequenceDef* defOf(const Type* t) {
  while (!t->members || !isReady(t)) t = t->base;
  return *reinterpret_cast<const StructSequenceDef* const*>(reinterpret_cast<const char*>(t->members) - offsetof(Fields, rows));
}

void deallocSequence(Object* o) {
  gcUntrack(o);
  auto* t = reinterpret_cast<TupleObject*>(o);
  const uint32_t total = defOf(typeOfObject(o))->total;
  for (uint32_t i = 0; i < total; ++i) { // nobody can see it any more
    if (!t->items[i].isPointer()) [[likely]] continue;
    asm volatile(""); // else both questions are answered before either is asked
    xdecref(t->items[i]);
  }
  freeObject(o);
}
int traverseSequence(Object* o, Visit visit, void* context) {
  auto* t = reinterpret_cast<TupleObject*>(o);
  const StructSequenceDef* def = defOf(typeOfObject(o));
  for (uint32_t i = 0; i < def->total; ++i)
    if (int r = visit(t->items[i], context)) return r;
  return 0;
}

} // namespace

void structSequenceReady(Type* t, const StructSequenceDef* def) {
  if (isReady(t)) return;
  t->dealloc = deallocSequence;
  t->traverse = traverseSequence;
  auto* fields = static_cast<Fields*>(allocateZeroed(sizeof(Fields) + (def->total + 1) * sizeof(MemberDef)));
  fields->def = def;
  MemberDef* rows = fields->rows; // one per named field
  uint32_t n = 0, unnamed = 0;
  for (uint32_t i = 0; i < def->total; ++i) {
    if (def->fields[i] == kUnnamedField) {
      ++unnamed;
      continue;
    }
    rows[n++] = {def->fields[i], MemberKind::ObjectRaw, offsetof(TupleObject, items) + i * sizeof(Value)};
  }
  t->members = rows;
  typeReady(t);
  auto put = [&](const char* key, uint32_t v) { dictSet(t->dict, key, Value::ofSmallInt(v)); };
  put("n_sequence_fields", def->visible);
  put("n_fields", def->total);
  put("n_unnamed_fields", unnamed);
  uint32_t named = 0;
  for (uint32_t i = 0; i < def->visible; ++i) named += def->fields[i] != kUnnamedField;
  Ref names(newTuple(named));
  for (uint32_t i = 0, at = 0; i < def->visible; ++i)
    if (def->fields[i] != kUnnamedField) asTuple(names)->items[at++] = internStr(def->fields[i]);
  dictSet(t->dict, NAME(__match_args__), names);
}

Value newStructSequence(Type* t, const StructSequenceDef* def, const Value* owned) {
  structSequenceReady(t, def);
  const uint32_t total = def->total;
  bool complete = true;
  for (uint32_t i = 0; i < total; ++i) complete &= static_cast<bool>(owned[i]);
  const Layout* l = &t->instanceLayout;
  const bool hasItemsAlone = !(t->flags & kTypeHeap) && l->size == sizeof(TupleObject);
  Object* o = complete && hasItemsAlone ? takeObject(l, headerSize(l) + sizeof(TupleObject) + total * sizeof(Value)) : nullptr;
  if (complete && !o) o = newObject(l, total);
  if (!o) {
    for (uint32_t i = 0; i < def->total; ++i) xdecref(owned[i]);
    return Value();
  }
  auto* s = reinterpret_cast<TupleObject*>(o);
  s->size = def->visible;
  s->hash = 0;
  memcpy(s->items, owned, total * sizeof(Value));
  return Value(o);
}

Value structSequenceRepr(Value v) {
  const StructSequenceDef* def = defOf(typeOf(v));
  StrBuilder out;
  const char* name = typeOf(v)->name;
  out.addAscii(name ? name : "struct_sequence");
  out.add('(');
  // As CPython's, it goes through the names that there are: in os.stat_result, unnamed items have those of hidden fields.
  const char* const* field = def->fields;
  for (uint32_t i = 0; i < def->visible; ++i, ++field) {
    while (*field == kUnnamedField) ++field;
    if (i) out.addAscii(", ");
    Ref text(repr(asTuple(v)->items[i]));
    if (!text) return Value();
    out.addAscii(*field);
    out.add('=');
    out.add(text);
  }
  out.add(')');
  return out.take();
}

Value structSequenceConstruct(Type* t, const Args& args) {
  const StructSequenceDef* def = defOf(t);
  Value argv[2];
  Ref holder[2];
  const char* name = t->name ? t->name : "struct_sequence";
  if (t->flags & kTypeDisallowInstantiation) return raise(TypeErrorType, "cannot create '%s' instances", name);
  if (bindArguments("structseq", "(sequence, dict=None)", args, argv, 2, holder) < 0) return Value();
  Ref items(toFast(argv[0], "constructor requires a sequence"));
  if (!items) return Value();
  if (argv[1] && !isDict(argv[1])) return raise(TypeErrorType, "%.500s() takes a dict as second arg, if any", name);
  const Value* given = isList(items) ? asList(items)->items : asTuple(items)->items;
  int64_t n = isList(items) ? asList(items)->size : asTuple(items)->size;
  if (n < def->visible)
    return raise(TypeErrorType, "%.500s() takes %s %zd-sequence (%zd-sequence given)", name,
                 def->visible == def->total ? "a" : "an at least", static_cast<size_t>(def->visible), static_cast<size_t>(n));
  if (n > def->total)
    return raise(TypeErrorType, "%.500s() takes %s %zd-sequence (%zd-sequence given)", name,
                 def->visible == def->total ? "a" : "an at most", static_cast<size_t>(def->total), static_cast<size_t>(n));
  Value values[64];
  for (uint32_t i = 0; i < def->total; ++i) {
    if (i < n) {
      values[i] = newRef(given[i]);
      continue;
    }
    Value fromDict = argv[1] ? dictGet(argv[1], def->fields[i]) : Value();
    values[i] = newRef(fromDict ? fromDict : none());
  }
  Value made = newStructSequence(t, def, values);
  if (made) gcTrack(made.object()); // what Python code puts together may refer to itself; what the runtime makes, CPython does not track either
  return made;
}

namespace {
Value reduceMethod(Value self) {
  const StructSequenceDef* def = defOf(typeOf(self));
  Ref items(newTupleFrom(asTuple(self)->items, def->visible));
  Ref rest(newDict());
  if (!items || !rest) return Value();
  for (uint32_t i = def->visible; i < def->total; ++i)
    if (dictSet(rest, def->fields[i], asTuple(self)->items[i]) < 0) return Value();
  Ref arguments(newTuple({items.get(), rest.get()}));
  return newTuple({asValue(typeOf(self)), arguments.get()});
}
} // namespace

constinit const MethodDef structSequenceMethods[] = {{"__reduce__", reduceMethod}, {}};

} // namespace krait
