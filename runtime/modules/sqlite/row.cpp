// Row: a tuple that can also be indexed by column name; and PrepareProtocol.
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/modules/sqlite/database.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::sqlite {
namespace {

struct Row {
  Object header;
  Value data, description; // tuples
};
Row* asRow(Value v) { return v.as<Row>(); }

void clearRow(Object* o) {
  clear(reinterpret_cast<Row*>(o)->data);
  clear(reinterpret_cast<Row*>(o)->description);
}
void dealloc(Object* o) {
  gcUntrack(o);
  clearRow(o);
  freeObject(o);
}
int traverse(Object* o, Visit visit, void* context) {
  if (int stop = visit(reinterpret_cast<Row*>(o)->data, context)) return stop;
  return visit(reinterpret_cast<Row*>(o)->description, context);
}

Value construct(Type* type, const Args& args) {
  if (checkPositional("Row", args, 2, 2) < 0) return Value();
  if (!isInstanceOf(args[0], cursorType))
    return raise(TypeErrorType, "Row() argument 1 must be sqlite3.Cursor, not %T", args[0]);
  if (!isTuple(args[1])) return raise(TypeErrorType, "Row() argument 2 must be tuple, not %T", args[1]);
  Ref self(type->allocate(type, 0));
  if (!self) return Value();
  asRow(self)->data = newRef(args[1]);
  asRow(self)->description = newRef(asCursor(args[0])->description);
  if (!gcIsTracked(self.get().object())) gcTrack(self.get().object());
  return self.release();
}

/// Column names compare without regard to ASCII case.
bool sameName(Value a, Value b) {
  StrObject *x = asStr(a), *y = asStr(b);
  if (x->length != y->length) return false;
  auto lower = [](uint32_t c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; };
  for (int64_t i = 0; i < x->length; ++i)
    if (lower(x->at(i)) != lower(y->at(i))) return false;
  return true;
}

Value columnName(Value self, int64_t i) { return asTuple(asTuple(asRow(self)->description)->items[i])->items[0]; }

Value subscript(Value self, Value key) {
  Value data = asRow(self)->data;
  if (isInt(key) || isExact(key, sliceType)) return getItem(data, key);
  if (!isStr(key)) return raise(IndexErrorType, "Index must be int or string");
  int64_t n = isNone(asRow(self)->description) ? 0 : asTuple(asRow(self)->description)->size;
  for (int64_t i = 0; i < n; ++i)
    if (sameName(columnName(self, i), key)) return newRef(asTuple(data)->items[i]);
  return raise(IndexErrorType, "No item with that key");
}

Value item(Value self, int64_t i) {
  TupleObject* t = asTuple(asRow(self)->data);
  return i >= 0 && i < t->size ? newRef(t->items[i]) : raise(IndexErrorType, "tuple index out of range");
}
int64_t rowLength(Value self) { return asTuple(asRow(self)->data)->size; }
Value iter(Value self) { return iterate(asRow(self)->data); }

Value keys(Value self) {
  Ref list(newList(0));
  int64_t n = isNone(asRow(self)->description) ? 0 : asTuple(asRow(self)->description)->size;
  for (int64_t i = 0; i < n && list; ++i)
    if (listAppend(list, columnName(self, i)) < 0) return Value();
  return list.release();
}

int64_t hashRow(Value self) {
  int64_t a = hash(asRow(self)->description), b = a == -1 ? -1 : hash(asRow(self)->data);
  return b == -1 ? -1 : a ^ b;
}

Value compareRows(Value a, Value b, int op) {
  if ((op != kEq && op != kNe) || !isInstanceOf(b, rowType)) return notImplemented();
  int32_t same = equal(asRow(a)->description, asRow(b)->description);
  if (same > 0) same = equal(asRow(a)->data, asRow(b)->data);
  return same < 0 ? Value() : boolean((op == kEq) == (same != 0));
}

int32_t initProtocol(Value, const Args&) { return 0; }

const MethodDef methods[] = {{"keys", keys, "($self, /)"}, {}};
const SequenceSlots sequenceSlots = {.length = rowLength, .item = item};
const MappingSlots mappingSlots = {.length = rowLength, .subscript = subscript};

} // namespace

constinit krait::Type rowType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "sqlite3.Row",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeOwnModule,
    .instanceLayout = {.type = &rowType, .size = sizeof(Row), .flags = kLayoutGc},
    .dealloc = dealloc,
    .traverse = traverse,
    .clear = clearRow,
    .hash = hashRow,
    .compare = compareRows,
    .iter = iter,
    .construct = construct,
    .sequence = &sequenceSlots,
    .mapping = &mappingSlots,
    .methods = methods,
};

constinit krait::Type prepareProtocolType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "sqlite3.PrepareProtocol",
    .base = &objectType,
    .flags = kTypeOwnModule,
    .instanceLayout = {.type = &prepareProtocolType, .size = sizeof(Object)},
    .init = initProtocol,
};

} // namespace krait::sqlite
