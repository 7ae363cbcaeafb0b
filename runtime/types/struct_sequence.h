// Tuples with named fields, as sys.version_info, time.struct_time or os.stat_result.
#pragma once
#include "runtime/object/ref.h"
#include "runtime/object/type.h"

namespace krait {

/// `fields` ends with null; "unnamed field" entries are reachable by index only. Fields past `visible` are no
/// tuple items (attributes only).
struct StructSequenceDef {
  const char* const* fields;
  uint32_t visible;
  uint32_t total;
};
extern const char kUnnamedField[];

/// Slots and methods for such a type: use it in the initialiser of a `constinit Type`.
Value structSequenceRepr(Value v);
Value structSequenceConstruct(Type* t, const Args& args);
extern const MethodDef structSequenceMethods[];

/// Registers `def` for the type on first use and makes an instance from `total` owned values (null: error, all dropped).
Value newStructSequence(Type* t, const StructSequenceDef* def, const Value* owned);
/// Completes the type's dict with the fields (idempotent); needed before the type is shown to programs.
void structSequenceReady(Type* t, const StructSequenceDef* def);

#define KRAIT_STRUCT_SEQUENCE_TYPE(variable, qualifiedName, ...)                                              \
  constinit Type variable = {                                                                                 \
      .header = KRAIT_STATIC_HEADER(typeType),                                                                \
      .name = qualifiedName,                                                                                  \
      .base = &tupleType,                                                                                     \
      .flags = kTypeTuple __VA_OPT__(|) __VA_ARGS__,                                                          \
      .instanceLayout = {.type = &variable, .size = offsetof(TupleObject, items), .itemSize = sizeof(Value),  \
                         .flags = kLayoutGc},                                                                 \
      .repr = structSequenceRepr,                                                                             \
      .construct = structSequenceConstruct,                                                                   \
      .methods = structSequenceMethods,                                                                       \
  }

} // namespace krait
