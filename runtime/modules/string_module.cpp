// _string: how string.Formatter takes format strings apart.
#include <new>
#include "runtime/memory/alloc.h"
#include "runtime/object/protocol.h"
#include "runtime/types/field_name.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str_slots.h"

namespace krait {
namespace {

struct FormatterIterator {
  Object header;
  Value text;
  alignas(8) unsigned char state[sizeof(MarkupIterator)];
};
struct FieldIterator {
  Object header;
  Value text;
  alignas(8) unsigned char state[sizeof(FieldNameIterator)];
};

template <class T> void iteratorDealloc(Object* o) {
  xdecref(reinterpret_cast<T*>(o)->text);
  freeObject(o);
}
Value self(Value v) { return newRef(v); }

/// (literal, field name, format spec, conversion); the last three None without a field.
Value formatterNext(Value v) {
  auto* it = v.as<FormatterIterator>();
  MarkupPiece piece;
  if (reinterpret_cast<MarkupIterator*>(it->state)->next(piece) <= 0) return {};
  Ref literal(strSubstring(it->text, piece.literalFrom, piece.literalTo));
  if (!literal) return {};
  if (!piece.hasField) return newTuple({literal, none(), none(), none()});
  Ref name(strSubstring(it->text, piece.nameFrom, piece.nameTo));
  Ref spec(strSubstring(it->text, piece.specFrom, piece.specTo));
  Ref conversion(piece.conversion ? newStrFromChar(piece.conversion) : newRef(none()));
  if (!name || !spec || !conversion) return {};
  return newTuple({literal, name, spec, conversion});
}

/// (is attribute, name or number).
Value fieldNext(Value v) {
  auto* it = v.as<FieldIterator>();
  FieldAccess access;
  if (reinterpret_cast<FieldNameIterator*>(it->state)->next(access) <= 0) return {};
  Ref key(access.number >= 0 ? newInt(access.number) : strSubstring(it->text, access.from, access.to));
  if (!key) return {};
  return newTuple({boolean(access.isAttribute), key});
}

extern Type formatterIteratorType, fieldNameIteratorType;

constinit Type formatterIteratorType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "formatteriterator",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation | kTypeImmutable,
    .instanceLayout = {.type = &formatterIteratorType, .size = sizeof(FormatterIterator)},
    .dealloc = iteratorDealloc<FormatterIterator>,
    .iter = self,
    .next = formatterNext,
};
constinit Type fieldNameIteratorType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "fieldnameiterator",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation | kTypeImmutable,
    .instanceLayout = {.type = &fieldNameIteratorType, .size = sizeof(FieldIterator)},
    .dealloc = iteratorDealloc<FieldIterator>,
    .iter = self,
    .next = fieldNext,
};

Value formatterParser(Value, Value text) {
  if (!isStr(text)) return raise(TypeErrorType, "expected str, got %s", typeOf(text)->name);
  Object* o = newObject(&formatterIteratorType.instanceLayout);
  if (!o) return {};
  auto* it = reinterpret_cast<FormatterIterator*>(o);
  it->text = newRef(text);
  new (it->state) MarkupIterator(text, 0, asStr(text)->length);
  return Value(o);
}

Value fieldNameSplit(Value, Value text) {
  if (!isStr(text)) return raise(TypeErrorType, "expected str, got %s", typeOf(text)->name);
  FieldNameIterator names(text, 0, asStr(text)->length);
  int64_t nameTo, number;
  if (names.first(&nameTo, &number) < 0) return {};
  Ref first(number >= 0 ? newInt(number) : strSubstring(text, 0, nameTo));
  Object* o = newObject(&fieldNameIteratorType.instanceLayout);
  if (!first || !o) return {};
  auto* it = reinterpret_cast<FieldIterator*>(o);
  it->text = newRef(text);
  new (it->state) FieldNameIterator(names);
  return newTuple({first, Ref(Value(o))});
}

constexpr MethodDef methods[] = {
    {"formatter_field_name_split", fieldNameSplit},
    {"formatter_parser", formatterParser},
    {},
};

} // namespace

extern "C" const NativeModule krt_module_string = {.name = "_string", .methods = methods, .exec = nullptr};

} // namespace krait
